"""Deadlines in Dutch working hours."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.clocks import (
    AMSTERDAM,
    TERMS,
    Remaining,
    Term,
    Unit,
    due,
    is_working_day,
    remaining,
    working_time,
)

SAME_DAY = Term(0, Unit.SAME_WORKING_DAY)
FOUR_HOURS = Term(4, Unit.WORKING_HOURS)
TWO_DAYS = Term(2, Unit.WORKING_DAYS)
FIVE_DAYS = Term(5, Unit.WORKING_DAYS)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
terms = st.builds(Term, st.integers(0, 60), st.sampled_from(Unit))


def at(text: str) -> datetime:
    """A moment on the Dutch wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def wall(moment: datetime) -> str:
    return moment.astimezone(AMSTERDAM).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    "start, term, end",
    [
        # Friday 16:59
        ("2026-11-20 16:59", SAME_DAY, "2026-11-20 17:00"),
        ("2026-11-20 16:59", FOUR_HOURS, "2026-11-23 12:59"),
        ("2026-11-20 16:59", TWO_DAYS, "2026-11-24 17:00"),
        ("2026-11-20 16:59", FIVE_DAYS, "2026-11-27 17:00"),
        # closing time, evening, weekend, early morning
        ("2026-11-20 17:00", SAME_DAY, "2026-11-23 17:00"),
        ("2026-11-20 17:00", FOUR_HOURS, "2026-11-23 13:00"),
        ("2026-11-21 03:00", SAME_DAY, "2026-11-23 17:00"),
        ("2026-11-22 23:59", FOUR_HOURS, "2026-11-23 13:00"),
        ("2026-11-22 12:00", TWO_DAYS, "2026-11-24 17:00"),
        ("2026-11-23 06:30", SAME_DAY, "2026-11-23 17:00"),
        ("2026-11-23 06:30", FOUR_HOURS, "2026-11-23 13:00"),
        # exactly full
        ("2026-11-23 13:00", FOUR_HOURS, "2026-11-23 17:00"),
        ("2026-11-23 13:01", FOUR_HOURS, "2026-11-24 09:01"),
        # Christmas 2026: Friday and Saturday
        ("2026-12-24 16:00", FOUR_HOURS, "2026-12-28 12:00"),
        ("2026-12-25 10:00", SAME_DAY, "2026-12-28 17:00"),
        ("2026-12-24 10:00", TWO_DAYS, "2026-12-29 17:00"),
        # King's Day: on a Monday in 2026, on Saturday 26 April in 2025 because the 27th is a Sunday
        ("2026-04-27 10:00", SAME_DAY, "2026-04-28 17:00"),
        ("2026-04-24 16:00", FOUR_HOURS, "2026-04-28 12:00"),
        ("2025-04-25 16:00", FOUR_HOURS, "2025-04-28 12:00"),
        # Good Friday and Easter Monday
        ("2026-04-02 16:00", FOUR_HOURS, "2026-04-07 12:00"),
        # New Year, across the years
        ("2026-12-31 16:00", FOUR_HOURS, "2027-01-04 12:00"),
        # over both clock changes the working day stays from nine to five
        ("2026-03-27 16:00", FOUR_HOURS, "2026-03-30 12:00"),
        ("2026-10-23 16:00", FOUR_HOURS, "2026-10-26 12:00"),
        ("2026-10-23 10:00", TWO_DAYS, "2026-10-27 17:00"),
    ],
)
def test_terms_end_when_dutch_offices_would_say(start, term, end):
    assert wall(due(at(start), term)) == end


def test_acute_minutes_run_through_the_night_of_summer_time():
    start = datetime(2026, 3, 29, 0, 45, tzinfo=UTC)  # 01:45 on the wall; at 02:00 it becomes 03:00
    end = due(start, TERMS["acute", "open"])
    assert end - start == timedelta(minutes=30)
    assert wall(end) == "2026-03-29 03:15"


def test_acute_minutes_run_through_the_night_of_winter_time():
    for fold, start in enumerate(
        (datetime(2026, 10, 25, 0, 45, tzinfo=UTC), datetime(2026, 10, 25, 1, 45, tzinfo=UTC))
    ):
        local = datetime(2026, 10, 25, 2, 45, fold=fold, tzinfo=AMSTERDAM)
        assert due(local, TERMS["acute", "open"]) == start + timedelta(minutes=30)


