"""What a network wrote about a case before it was closed and opened again: to be read, not to be changed."""

from dataclasses import dataclass

from meldpunt.audit.log import record
from networks.casework.own_work import opened, reader_of
from networks.casework.work_page import ShownAction, ShownContact, actions_of, contacts_of, notes_of
from networks.content import EvaluationContent
from networks.models import Evaluation, Note
from networks.planning.outcome_page import ShownPulse, pulses_of
from networks.planning.plan_page import Plan, opened_plan
from signals.models import Assignment

MOST = 3


@dataclass(frozen=True)
class Earlier:
    """One earlier letter about the same case, with all that was written about it."""

    letter: Assignment
    plan: Plan
    actions: list[ShownAction]
    contacts: list[ShownContact]
    notes: list[tuple[Note, str]]
    evaluation: EvaluationContent | None
    pulses: list[ShownPulse]


def earlier_than(user, assignment: Assignment):
    """Return the letters about the same case that `user`'s network held before, the newest first."""
    held = Assignment.objects.visible_to(user).held_by([assignment.team])
    before = held.filter(case=assignment.case_id, queued_at__lt=assignment.queued_at)
    return before.select_related("case", "team").order_by("-queued_at")


def earlier_of(keyring, assignment: Assignment) -> list[Earlier]:
    """Open the newest MOST earlier letters for a page; one row in the reading log. Raises Locked."""
    found = []
    for letter in earlier_than(keyring.user, assignment)[:MOST]:
        evaluation = Evaluation.objects.visible_to(keyring.user).filter(assignment=letter).first()
        plan, reader = opened_plan(keyring, letter), reader_of(keyring.user, letter)
        found.append(
            Earlier(
                letter=letter,
                plan=plan,
                actions=actions_of(keyring, letter),
                contacts=contacts_of(keyring, letter),
                notes=notes_of(keyring, letter),
                evaluation=opened(keyring, evaluation, EvaluationContent, reader=reader) if evaluation else None,
                pulses=pulses_of(keyring, letter),
            )
        )
    rows = [f"assignment:{one.letter.pk}" for one in found]
    record("read", by=keyring.user, team=assignment.team, obj=assignment.case, purpose="earlier", rows=rows)
    return found
