"""All of a network's own work on a case as one reader reads it: for the lead who looks as another partner."""

from dataclasses import dataclass

from meldpunt.audit.log import record
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
class OwnWork:
    """What one reader reads of a letter: the work, who is in the circle, the plan, and what meetings said."""

    work: Work
    relations: list[ShownRelation]
    plan: Plan
    reports: list[tuple[MeetingItem, ItemContent]]


def all_of(keyring, assignment: Assignment, shared: Shared, reader: Reader) -> OwnWork:
    """Open the own work on a letter for the eyes of `reader`, by the functions that serve each page and paper.

    One row in the reading log. Raises Locked, CannotOpen.
    """
    keyring.load([assignment.case_id, assignment.pk])
    found = OwnWork(
        work=work_for(keyring, assignment, shared, reader),
        relations=people_of(keyring, assignment, reader),
        plan=opened_plan(keyring, assignment, reader),
        reports=reports_of(keyring, assignment, reader),
    )
    shown = [
        one.row for one in (*found.work.actions, *found.work.contacts, *found.work.files, *found.plan.goals)
    ]
    rows = [
        f"{row._meta.model_name}:{row.pk}" for row in (*shown, *(note for note, _words in found.work.notes))
    ]
    record("read", by=keyring.user, team=assignment.team, obj=assignment.case, purpose="view_as", rows=rows)
    return found
