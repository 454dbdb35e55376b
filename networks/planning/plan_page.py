"""What the page of the plan shows: who coordinates, the contact person, the wish and the goals, opened for one reader."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from meldpunt.audit.log import record
from meldpunt.vault import sealed
from networks import content
from networks.casework.own_work import Reader, opened, reader_of
from networks.casework.work_page import ShownAction
from networks.content import ActionContent, AppointmentContent, GoalContent, PlanContent
from networks.models import Action, Appointment, Goal, GoalState, Party, Post, SupportPlan
from signals.models import Assignment


@dataclass(frozen=True)
class ShownPost:
    """Somebody who has or had a post; `said` is None where it is not for the reader, or this key does not open it."""

    row: Appointment
    said: AppointmentContent | None

    @property
    def name(self) -> str:
        """Who it is: a member by name, another in the words that were written."""
        if self.row.party == Party.MEMBER:
            return self.row.person.name
        if self.said is None:
            return _("Niet te openen")
        return " · ".join(filter(None, [self.said.who, self.said.organisation]))


@dataclass(frozen=True)
class GoalStep:
    """What somebody said about how a goal goes."""

    at: datetime.datetime
    by: str
    state: str
    words: str


@dataclass(frozen=True)
class ShownGoal:
    """A goal with what was written about it; `said` is None where the reader cannot read it. `tasks` counts its actions."""

    row: Goal
    said: GoalContent | None
    tasks: list[ShownAction]

    @property
    def steps(self) -> list[GoalStep]:
        """How it went, the newest first."""
        found = [
            GoalStep(
                datetime.datetime.fromisoformat(step["at"]),
                step["by"],
                str(GoalState(step["state"]).label),
                step["words"],
            )
            for step in (self.said.steps if self.said else [])
        ]
        return found[::-1]

    @property
    def open_tasks(self) -> int:
        """How many of its actions are still to be done."""
        return sum(shown.row.state == "open" for shown in self.tasks)


@dataclass(frozen=True)
class Plan:
    """The plan of one letter: for each post who has it and who had it, the wish (None: nothing written), the goals.

    `said` is None where a wish is there that the reader cannot read.
    """

    posts: dict[str, ShownPost]
    before: list[ShownPost]
    wish: SupportPlan | None
    said: PlanContent | None
    goals: list[ShownGoal]

    @property
    def open_goals(self) -> list[ShownGoal]:
        """The goals that are not reached or dropped."""
        return [goal for goal in self.goals if goal.row.is_open]

    @property
    def settled_goals(self) -> list[ShownGoal]:
        """The goals that are reached or dropped."""
        return [goal for goal in self.goals if not goal.row.is_open]


def plan_of(keyring, assignment: Assignment) -> Plan:
    """Open the plan of a letter for a page; one row in the reading log names all of it. Raises Locked."""
    keyring.load([assignment.pk])
    plan = opened_plan(keyring, assignment, with_tasks=True)
    shown = [one.row for one in (*plan.posts.values(), *plan.before, *plan.goals)]
    shown += [plan.wish] if plan.wish else []
    rows = [f"{row._meta.model_name}:{row.pk}" for row in shown]
    record("read", by=keyring.user, team=assignment.team, obj=assignment.case, purpose="plan", rows=rows)
    return plan


def opened_plan(
    keyring, assignment: Assignment, reader: Reader | None = None, *, with_tasks: bool = False
) -> Plan:
    """Open the plan of a letter for `reader` (else the keyring's owner); the caller logs. Raises Locked.

    Goals come with their actions, in clear, only `with_tasks`.
    """
    user = keyring.user
    reader = reader or reader_of(user, assignment)
    posts = Appointment.objects.visible_to(user).filter(assignment=assignment)
    posts = posts.select_related("person", "by").defer("person__password", "by__password")
    shown = [ShownPost(row, opened(keyring, row, AppointmentContent, reader=reader)) for row in posts]
    wish = SupportPlan.objects.visible_to(user).filter(assignment=assignment).select_related("by").first()
    return Plan(
        posts={one.row.post: one for one in shown if one.row.until is None},
        before=[one for one in shown if one.row.until is not None],
        wish=wish,
        said=opened(keyring, wish, PlanContent, reader=reader) if wish else PlanContent(),
        goals=_goals_of(keyring, assignment, reader, with_tasks),
    )


def _goals_of(keyring, assignment: Assignment, reader: Reader, with_tasks: bool) -> list[ShownGoal]:
    rows = Goal.objects.visible_to(keyring.user).filter(assignment=assignment).select_related("owner", "by")
    rows = list(rows.defer("owner__password", "by__password"))
    tasks: dict = {}
    actions = Action.objects.visible_to(keyring.user).filter(goal__in=rows).select_related("owner")
    for action in actions if with_tasks else ():
        tasks.setdefault(action.goal_id, []).append(ShownAction(action, None))
    order = {state: number for number, state in enumerate(GoalState.values)}
    rows.sort(key=lambda row: (not row.is_open, row.due_on or datetime.date.max, order[row.state]))
    return [ShownGoal(row, opened(keyring, row, GoalContent, reader=reader), tasks.get(row.pk, [])) for row in rows]


def goal_of(keyring, goal: Goal) -> ShownGoal:
    """Open one goal with its actions for a page; one row in the reading log. Raises Locked, CannotOpen."""
    keyring.load([goal.assignment_id])
    said = content.from_bytes(GoalContent, sealed.peek(keyring, goal, "content"))
    reader = reader_of(keyring.user, goal.assignment)
    found = Action.objects.visible_to(keyring.user).filter(goal=goal).select_related("owner", "by")
    tasks = []
    for action in found:
        action.assignment = goal.assignment
        tasks.append(ShownAction(action, opened(keyring, action, ActionContent, reader=reader)))
    rows = [f"action:{shown.row.pk}" for shown in tasks]
    record("read", by=keyring.user, team=goal.assignment.team, obj=goal, purpose="plan", rows=rows)
    return ShownGoal(goal, said, tasks)


@dataclass(frozen=True)
class InShort:
    """The plan in clear, for the overview: who coordinates (None: somebody from outside, or nobody) and how many goals."""

    coordinator: Appointment | None
    contact: Appointment | None
    goals: int


def in_short(user, assignment: Assignment) -> InShort:
    """Return the plan of a letter (as reading.held_or_404 gives it) in short; one statement."""
    current = Appointment.objects.visible_to(user).current().filter(assignment=assignment)
    posts = {row.post: row for row in current.select_related("person").defer("content", "person__password")}
    return InShort(posts.get(Post.COORDINATOR), posts.get(Post.CONTACT), assignment.open_goals)
