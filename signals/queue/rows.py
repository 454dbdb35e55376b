"""Rows of the desk's lists, ready to be shown: everything in words, and no name of whom it is about."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from signals import reading
from signals.models import Assignment, Signal
from signals.querysets import UNDECIDED
from signals.remaining import clock_to
from signals.vocabulary import who
from signals.weighing.said import in_short, signs_for

AGES = {"under_12": "< 12", "12_15": "12–15", "16_17": "16–17", "18_22": "18–22", "23_plus": "23+", "unknown": "?"}
GENDERS = {"f": "v", "m": "m", "x": "x", "unknown": "?"}
SOON = 25  # of a hundred parts of its time are left


def dressed(keyring, rows: list[Signal]) -> list[Signal]:
    """Give each signal its strongest reason (`why`), its clock and what is left of it; one row in the reading log."""
    opened = reading.headlines(keyring, rows) if rows else {}
    known = signs_for((line.reason, line.rule, line.sign) for line in opened.values())
    now = timezone.now()
    for row in rows:
        line = opened.get(row.pk)
        row.why = _("Afgesloten voor jou")
        if line:
            row.why = in_short(line.reason, line.rule, line.sign, known) or _("Geen sterk teken")
        row.clock = clock_to(row.due_at, row.urgency, now) if row.state in UNDECIDED else None
        row.left, row.mood = left_of(row.filed_at, row.due_at, now)
        row.who, row.who_short = who(row), in_short_who(row)
        row.puts_off = row.is_asleep
        row.is_free = row.claimed_by_id is None and row.state in ("received", "in_triage")
    return rows


def dressed_letters(rows: list[Assignment]) -> list[Assignment]:
    """Give each letter that no network has confirmed its clock and what is left of it."""
    now = timezone.now()
    for row in rows:
        row.clock = clock_to(row.due_at, row.case.urgency, now)
        row.left, row.mood = left_of(row.opened_at or row.delivered_at or row.queued_at, row.due_at, now)
    return rows


def left_of(start: datetime, end: datetime | None, now: datetime) -> tuple[int, str]:
    """Return how much of a clock is left (0 to 100), and its colour: ok, soon or late."""
    if end is None:
        return 100, "ok"
    if now >= end:
        return 0, "late"
    part = round(100 * (end - now) / (end - start)) if end > start else 0
    part = max(0, min(100, part))
    return part, "soon" if part <= SOON else "ok"


def in_short_who(row) -> str:
    """Return age and gender in a few signs, for eyes that know them; `who` says the same to a screen reader."""
    return f"{AGES[row.age_band]} · {GENDERS[row.gender]}"
