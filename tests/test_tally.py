"""What waits where, counted by a statement that is compiled once: it is each asker's own, and of this moment."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from meldpunt.teams.models import Role
from meldpunt.web.prepared import Asker
from signals.models import Shield, Signal, Task
from signals.queue.tally import tally
from tests.test_queue import bare
from tests.worlds import World, a_signal

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    return World(settings)


def test_each_who_asks_gets_the_own_figures(world):
    one, other = world.user("coordinator"), world._person("second", "desk", Role.COORDINATOR)
    signal = a_signal(world)
    Signal.objects.filter(pk=signal.pk).update(state="in_triage", claimed_by=one)
    Task.objects.create(user=other, kind="unreadable", signal=signal)
    mine, others = tally(one, front=True), tally(other, front=True)
    assert (mine.of("mine", ""), others.of("mine", "")) == (1, 0)
    assert (len(mine.tasks), len(others.tasks)) == (0, 1)
    Shield.objects.create(user=other, signal=signal, source="member", at=timezone.now())
    assert tally(other, front=True).of("signal", "in_triage") == 0
    assert tally(other, front=True).tasks == []
    assert tally(one, front=True).of("signal", "in_triage") == 1


def test_what_ran_late_a_moment_ago_counts(world):
    user = world.user("coordinator")
    Signal.objects.bulk_create([bare(), bare()])
    assert tally(user, front=True).of("late", "") == 0
    Signal.objects.update(due_at=timezone.now())
    assert tally(user, front=True).of("late", "") == 2


def test_whoever_is_no_coordinator_is_not_told(world):
    with pytest.raises(PermissionDenied):
        tally(world.user("lead"))


def test_nothing_else_of_a_user_goes_into_a_prepared_statement():
    with pytest.raises(AttributeError):
        Asker().network_teams()
