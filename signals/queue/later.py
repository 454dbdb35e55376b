"""Moments to put a signal off to. Never past the end of its clock: later is not too late."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldpunt import clocks

LABELS = {
    "uur": _("Over een uur"),
    "middag": _("Over vier uur"),
    "morgen": _("De volgende werkdag om 9 uur"),
    "overmorgen": _("Over twee werkdagen om 9 uur"),
}


def moment_of(choice: str, now: datetime | None = None) -> datetime:
    """Return the moment (aware) of one of LABELS; raises KeyError."""
    now = now or timezone.now()
    today = now.astimezone(clocks.AMSTERDAM).date()
    if choice in ("uur", "middag"):
        return now + timedelta(hours={"uur": 1, "middag": 4}[choice])
    days = {"morgen": 1, "overmorgen": 2}[choice]
    for _day in range(days):
        today = clocks.next_working_day(today)
    return datetime.combine(today, clocks.OPENS, clocks.AMSTERDAM)
