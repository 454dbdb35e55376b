"""A network's own work on a case as one reader reads it: for the lead who looks as another partner."""

from dataclasses import dataclass

from networks.casework.own_work import Reader
from networks.casework.work_page import Work, work_for
from networks.circle.reading import ShownRelation, people_of
from networks.content import ItemContent
from networks.meeting.reading import reports_of
from networks.models import MeetingItem
from networks.planning.plan_page import Plan, opened_plan
from signals.content import Shared
from signals.models import Assignment


@dataclass(frozen=True)
class Together:
    """Who is in the circle, the plan, and what meetings said of a case."""

    relations: list[ShownRelation]
    plan: Plan
    reports: list[tuple[MeetingItem, ItemContent]]


def work_as(keyring, assignment: Assignment, shared: Shared, reader: Reader) -> tuple[Work, list[str]]:
    """Open the work on a letter for the eyes of `reader` as its page does, with the rows for the reading log.

    The caller logs. Raises Locked, CannotOpen.
    """
    work = work_for(keyring, assignment, shared, reader)
    shown = [one.row for one in (*work.actions, *work.contacts, *work.files)] + [note for note, _words in work.notes]
    return work, _named(shown)


def together_as(keyring, assignment: Assignment, reader: Reader) -> tuple[Together, list[str]]:
    """Open circle, plan and minutes of a letter for the eyes of `reader` as their pages do, with the rows for the log.

    The caller logs. Raises Locked, CannotOpen.
    """
    found = Together(
        relations=people_of(keyring, assignment, reader),
        plan=opened_plan(keyring, assignment, reader),
        reports=reports_of(keyring, assignment, reader),
    )
    shown = [one.row for one in (*found.relations, *found.plan.posts.values(), *found.plan.goals)]
    return found, _named([*shown, *(item for item, _said in found.reports)])


def _named(rows: list) -> list[str]:
    return [f"{row._meta.model_name}:{row.pk}" for row in rows]
