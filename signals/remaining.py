"""A running clock in words: "nog 3 uur", "1 dag te laat"."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from meldpunt import clocks
from signals.vocabulary import Urgency


@dataclass(frozen=True)
class Clock:
    """A clock in words, and whether it has run out."""

    words: str
    late: bool
    due_at: datetime


def clock_to(due_at: datetime | None, urgency: str, now: datetime | None = None) -> Clock | None:
    """Return the clock that runs until `due_at` (aware), or None where none runs.

    Acute counts day and night, and so does what is due today; the rest counts in working time.
    """
    if due_at is None:
        return None
    now = now or timezone.now()
    # What ends today is said in hours of the wall clock: before opening a whole working day is left, and that misleads.
    today = timezone.localdate(now) == timezone.localdate(due_at)
    left = clocks.remaining(now, due_at, working=urgency != Urgency.ACUTE and not today)
    words = gettext("%(length)s te laat") if left.overdue else gettext("nog %(length)s")
    return Clock(words % {"length": _longest_part(left)}, left.overdue, due_at)


def _longest_part(left: clocks.Remaining) -> str:
    if left.days:
        return ngettext("%(n)d dag", "%(n)d dagen", left.days) % {"n": left.days}
    if left.hours:
        return ngettext("%(n)d uur", "%(n)d uur", left.hours) % {"n": left.hours}
    return ngettext("%(n)d minuut", "%(n)d minuten", left.minutes) % {"n": left.minutes}
