"""Reads when contact is safe from somebody's own words ("op schooldagen na 3 uur"), as far as that goes. Pure."""

import re
from datetime import datetime, time

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
WORKDAYS = re.compile(r"\b(school|werk|week)dag(en)?\b|\bdoordeweeks\b|\bdoor de week\b")
WEEKEND = re.compile(r"\bweekend(en)?\b")
PARTS = {
    "ochtend": (time(6), time(12)),
    "middag": (time(12), time(18)),
    "avond": (time(18), time(23)),
    "overdag": (time(8), time(18)),
}
# Words that turn a sentence around: then only a person can read it.
TURNED = re.compile(r"\b(niet|nooit|geen|behalve|liever|soms|meestal)\b")
HOUR = r"(\d{1,2})(?:[.:](\d{2}))?(?:\s*(?:uur|u\b))?"
AFTER = re.compile(rf"\b(?:na|vanaf)\s+{HOUR}")
BEFORE = re.compile(rf"\b(?:voor|tot)\s+{HOUR}")
BETWEEN = re.compile(rf"\b(?:tussen\s+)?{HOUR}\s*(?:en|tot|[-–])\s*{HOUR}")
# Nobody is called at three in the morning: an hour without more is one of the day.
EARLIEST = 7


def fits(words: str, moment: datetime) -> bool | None:
    """Tell whether `moment` (Dutch local time) lies in the hours that `words` name; None where they cannot be read."""
    said = words.lower()
    if TURNED.search(said):
        return None
    days, hours = _days(said), _hours(said)
    if days is None and hours is None:
        return None
    on_day = days is None or moment.weekday() in days
    in_hours = hours is None or any(start <= moment.time() <= end for start, end in hours)
    return on_day and in_hours


def _days(said: str) -> set[int] | None:
    found = {number for number, day in enumerate(DAYS) if day in said}
    if WORKDAYS.search(said):
        found |= set(range(5))
    if WEEKEND.search(said):
        found |= {5, 6}
    return found or None


def _hours(said: str) -> list[tuple[time, time]] | None:
    if between := BETWEEN.search(said):
        start, end = _time(between[1], between[2]), _time(between[3], between[4])
        return [(start, end)] if start and end and start < end else None
    if (after := AFTER.search(said)) and (start := _time(after[1], after[2])):
        return [(start, time(23, 59))]
    if (before := BEFORE.search(said)) and (end := _time(before[1], before[2])):
        return [(time(0), end)]
    return [span for part, span in PARTS.items() if part in said] or None


def _time(hour: str, minute: str | None) -> time | None:
    number, past = int(hour), int(minute or 0)
    number += 12 if number < EARLIEST else 0
    return time(number, past) if number < 24 and past < 60 else None
