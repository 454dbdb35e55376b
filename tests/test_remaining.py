"""A running clock in words, and the share of it that is left."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from signals.queue.rows import left_of
from signals.remaining import clock_to
from signals.weighing.said import Why


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.mark.parametrize(
    ("now", "due_at", "words"),
    [
        ("2026-11-23 01:41", "2026-11-23 17:00", "nog 15 uur"),
        ("2026-11-23 18:05", "2026-11-23 17:00", "1 uur te laat"),
        ("2026-11-20 09:00", "2026-11-24 17:00", "nog 3 dagen"),
    ],
)
def test_what_is_due_today_is_said_in_hours_of_the_wall_clock(now, due_at, words):
    assert clock_to(at(due_at), "normal", at(now)).words == words


@pytest.mark.parametrize(
    ("now", "found"),
    [("2026-11-23 08:00", (100, "ok")), ("2026-11-23 15:30", (25, "soon")), ("2026-11-23 18:00", (0, "late"))],
)
def test_the_bar_shows_the_share_that_is_left(now, found):
    assert left_of(at("2026-11-23 08:00"), at("2026-11-23 18:00"), at(now)) == found


def test_a_reason_names_its_rule_by_number_and_an_unknown_rule_by_none():
    assert Why("", "minor_heavy_sign", 11).number == 7
    assert Why("", "gone", 11).number is None
