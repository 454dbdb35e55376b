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


@pytest.mark.parametrize("place", ["network", "desk"])
def test_words_about_a_colleague_wait_sealed_and_stay_when_something_is_missing(world, place):
    letter = world.accepted()
    reference, who = letter.case.reference, "lead" if place == "network" else "coordinator"
    address = f"/netwerk/{reference}/afscherming/" if place == "network" else f"/afscherming/case/{reference}/"
    keep = f"/netwerk/{reference}/concept/shield/" if place == "network" else f"/concept/case/{reference}/shield/"
    client, typed = world.client(who), {"shield-words": "Zijn nichtje woont daar"}
    page = client.post(address, typed)
    assert page.status_code == 422 and typed["shield-words"] in page.content.decode()
    assert keep in page.content.decode() and client.post(keep, typed).status_code == 204
    assert typed["shield-words"] in client.get(address).content.decode()
    assert world.client(who, locked=True).post(address, {"shield-words": "Later getypt"}).status_code == 302
    assert "Later getypt" in client.get(address).content.decode()
    sent = typed | {"shield-user": world.people["member"].pk, "shield-reason": "knows"}
    assert client.post(address, sent).status_code == 302
    assert typed["shield-words"] not in client.get(address).content.decode()


def test_reason_that_misses_is_asked_beside_the_right_colleague(world):
    letter = world.accepted()
    rows = [kept_out(world.people[who], letter.case) for who in ("member", "lead")]
    page = world.client("coordinator").post(f"/afscherming/case/{letter.case.reference}/weer/{rows[1].pk}/")
    body = page.content.decode()
    assert page.status_code == 422 and body.count("Kies een reden.") >= 2
    assert f'id="{rows[1].pk}-let_in-reason_error' in body or f'href="#{rows[1].pk}-let_in-reason"' in body
    assert body.count("<details class=\"more\" open>") == 1
