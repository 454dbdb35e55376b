"""Who is kept out of a case of a network holds nothing of it any more, also where the desk or a referrer said so."""

import pytest
from django.utils import timezone

from meldpunt.notices.models import Notice
from networks.actions import aside, casework, coordination, plans
from networks.models import Action, Appointment, Goal, Pulse, PulseStep
from networks.tasks import pass_on_kept
from signals.actions import shielding
from signals.models import Assignment, Shield, StaffDraft
from tests.roles import granted, working_as  # noqa: F401 (a fixture)
from tests.test_aftercare import closed
from tests.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    return World(settings)


def holding(world, who="member"):
    """A case of which `who` has everything in hand that a network gives out, and a draft of a note."""
    letter, ring = world.accepted(who=who), world.keyring(who)
    casework.plan_action(letter, by=ring.user, keyring=ring, kind="school", words="Bel de mentor", owner=ring.user)
    coordination.appoint(letter, by=ring.user, keyring=ring, post="contact", person=ring.user)
    plans.set_goal(letter, by=ring.user, keyring=ring, words="Weer naar school", owner=ring.user)
    world.client(who).post(f"/netwerk/{letter.case.reference}/concept/note/", {"note-words": "Nog niet verstuurd"})
    return letter


def held_by(user):
    return [
        Assignment.objects.filter(owner=user).count(),
        Action.objects.still_open().filter(owner=user).count(),
        Goal.objects.filter(owner=user).count(),
        Appointment.objects.current().filter(person=user).count(),
        StaffDraft.objects.filter(user=user).count(),
    ]


def kept_out(user, case):
    return Shield.objects.create(user=user, case=case, source="coordinator", at=timezone.now())


@pytest.mark.usefixtures("granted")
def test_worker_lets_go_of_all_that_somebody_holds_who_is_kept_out_and_tells_nobody(world):
    letter, member = holding(world), world.people["member"]
    assert held_by(member) == [1, 1, 1, 1, 1]
    kept_out(member, letter.case)
    before = Notice.objects.count()
    with working_as("meldpunt_worker"):
        assert pass_on_kept() == 4
        assert pass_on_kept() == 0
    assert held_by(member) == [0, 0, 0, 0, 0]
    assert Assignment.objects.get(pk=letter.pk).owner == world.people["lead"]
    assert Notice.objects.count() == before


def test_shield_of_the_desk_reaches_the_work_of_the_network_with_the_next_round(world):
    letter, ring = holding(world), world.keyring("coordinator")
    shielding.keep_out(letter.case, world.user("member"), by=ring.user, keyring=ring, reason="knows", words="Neef")
    pass_on_kept()
    assert held_by(world.people["member"]) == [0, 0, 0, 0, 0]


def test_stepping_aside_lets_go_at_once_and_leaves_what_others_hold(world):
    letter = holding(world)
    other = holding(world, who="lead")
    aside.step_aside(letter, by=world.user("member"))
    assert held_by(world.people["member"])[:4] == [0, 0, 0, 0]
    assert held_by(world.people["lead"])[1:] == [1, 1, 1, 1]
    assert pass_on_kept() == 0 and Assignment.objects.get(pk=other.pk).owner == world.people["lead"]


def test_aftercare_goes_to_a_colleague_who_is_told_as_if_it_were_new(world):
    letter = closed(world)
    Pulse.objects.filter(assignment=letter).update(step=PulseStep.AGAIN)
    kept_out(world.people["member"], letter.case)
    assert pass_on_kept() >= 3
    pulses = Pulse.objects.filter(assignment=letter)
    assert {(pulse.owner, pulse.step) for pulse in pulses} == {(world.people["lead"], PulseStep.WAITS)}


def test_where_nobody_is_left_aftercare_waits_and_the_letter_has_no_owner(world):
    letter = closed(world)
    for who in ("member", "lead"):
        kept_out(world.people[who], letter.case)
    pass_on_kept()
    assert Assignment.objects.get(pk=letter.pk).owner is None
    assert {pulse.owner for pulse in Pulse.objects.filter(assignment=letter)} == {world.people["member"]}
    assert pass_on_kept() == 0
