"""From a report that has ended to its anonymous row."""

import datetime
import uuid

from django.db.models import Count, Q

from networks.models import Action, ActionState, OutcomeRow, Relation
from networks.models.relation import PEERS, Approached
from signals.models import Case, Signal
from signals.models.assignment import Part
from signals.workflow import AssignmentState, CaseState


def row_of(signal: Signal) -> OutcomeRow:
    """Return the row, not saved, of a signal that has ended: months for days, whole hours for lengths."""
    case = signal.case
    about = case or signal
    ended_at = case.closed_at if case else signal.decided_at
    municipality = about.municipality or signal.municipality
    return OutcomeRow(
        id=uuid.uuid4(),
        filed_on=_month(signal.filed_at),
        ended_on=_month(ended_at),
        referrer_role=signal.referrer_role,
        channel=signal.channel,
        municipality=municipality.code if municipality else "",
        form=about.form,
        age_band=about.age_band,
        gender=about.gender,
        ending=case.outcome if case else signal.decision,
        triage_hours=_hours(signal.filed_at, signal.decided_at),
        closing_hours=_hours(signal.filed_at, ended_at),
        **(_of_case(signal) if case else {}),
    )


def _of_case(signal: Signal) -> dict:
    """What the way of the case through the networks says: the letters of those that led it, in order."""
    case = signal.case
    letters = list(case.assignments.filter(part=Part.LEAD).select_related("team").order_by("queued_at"))
    kept = [letter for letter in letters if letter.accepted_at]
    last = kept[-1] if kept else None
    first = case.signals.order_by("filed_at", "pk").values_list("pk", flat=True).first()
    return {
        "first_of_case": first == signal.pk,
        "network": last.team.slug if last else "",
        "youth_care_needed": case.youth_care_needed,
        "safe_now": case.safe_now,
        "routing_hours": _hours(case.opened_at, letters[0].queued_at) if letters else None,
        "accepting_hours": _hours(last.delivered_at, last.accepted_at) if last else None,
        "times_returned": sum(letter.state == AssignmentState.RETURNED for letter in letters),
        "times_reopened": case.transitions.filter(old=CaseState.CLOSED).count(),
        **around(case),
    }


def around(case: Case) -> dict[str, int]:
    """Return what the networks did about peers, over all letters of the case: from clear columns, so without a key.

    Checked: somebody answered "approached too?" with no, maybe or yes; not asking is no check. Became a victim: a
    checked peer for whom a report of its own was made. A measure: a finished action for a peer. When a case goes to
    another network its circle may go along, so who was checked counts where the case ended, and once.
    """
    letters = case.assignments.values("pk")
    known = Relation.objects.filter(assignment__in=letters, removed_at=None, kind__in=PEERS)
    asked = known.filter(approached__in=(Approached.NO, Approached.SUSPECTED, Approached.YES))
    here = ~Q(assignment__state=AssignmentState.TRANSFERRED)
    counted = asked.aggregate(checked=Count("pk", filter=here), became=Count("signal_id"))
    done = Action.objects.filter(assignment__in=letters, state=ActionState.DONE).exclude(peer_id=None)
    return {
        "peers_checked": max(counted.values()),
        "measures": done.count(),
        "peers_became_victims": counted["became"],
    }


def _month(moment: datetime.datetime) -> datetime.date:
    return moment.date().replace(day=1)


def _hours(start: datetime.datetime | None, end: datetime.datetime | None) -> int | None:
    """Whole hours from `start` to `end`, or None where one of them never came."""
    return max(0, round((end - start).total_seconds() / 3600)) if start and end else None
