"""Two coordinators at one thing: leases, who is there, both values at a clash, and nothing typed lost."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from meldpunt.notices.models import Notice
from meldpunt.teams.models import Membership, Role
from meldpunt.vault.models import UnlockedKey
from signals.actions import leases
from signals.desk import presence
from signals.models import OwnWords, Signal, StaffDraft, Transition
from signals.tasks import release_lapsed_leases
from tests.worlds import World, a_municipality, a_signal

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    made = World(settings)
    made.people["second"] = made._person("second", "desk", Role.COORDINATOR)
    from meldpunt.vault import keys

    keys.sign_key(made.keyring("coordinator"), keys.newest_user_key(made.people["second"]))
    keys.admit(made.keyring("coordinator"), made.teams["desk"], made.people["second"])
    return made


def address(name, signal, *more):
    return reverse(name, args=[signal.reference, *more])


def taken(world, who="coordinator"):
    return leases.take_up(a_signal(world), by=world.user(who))


def test_a_lease_lasts_ten_minutes_and_a_colleague_may_not_just_take_it(world):
    signal = taken(world)
    assert timedelta_of(signal) == pytest.approx(600, abs=5)
    assert world.client("second").post(address("take_up", signal)).status_code == 409


def timedelta_of(signal):
    return (signal.claimed_until - timezone.now()).total_seconds()


def test_working_on_the_page_keeps_the_lease_and_being_idle_does_not(world):
    signal, client = taken(world), world.client("coordinator")
    soon = timezone.now() + datetime.timedelta(seconds=30)
    Signal.objects.filter(pk=signal.pk).update(claimed_until=soon)
    where = reverse("here", args=["signal", signal.reference])
    assert client.post(where, {"doing": "idle"}).json()["mine"] is False
    signal.refresh_from_db()
    assert signal.claimed_until == soon
    answer = client.post(where, {"doing": "editing"}).json()
    signal.refresh_from_db()
    assert answer["mine"] is True and timedelta_of(signal) > 590
    assert answer["version"] == signal.version


def test_a_colleague_who_looks_does_not_keep_the_lease_of_another(world):
    signal = taken(world)
    answer = world.client("second").post(reverse("here", args=["signal", signal.reference]), {"doing": "editing"})
    assert answer.json()["mine"] is False


def test_a_lapsed_lease_goes_back_among_the_new_ones(world):
    signal, other = taken(world), taken(world)
    Signal.objects.filter(pk=signal.pk).update(claimed_until=timezone.now() - datetime.timedelta(seconds=1))
    assert release_lapsed_leases() == 1
    signal.refresh_from_db()
    other.refresh_from_db()
    assert (signal.state, signal.claimed_by, other.state) == ("received", None, "in_triage")
    assert Transition.objects.filter(signal=signal, reason="lapsed", by=None).count() == 1
    assert release_lapsed_leases() == 0


def test_taking_over_says_why_and_the_colleague_hears_it(world):
    signal, client = taken(world), world.client("second")
    typed = {"over-reason": "other", "over-words": ""}
    assert client.post(address("take_over", signal), typed).status_code == 422
    client.post(address("take_over", signal), typed | {"over-words": "Kanariegeel ziek"})
    signal.refresh_from_db()
    assert signal.claimed_by == world.people["second"]
    assert Notice.objects.filter(user=world.people["coordinator"], kind="taken_over").count() == 1
    assert b"Kanariegeel" not in bytes(OwnWords.objects.get().words)
    assert "Kanariegeel ziek" in world.client("coordinator").get(address("signal", signal)).content.decode()


def test_the_second_who_corrects_sees_both_values_and_may_still_choose(world):
    signal, almelo, enschede = a_signal(world), a_municipality("Almelo"), a_municipality("Enschede")
    version = signal.version
    first, second = world.client("coordinator"), world.client("second")
    where = address("correct_place", signal)
    first.post(where, {"place-version": version, "place-municipality": almelo.pk})
    page = second.post(where, {"place-version": version, "place-municipality": enschede.pk})
    html = page.content.decode()
    assert page.status_code == 409
    assert "dit koos jij" in html and "dit staat er nu" in html
    assert "Almelo" in html and "Enschede" in html and "Coordinator" in html
    signal.refresh_from_db()
    assert signal.municipality == almelo
    second.post(where, {"place-version": signal.version, "place-municipality": enschede.pk})
    signal.refresh_from_db()
    assert signal.municipality == enschede


def decided_by_both(world):
    signal = a_signal(world)
    version = signal.version
    world.client("coordinator").post(
        address("decide", signal),
        {"decide-version": version, "decide-decision": "advice", "decide-reason": "only_advice"},
    )
    mine = {"decide-version": version, "decide-decision": "no_signal", "decide-reason": "too_little", "decide-words": "Mijn gedachte"}
    client = world.client("second")
    page = client.post(address("decide", signal), mine)
    signal.refresh_from_db()
    return signal, client, page, mine


def test_the_second_decision_waits_for_a_choice_and_its_words_are_kept(world):
    signal, client, page, mine = decided_by_both(world)
    assert page.status_code == 409 and signal.decision == "advice"
    html = page.content.decode()
    assert "Mijn gedachte" in html and "Geef advies en sluit" in html
    assert StaffDraft.objects.filter(user=world.people["second"], form="decide").exists()
    client.post(address("decide", signal), mine | {"decide-version": signal.version, "again": "1"})
    signal.refresh_from_db()
    assert signal.decision == "no_signal"
    assert not StaffDraft.objects.exists()


def test_leaving_the_first_decision_keeps_what_was_typed_to_use_as_a_note(world):
    signal, client, _page, _mine = decided_by_both(world)
    client.post(address("decide", signal), {"decide-version": signal.version, "decide-decision": "advice", "again": "1"})
    signal.refresh_from_db()
    assert signal.decision == "advice"
    html = client.get(address("signal", signal)).content.decode()
    assert "Mijn gedachte" in html and "Bewaar als notitie" in html
    client.post(address("signal_note", signal), {"note-words": "Mijn gedachte", "instead-of": "decide"})
    assert not StaffDraft.objects.exists()


def test_notes_of_two_never_clash(world):
    signal = a_signal(world)
    for who, words in (("coordinator", "Eerste notitie"), ("second", "<script>Tweede =1+1 مرحبا")):
        assert world.client(who).post(address("signal_note", signal), {"note-words": words}).status_code == 302
    html = world.client("coordinator").get(address("signal", signal)).content.decode()
    assert "Eerste notitie" in html and "&lt;script&gt;Tweede =1+1 مرحبا" in html
    version = signal.version
    signal.refresh_from_db()
    assert signal.version == version


def test_a_form_sent_with_locked_keys_is_kept_and_offered_back(world):
    signal = a_signal(world)
    locked = world.client("coordinator", locked=True)
    typed = {"decide-version": signal.version, "decide-decision": "advice", "decide-reason": "other", "decide-words": "Kanariegeel"}
    answer = locked.post(address("decide", signal), typed)
    assert answer.status_code == 302 and "ontgrendel" in answer.url and signal.reference in answer.url
    kept = StaffDraft.objects.get()
    assert b"Kanariegeel" not in bytes(kept.fields)
    html = world.client("coordinator").get(address("signal", signal)).content.decode()
    assert "Kanariegeel" in html and "nog niet verstuurd" in html
    assert "Kanariegeel" not in world.client("second").get(address("signal", signal)).content.decode()


def test_a_draft_is_kept_while_typing_and_dropped_on_request(world):
    signal, client = a_signal(world), world.client("coordinator")
    where = reverse("keep_draft", args=["signal", signal.reference, "note"])
    assert client.post(where, {"note-words": "half"}).status_code == 204
    assert client.post(where, {"note-words": "half af"}).status_code == 204
    assert StaffDraft.objects.count() == 1
    assert "half af" in client.get(address("signal", signal)).content.decode()
    client.post(where, {"drop": "1"})
    assert not StaffDraft.objects.exists()


@pytest.mark.parametrize("form", ["x" * 60, "instead", "zomaar"])
def test_only_a_form_of_the_desk_is_kept(world, form):
    signal, client = a_signal(world), world.client("coordinator")
    where = reverse("keep_draft", args=["signal", signal.reference, form])
    assert client.post(where, {f"{form}-words": "x"}).status_code == 404
    UnlockedKey.objects.all().delete()
    sent = {"note-words": "half", "instead-of": "message", f"{form}-words": "x", "x" * 60 + "-y": "x"}
    assert client.post(address("signal_note", signal), sent).status_code == 302
    assert [draft.form for draft in StaffDraft.objects.all()] == ["note"]


def test_a_draft_about_what_one_may_not_see_is_refused(world):
    signal = a_signal(world)
    where = reverse("keep_draft", args=["signal", signal.reference, "note"])
    assert world.client("member").post(where, {"note-words": "x"}).status_code == 403
    unknown = reverse("keep_draft", args=["signal", "OV-000-000", "note"])
    assert world.client("coordinator").post(unknown, {"note-words": "x"}).status_code == 404


def test_who_else_is_here_is_shown_and_forgotten(world):
    signal = a_signal(world)
    presence.seen(world.user("second"), signal, "editing")
    client = world.client("coordinator")
    assert "Second schrijft" in client.get(address("signal", signal)).content.decode()
    assert presence.present([signal], world.user("coordinator")) == {signal.pk: ["Second"]}
    presence.gone(world.user("second"), signal)
    assert presence.present([signal], world.user("coordinator")) == {}


def test_without_redis_a_page_works_and_nobody_is_seen(world, settings):
    signal = a_signal(world)
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    try:
        assert world.client("coordinator").get(address("signal", signal)).status_code == 200
        assert presence.present([signal], world.user("coordinator")) == {}
    finally:
        presence._state["quiet_until"] = 0.0


def test_who_has_left_the_desk_is_shown_nothing(world):
    signal = a_signal(world)
    Membership.objects.filter(user=world.people["second"]).update(ended_at=timezone.now())
    where = reverse("here", args=["signal", signal.reference])
    assert world.client("second").post(where).status_code == 403
