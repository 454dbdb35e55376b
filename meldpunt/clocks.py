"""Deadlines in Dutch working hours. Pure: no database, no settings, no Django.

Working hours are Monday to Friday, 9 to 17 in Europe/Amsterdam, except on the public holidays that the
package `holidays` gives for the Netherlands: New Year's Day, Good Friday, Easter Monday, King's Day (26 April
where the 27th is a Sunday), Liberation Day in the years that end in 0 or 5, Ascension Day, Whit Monday, 25
and 26 December. Good Friday counts, although many offices work: the Algemene termijnenwet (art. 3) names it,
and the package has it as public.

Times come in with any time zone and go out in UTC, so that comparing them is right in the night of a clock
change too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

import holidays

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
OPENS = time(9)
CLOSES = time(17)
WORKING_DAY = timedelta(hours=8)


class Unit(StrEnum):
    """What a term is counted in. Minutes run day and night; the others in working hours only; months are those of the calendar."""

    MINUTES = "minutes"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    SAME_WORKING_DAY = "same_working_day"
    MONTHS = "months"


@dataclass(frozen=True)
class Term:
    """How long something may take: `amount` of `unit`. The same working day has no amount."""

    amount: int
    unit: Unit

    def __post_init__(self):
        object.__setattr__(self, "unit", Unit(self.unit))
        if self.amount < 0:
            raise ValueError("A term cannot be negative.")

    @property
    def is_working(self) -> bool:
        """Whether this term stands still outside working hours."""
        return self.unit != Unit.MINUTES


@dataclass(frozen=True)
class Remaining:
    """How much is left, or how much it is late. A working day has eight hours, another day 24."""

    overdue: bool
    days: int
    hours: int
    minutes: int


# Source: design, product.md, "Nothing disappears". What it does not name is ours: delivering is done by a
# machine within seconds, so a quarter of an hour without it is worth a look; opening lies halfway accepting;
# an acute case that was opened in time is accepted within the hour; a referrer who comes back with a code
# gets two weeks to answer a question, less where it is urgent; who got a case outside says within days that it is there
# ("receipt"). Aftercare: product.md, "From signal to balance".
TERMS: dict[tuple[str, str], Term] = {
    ("acute", "triage"): Term(30, Unit.MINUTES),
    ("acute", "deliver"): Term(15, Unit.MINUTES),
    ("acute", "open"): Term(30, Unit.MINUTES),
    ("acute", "accept"): Term(60, Unit.MINUTES),
    ("urgent", "triage"): Term(0, Unit.SAME_WORKING_DAY),
    ("urgent", "deliver"): Term(15, Unit.MINUTES),
    ("urgent", "open"): Term(2, Unit.WORKING_HOURS),
    ("urgent", "accept"): Term(4, Unit.WORKING_HOURS),
    ("normal", "triage"): Term(5, Unit.WORKING_DAYS),
    ("normal", "deliver"): Term(15, Unit.MINUTES),
    ("normal", "open"): Term(1, Unit.WORKING_DAYS),
    ("normal", "accept"): Term(2, Unit.WORKING_DAYS),
    ("acute", "answer"): Term(4, Unit.WORKING_HOURS),
    ("urgent", "answer"): Term(2, Unit.WORKING_DAYS),
    ("normal", "answer"): Term(10, Unit.WORKING_DAYS),
    ("acute", "receipt"): Term(1, Unit.WORKING_DAYS),
    ("urgent", "receipt"): Term(2, Unit.WORKING_DAYS),
    ("normal", "receipt"): Term(5, Unit.WORKING_DAYS),
    ("aftercare", "first"): Term(1, Unit.MONTHS),
    ("aftercare", "second"): Term(3, Unit.MONTHS),
    ("aftercare", "third"): Term(6, Unit.MONTHS),
}


@cache
def _holidays_of(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NL", years=year))


def is_working_day(day: date) -> bool:
    """Return whether offices work on `day`: Monday to Friday and not a public holiday."""
    return day.weekday() < 5 and day not in _holidays_of(day.year)


def next_working_day(day: date) -> date:
    """Return the first working day after `day`."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def due(start: datetime, term: Term) -> datetime:
    """Return until when something that began at `start` (aware) may take, in UTC.

    - minutes run day and night;
    - working hours run while offices are open, from the next opening on when `start` lies outside;
    - working days end at closing time; the day of `start` itself does not count (as in the Algemene
      termijnenwet);
    - the same working day ends at its closing time; what comes in outside working hours ends with the next
      one;
    - months end at closing time of the same day of the month, or the last one there is; where nobody works then, of the
      next working day.

    Raises ValueError when `start` is naive.
    """
    local = _local(start)
    if term.unit == Unit.MINUTES:
        return start.astimezone(UTC) + timedelta(minutes=term.amount)
    if term.unit == Unit.WORKING_HOURS:
        return _after_working_time(local, timedelta(hours=term.amount))
    day = local.date()
    if term.unit == Unit.MONTHS:
        day = _months_later(day, term.amount)
        return _utc(day if is_working_day(day) else next_working_day(day), CLOSES)
    if term.unit == Unit.WORKING_DAYS and term.amount:
        for _ in range(term.amount):
            day = next_working_day(day)
    elif not is_working_day(day) or local.time() >= CLOSES:
        day = next_working_day(day)
    return _utc(day, CLOSES)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def remaining(now: datetime, deadline: datetime, *, working: bool = True) -> Remaining:
    """Return how much time lies between `now` and `deadline` (both aware), in whole minutes, rounded down.

    With `working` only working hours count and a day has eight of them; give `term.is_working`. Raises
    ValueError when one of the two is naive.
    """
    first, last = sorted((_local(now).astimezone(UTC), _local(deadline).astimezone(UTC)))
    overdue = first == deadline and first != last
    span = working_time(first, last) if working else last - first
    days, rest = divmod(span, WORKING_DAY if working else timedelta(days=1))
    minutes = int(rest.total_seconds()) // 60
    return Remaining(overdue, days, minutes // 60, minutes % 60)


def working_time(start: datetime, end: datetime) -> timedelta:
    """Return how much working time lies between `start` and `end` (aware); zero when `end` is not later."""
    first, last = _local(start), _local(end)
    total = timedelta()
    for opens, closes in _open_hours(first.date(), last.date()):
        total += max(
            timedelta(), min(closes, last.replace(tzinfo=None)) - max(opens, first.replace(tzinfo=None))
        )
    return total


def _after_working_time(local: datetime, left: timedelta) -> datetime:
    wall = local.replace(tzinfo=None)
    for opens, closes in _open_hours(local.date()):
        begin = max(opens, wall)
        if begin < closes and begin + left <= closes:
            return _utc(begin.date(), (begin + left).time())
        left -= max(timedelta(), closes - begin)
    raise AssertionError("there is always a next working day")


def _open_hours(day: date, last: date | None = None) -> Iterator[tuple[datetime, datetime]]:
    """Yield opening and closing on the wall clock; the clock changes at night, so a day has its eight hours."""
    while last is None or day <= last:
        if is_working_day(day):
            yield datetime.combine(day, OPENS), datetime.combine(day, CLOSES)
        day += timedelta(days=1)


def _local(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("A deadline needs a time with a time zone.")
    return moment.astimezone(AMSTERDAM)


def _utc(day: date, at: time) -> datetime:
    return datetime.combine(day, at, AMSTERDAM).astimezone(UTC)
