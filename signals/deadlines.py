"""When a leg of a signal or case has to be done: the terms that an administrator keeps, in working time."""

import datetime

from meldpunt import clocks
from signals.models import ClockTerm


def term(urgency: str, leg: str) -> clocks.Term:
    """Return the term of a leg (triage, deliver, open, accept) at an urgency; the default where none is kept."""
    kept = ClockTerm.objects.filter(urgency=urgency, leg=leg).first()
    return clocks.Term(kept.amount, clocks.Unit(kept.unit)) if kept else clocks.TERMS[(urgency, leg)]


def due(urgency: str, leg: str, start: datetime.datetime) -> datetime.datetime:
    """Return when a leg that starts at `start` has to be done."""
    return clocks.due(start, term(urgency, leg))


def aftercare(closed_at: datetime.datetime) -> list[datetime.datetime]:
    """Return when each of the pulses of aftercare is due for a case that was closed at `closed_at`, the first one first."""
    return sorted(due("aftercare", leg, closed_at) for group, leg in clocks.TERMS if group == "aftercare")
