"""How often a network meets, and which day that proposes for the next meeting."""

import datetime

from django.utils import timezone

from meldpunt.clocks import is_working_day
from networks.models import USUAL_WEEKS, Meeting, Rhythm


def weeks_of(team) -> int:
    """Return how many weeks lie between the meetings of a network."""
    return Rhythm.objects.filter(team=team).values_list("weeks", flat=True).first() or USUAL_WEEKS


def proposed(team, weeks: int) -> tuple[datetime.date, datetime.time] | None:
    """Return the day and the hour of the next meeting: `weeks` after the last one, and so on until it lies ahead.

    A day on which offices are closed is passed over for the same day a week later. None where there was no meeting yet.
    """
    last = (
        Meeting.objects.filter(team=team)
        .over()
        .order_by("-begins_at")
        .values_list("begins_at", flat=True)
        .first()
    )
    if last is None:
        return None
    at = timezone.localtime(last)
    return next_day(at.date(), weeks, today=timezone.localdate()), at.time().replace(second=0, microsecond=0)


def next_day(last: datetime.date, weeks: int, *, today: datetime.date) -> datetime.date:
    """Return the day of the meeting after one on `last`. Pure."""
    step = datetime.timedelta(weeks=weeks)
    day = last + step
    while day < today:
        day += step
    if last.weekday() < 5:
        while not is_working_day(day):
            day += datetime.timedelta(weeks=1)
    return day