def test_a_christmas_night_does_not_stop_an_acute_clock():
    assert wall(due(at("2026-12-25 03:10"), TERMS["acute", "triage"])) == "2026-12-25 03:40"


@pytest.mark.parametrize(
    "day, works",
    [
        (date(2026, 4, 3), False),
        (date(2026, 4, 27), False),
        (date(2025, 4, 26), False),
        (date(2025, 5, 5), False),
        (date(2026, 5, 5), True),
        (date(2026, 5, 14), False),
        (date(2026, 12, 24), True),
        (date(2026, 12, 26), False),
        (date(2026, 11, 21), False),
    ],
)
def test_holidays_are_the_dutch_ones(day, works):
    assert is_working_day(day) is works


def test_every_urgency_has_a_term_for_every_leg():
    legs = ("triage", "deliver", "open", "accept", "answer", "receipt")
    expected = {(u, leg) for u in ("acute", "urgent", "normal") for leg in legs}
    assert set(TERMS) == expected | {("aftercare", leg) for leg in ("first", "second", "third")}


@pytest.mark.parametrize(
    ("start", "months", "day"),
    [("2026-01-31", 1, "2026-03-02"), ("2026-11-23", 3, "2027-02-23"), ("2026-08-31", 6, "2027-03-01"), ("2024-01-31", 1, "2024-02-29")],
)
def test_months_are_those_of_the_calendar_and_end_on_a_working_day(start, months, day):
    begun = datetime.fromisoformat(f"{start}T12:00+00:00")
    assert due(begun, Term(months, "months")) == datetime.fromisoformat(f"{day}T17:00").replace(tzinfo=AMSTERDAM)


def test_the_terms_are_those_of_the_design():
    assert TERMS["acute", "open"] == TERMS["acute", "triage"] == Term(30, "minutes")
    assert TERMS["urgent", "triage"] == SAME_DAY
    assert TERMS["urgent", "accept"] == FOUR_HOURS
    assert TERMS["normal", "triage"] == FIVE_DAYS
    assert TERMS["normal", "accept"] == TWO_DAYS


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        due(datetime(2026, 11, 20, 10), SAME_DAY)


def test_a_negative_term_is_refused():
    with pytest.raises(ValueError, match="negative"):
        Term(-1, Unit.MINUTES)


def test_an_unknown_unit_is_refused():
    with pytest.raises(ValueError, match="fortnights"):
        Term(1, "fortnights")


@pytest.mark.parametrize(
    "now, deadline, working, left",
    [
        ("2026-11-20 16:30", "2026-11-23 12:00", True, Remaining(False, 0, 3, 30)),
        ("2026-11-20 09:00", "2026-11-24 17:00", True, Remaining(False, 3, 0, 0)),
        ("2026-11-23 12:00", "2026-11-20 16:30", True, Remaining(True, 0, 3, 30)),
        ("2026-11-21 12:00", "2026-11-20 17:00", True, Remaining(True, 0, 0, 0)),
        ("2026-11-20 23:50", "2026-11-21 00:20", False, Remaining(False, 0, 0, 30)),
        ("2026-11-22 01:00", "2026-11-20 23:30", False, Remaining(True, 1, 1, 30)),
        ("2026-11-20 10:00", "2026-11-20 10:00", True, Remaining(False, 0, 0, 0)),
    ],
)
def test_what_is_left_is_said_in_the_time_that_counts(now, deadline, working, left):
    assert remaining(at(now), at(deadline), working=working) == left


@given(moments, terms)
def test_nothing_is_due_before_it_began(start, term):
    assert due(start, term) >= start


@given(moments, moments, terms)
def test_what_began_later_is_not_due_earlier(one, other, term):
    first, last = sorted((one, other))
    assert due(first, term) <= due(last, term)


@given(moments, st.integers(0, 40), st.sampled_from(Unit))
def test_a_longer_term_does_not_end_earlier(start, amount, unit):
    assert due(start, Term(amount, unit)) <= due(start, Term(amount + 1, unit))


@given(moments, st.integers(1, 40))
def test_working_hours_are_exactly_as_long_as_they_say(start, hours):
    assert working_time(start, due(start, Term(hours, Unit.WORKING_HOURS))) == timedelta(hours=hours)


@given(st.lists(moments, min_size=3, max_size=3))
def test_working_time_adds_up(three):
    three.sort()
    parts = sum((working_time(a, b) for a, b in pairwise(three)), timedelta())
    assert parts == working_time(three[0], three[-1])
