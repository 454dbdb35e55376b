"""Reminding of actions: on their day and weekly after, by mail without content, to who owns them."""

import datetime

import pytest
from django.utils import timezone

from meldpunt.notices.models import Notice
from networks import reading
from networks.actions import casework
from networks.models import Action
from networks.tasks import remind
from signals.actions import routing, shielding
from tests.roles import granted, working_as  # noqa: F401 (a fixture)
from tests.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    return World(settings)


def planned(world, letter, due, owner="lead"):
    ring = world.keyring("member")
    day = timezone.localdate() + datetime.timedelta(days=due)
    return casework.plan_action(
        letter, by=ring.user, keyring=ring, kind="school", words="Bel", owner=owner and world.user(owner), due_on=day
    )


def told(kind="action_due"):
    return sorted(notice.user.name for notice in Notice.objects.filter(kind=kind).select_related("user"))


def test_owner_is_reminded_on_the_day_itself_and_not_before(world):
    letter = world.accepted()
    planned(world, letter, 1)
    assert (remind(), told()) == (0, [])
    planned(world, letter, 0)
    assert (remind(), told()) == (1, ["Lead"])
    notice = Notice.objects.get(kind="action_due")
    assert (notice.path, notice.digest, notice.due_at.astimezone().minute) == ("/netwerk/", True, 0)
    assert letter.case.reference not in notice.path


def test_once_a_day_for_all_that_is_due_and_again_after_a_week(world):
    letter = world.accepted()
    planned(world, letter, -2)
    planned(world, letter, -3)
    assert (remind(), remind()) == (2, 0)
    assert told() == ["Lead"]
    Notice.objects.update(sent_at=timezone.now())
    Action.objects.update(reminded_on=timezone.localdate() - datetime.timedelta(days=7))
    assert (remind(), told()) == (2, ["Lead", "Lead"])


def test_action_of_nobody_reminds_the_owner_of_the_case(world):
    planned(world, world.accepted(), 0, owner=None)
    remind()
    assert told() == ["Member"]


def test_another_day_or_owner_reminds_anew(world):
    letter, ring = world.accepted(), world.keyring("member")
    action = planned(world, letter, 0)
    remind()
    casework.change_action(
        action, by=ring.user, keyring=ring, version=1, kind="school", words="Bel", owner=ring.user, due_on=timezone.localdate()
    )
    remind()
    assert told() == ["Lead", "Member"]


def test_nobody_is_reminded_of_what_is_done_given_back_or_not_theirs_any_more(world):
    ring = world.keyring("member")
    done = planned(world, world.accepted(), 0)
    casework.finish_action(done, by=ring.user, keyring=ring, version=1)
    back = world.accepted()
    planned(world, back, 0)
    routing.give_back(back, by=ring.user, keyring=ring, reason="no_capacity")
    assert remind() == 0
    planned(world, world.accepted(), 0, owner="lead")
    world.leave("lead")
    remind()
    assert told() == []


def test_who_stepped_aside_is_neither_reminded_nor_offered_as_owner_nor_shown_a_count(world):
    letter = world.accepted()
    planned(world, letter, 0)
    shielding.step_aside(letter.case, by=world.user("lead"), letter=letter)
    remind()
    assert told() == []
    assert [user.name for user in reading.workers_of(letter)] == ["Member"]
    assert reading.tab_counts(world.user("lead"))["lopend"] == 0
    assert reading.tab_counts(world.user("member"))["lopend"] == 1


@pytest.mark.usefixtures("granted")
def test_worker_reminds_with_its_own_rights_and_reads_no_words(world):
    planned(world, world.accepted(), 0)
    with working_as("meldpunt_worker"):
        assert remind() == 1
