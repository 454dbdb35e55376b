"""The week of the duty roster: shifts by day, and the hours that nobody has. Dutch days and hours."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from meldpunt.clocks import AMSTERDAM
from meldpunt.teams.models import Absence, DutyShift

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class RosterDay:
    """A day: its shifts (each {shift, away, deputy}), and [(from, until)] of the hours without one."""

    day: datetime.date
    shifts: list[dict]
    gaps: list[tuple[datetime.datetime, datetime.datetime]]
    is_today: bool


def monday_of(day: datetime.date) -> datetime.date:
    """Return the Monday of a day's week."""
    return day - datetime.timedelta(days=day.weekday())


def monday_from(text: str) -> datetime.date:
    """Return the Monday of the week that an address names ("2026-W48"); this week where it names none."""
    today = timezone.now().astimezone(AMSTERDAM).date()
    try:
        year, _separator, week = text.partition("-W")
        return datetime.date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        return monday_of(today)


def name_of_week(monday: datetime.date) -> str:
    """Return how an address names a week: "2026-W48"."""
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02}"


def start_of(day: datetime.date) -> datetime.datetime:
    """Return midnight at which a Dutch day begins."""
    return datetime.datetime.combine(day, datetime.time(), AMSTERDAM)


def gaps_between(spans: list[tuple], start: datetime.datetime, end: datetime.datetime) -> list[tuple]:
    """Return the parts of `start` to `end` that no span (from, until) covers."""
    found, reached = [], start
    for begins, ends in sorted(spans):
        if begins > reached:
            found.append((reached, min(begins, end)))
        reached = max(reached, ends)
        if reached >= end:
            return found
    return [*found, (reached, end)]


def week_of(monday: datetime.date) -> list[RosterDay]:
    """Return the seven days of a week with their shifts, in two statements; each shift knows who stands in (`deputy`)."""
    start, end = start_of(monday), start_of(monday + 7 * DAY)
    shifts = list(DutyShift.objects.filter(starts_at__lt=end, ends_at__gt=start).select_related("user__deputy"))
    absent = list(
        Absence.objects.filter(
            user__in={shift.user_id for shift in shifts}, first_day__lt=end.date(), last_day__gte=monday
        ).select_related("deputy")
    )
    today = timezone.now().astimezone(AMSTERDAM).date()
    return [_day(monday + number * DAY, shifts, absent, today) for number in range(7)]


def _day(day: datetime.date, shifts: list[DutyShift], absent: list[Absence], today: datetime.date) -> RosterDay:
    start, end = start_of(day), start_of(day + DAY)
    mine = [shift for shift in shifts if shift.starts_at < end and shift.ends_at > start]
    shown = []
    for shift in mine:
        away = next((a for a in absent if a.user_id == shift.user_id and a.first_day <= day <= a.last_day), None)
        shown.append({"shift": shift, "away": away is not None, "deputy": away and (away.deputy or shift.user.deputy)})
    spans = [(shift.starts_at, shift.ends_at) for shift in mine]
    return RosterDay(day, shown, gaps_between(spans, start, end), day == today)
