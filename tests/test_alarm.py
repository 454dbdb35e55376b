"""Acute breaks through on every page of the desk, and says who is on duty."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meldpunt.teams.models import DutyShift, User
from signals.actions import leases
from signals.queue.tally import tally
from tests.worlds import World, a_signal

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
PAGES = ("queue", "cases", "duty", "reach", "password", "team_keys")


@pytest.fixture
def world(settings):
    return World(settings)


def on_duty(world):
    user = world.people["coordinator"]
    User.objects.filter(pk=user.pk).update(phone="06 12345678")
    DutyShift.objects.create(user=user, starts_at=timezone.now() - HOUR, ends_at=timezone.now() + HOUR)


@pytest.mark.parametrize("name", PAGES)
def test_an_acute_signal_is_on_every_page_in_the_title_and_with_a_number_to_call(world, name):
    on_duty(world)
    signal = a_signal(world, danger={"danger": "yes"})
    page = world.client("coordinator").get(reverse(name)).content.decode()
    assert "<title>(1) " in page
    assert 'role="status"' in page
    assert "Er is 1 acute melding die niemand heeft opgepakt." in page
    assert signal.get_absolute_url() in page
    assert 'href="tel:0612345678"' in page


def test_who_takes_it_up_ends_the_alarm(world, django_assert_num_queries):
    on_duty(world)
    signal, user = a_signal(world, danger={"danger": "yes"}), world.user("coordinator")
    assert user.is_coordinator
    with django_assert_num_queries(1):
        found = tally(user).alarm
    assert (found.count, found.oldest, found.on_duty["phone"]) == (1, signal.reference, "06 12345678")
    leases.take_up(signal, by=user)
    assert tally(user).alarm.quiet


def test_the_page_says_that_nobody_is_on_duty(world):
    page = world.client("coordinator").get(reverse("queue")).content.decode()
    assert "Er is nu niemand van dienst." in page
    assert "<title>(" not in page


@pytest.mark.parametrize(("who", "name"), [("lead", "inbox"), ("administrator", "people"), ("privacy_officer", "reading_log")])
def test_nobody_else_learns_of_it(world, who, name):
    a_signal(world, danger={"danger": "yes"})
    page = world.client(who).get(reverse(name)).content.decode()
    assert "data-alarm" not in page
    assert "<title>(" not in page
