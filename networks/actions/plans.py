"""The support plan: the wish of the person concerned, and goals. Two who change one thing at once choose (409)."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.vault import sealed
from networks import content
from networks.actions.casework import worker_of, writable
from networks.casework.own_work import check_reads
from networks.content import GoalContent, PlanContent
from networks.models import Goal, GoalState, SupportPlan
from signals.actions import Clash
from signals.actions.history import locked
from signals.models import Assignment
from signals.workflow import NotAllowed

MOST_GOALS = 40


@transaction.atomic
def write_wish(assignment: Assignment, *, by, keyring, version: int, said: PlanContent) -> SupportPlan:
    """Write what the person concerned wants; `version` 0 where nothing was written yet.

    Raises Clash where a colleague was first, PermissionDenied where `by` does not read what is there, and as
    `casework.writable` does; Locked, CannotOpen.
    """
    held = writable(assignment, by=by)
    plan = SupportPlan.objects.visible_to(by).select_for_update(of=("self",)).filter(assignment=held).first()
    if plan:
        check_reads(by, assignment, plan)
    if (plan.version if plan else 0) != version:
        raise Clash
    plan = plan or SupportPlan(assignment=held, version=0)
    plan.by, plan.at, plan.version = by, timezone.now(), plan.version + 1
    sealed.seal(sealed.key_for(keyring, plan, "content"), plan, "content", content.to_bytes(said))
    try:
        with transaction.atomic():
            plan.save(force_insert=plan.version == 1)
    except IntegrityError as error:
        raise Clash from error
    record("create" if plan.version == 1 else "change", by=by, team=held.team, obj=plan)
    return plan


@transaction.atomic
def set_goal(
    assignment: Assignment,
    *,
    by,
    keyring,
    words: str,
    who: str = "",
    owner=None,
    due_on: datetime.date | None = None,
) -> Goal:
    """Add a goal; `owner` is a member who works on this case, `who` says who else works on it.

    Raises as `casework.writable` does, NotAllowed where there are MOST_GOALS already; Locked, CannotOpen.
    """
    held = writable(assignment, by=by)
    if Goal.objects.filter(assignment=held).count() >= MOST_GOALS:
        raise NotAllowed("too many goals")
    now = timezone.now()
    goal = Goal(assignment=held, owner=worker_of(held, owner), due_on=due_on, by=by, at=now, changed_at=now)
    _seal(keyring, goal, GoalContent(words=words, who=who))
    goal.save(force_insert=True)
    record("create", by=by, team=held.team, obj=goal)
    return goal


@transaction.atomic
def change_goal(
    goal: Goal,
    *,
    by,
    keyring,
    version: int,
    words: str,
    who: str = "",
    owner=None,
    due_on: datetime.date | None = None,
) -> Goal:
    """Change what a goal says; how it went stays. Raises Clash, and as `set_goal` does."""
    goal = _locked_goal(goal, by=by, version=version)
    said = said_of(keyring, goal)
    goal.owner, goal.due_on = worker_of(goal.assignment, owner), due_on
    _seal(keyring, goal, GoalContent(words=words, who=who, steps=said.steps))
    _save(goal, "owner", "due_on", "content")
    record("change", by=by, team=goal.assignment.team, obj=goal)
    return goal


@transaction.atomic
def say_how(goal: Goal, *, by, keyring, version: int, state: str, words: str = "") -> Goal:
    """Say how a goal goes: its state (GoalState) and own words, added under what was said before.

    Raises Clash, NotAllowed where there is no such state, Locked, CannotOpen.
    """
    goal = _locked_goal(goal, by=by, version=version)
    said = said_of(keyring, goal)
    goal.state = GoalState(state) if state in GoalState else _refuse(state)
    step = {"at": timezone.now().isoformat(timespec="minutes"), "by": by.name, "state": state, "words": words}
    _seal(keyring, goal, GoalContent(words=said.words, who=said.who, steps=[*said.steps, step]))
    _save(goal, "state", "content")
    record("change", by=by, team=goal.assignment.team, obj=goal, purpose=state)
    return goal


def _refuse(state: str):
    raise NotAllowed(f"no such state of a goal: {state}")


def said_of(keyring, goal: Goal) -> GoalContent:
    """Open a goal for code that seals it anew, or a page that logs. Raises Locked, CannotOpen."""
    return content.from_bytes(GoalContent, sealed.peek(keyring, goal, "content"))


def _locked_goal(goal: Goal, *, by, version: int) -> Goal:
    held = writable(goal.assignment, by=by)
    found = locked(Goal.objects.visible_to(by).filter(assignment=held), goal.pk, version)
    check_reads(by, goal.assignment, found)
    found.assignment = held
    return found


def _seal(keyring, goal: Goal, said: GoalContent) -> None:
    sealed.seal(sealed.key_for(keyring, goal, "content"), goal, "content", content.to_bytes(said))


def _save(goal: Goal, *fields: str) -> None:
    goal.version += 1
    goal.changed_at = timezone.now()
    goal.save(update_fields=[*fields, "version", "changed_at"])
