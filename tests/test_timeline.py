"""The line of time at the desk: each act is named by what it is, with the reason below it."""

import pytest

from signals.actions import routing, triage
from signals.desk import timeline
from tests.worlds import World, a_signal

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    return World(settings)


def acts(moments) -> list[tuple[str, str]]:
    """The acts, the oldest first, each with its reason."""
    return [(moment.title, moment.detail) for moment in moments]


def test_a_letter_that_went_and_came_back_says_why_both_times(world):
    letter = world.opened()
    lead = world.keyring("lead")
    routing.give_back(letter, by=lead.user, keyring=lead, reason="no_capacity")
    steps = letter.transitions.select_related("by").order_by("at")
    told = acts(timeline.of_letters([letter], steps, {}))
    assert told[0] == ("Verstuurd · netwerk Almelo", "Woont in dit gebied")
    assert told[-1] == ("Teruggegeven · netwerk Almelo", "Er is nu niemand die dit kan oppakken")
    assert ("Geopend · netwerk Almelo", "") in told


def test_a_signal_that_is_decided_and_reopened_says_so(world):
    desk, signal = world.keyring("coordinator"), a_signal(world)
    decided = triage.decide(
        signal, by=desk.user, keyring=desk, decision="no_signal", reason="too_little", version=signal.version
    )
    triage.reopen(decided, by=desk.user, keyring=desk, reason="new_facts", version=decided.version)
    told = acts(timeline.of_steps(signal.transitions.select_related("by").order_by("at"), {}))
    assert told[-2:] == [("Besloten", "Te weinig om iets mee te doen"), ("Heropend", "Er is iets nieuws")]
