"""What a member types and has not sent waits, sealed to that member alone; it survives a lost connection and locked keys."""

import pytest

from networks.actions import casework
from networks.views.typed import ACTION_FORMS, FORMS
from signals.actions import routing
from signals.models import StaffDraft
from tests.worlds import World

pytestmark = pytest.mark.django_db
LONG = "Lange tekst die niet weg mag. " * 100


@pytest.fixture
def world(settings):
    return World(settings)


def address(letter, act=""):
    return f"/netwerk/{letter.case.reference}/{act}"


def keep(client, letter, form, **typed):
    return client.post(address(letter, f"concept/{form}/"), {f"{form}-{name}": value for name, value in typed.items()})


def work(client, letter):
    return client.get(address(letter, "werk/")).content.decode()


def test_draft_of_each_form_of_the_work_comes_back_to_who_typed_it_alone(world):
    letter, client = world.accepted(), world.client("member")
    client.post(address(letter, "werk/afspraken/"))
    for form, field in (("note", "words"), ("action", "words"), ("contact", "words")):
        assert keep(client, letter, form, **{field: f"{LONG}{form}"}).status_code == 204
        assert f"{LONG}{form}" in work(client, letter)
        assert f"{LONG}{form}" not in work(world.client("lead"), letter)
    assert b"Lange" not in b"".join(bytes(row.fields) for row in StaffDraft.objects.all())


def test_draft_needs_no_open_key_and_waits_until_it_is_unlocked(world):
    letter = world.accepted()
    assert keep(world.client("member", locked=True), letter, "note", words=LONG).status_code == 204
    assert LONG in work(world.client("member"), letter)


@pytest.mark.parametrize(
    ("act", "sent"),
    [
        ("werk/notitie/", {"note-words": LONG}),
        ("werk/actie/", {"action-words": LONG, "action-kind": "school"}),
        ("werk/contact/", {"contact-words": LONG, "contact-with_whom": "school"}),
        ("teruggeven/", {"return-words": LONG, "return-reason": "other"}),
    ],
)
def test_form_that_is_sent_with_locked_keys_is_kept_whole(world, act, sent):
    letter = world.accepted()
    client = world.client("member", locked=True)
    client.post(address(letter, "werk/afspraken/"))
    if act == "werk/contact/":
        sent |= {"contact-how": "phone", "contact-on": "2026-11-20", "contact-at": "10:00", "contact-reached": "spoke"}
    assert client.post(address(letter, act), sent).status_code == 302
    assert StaffDraft.objects.get().form == next(iter(sent)).partition("-")[0]


def test_sending_drops_the_draft_and_so_does_the_button(world):
    letter, client = world.accepted(), world.client("member")
    keep(client, letter, "note", words=LONG)
    client.post(address(letter, "werk/notitie/"), {"note-words": LONG})
    assert not StaffDraft.objects.exists()
    keep(client, letter, "note", words=LONG)
    assert client.post(address(letter, "concept/note/"), {"drop": "1"}).url == address(letter, "werk/")
    assert not StaffDraft.objects.exists()


def test_draft_of_a_change_belongs_to_its_own_action(world):
    letter, client, ring = world.accepted(), world.client("member"), world.keyring("member")
    one, other = (
        casework.plan_action(letter, by=ring.user, keyring=ring, kind="school", words=words) for words in ("een", "twee")
    )
    assert client.post(address(letter, f"acties/{one.pk}/concept/change/"), {"change-words": LONG}).status_code == 204
    assert LONG in client.get(address(letter, f"acties/{one.pk}/")).content.decode()
    assert LONG not in client.get(address(letter, f"acties/{other.pk}/")).content.decode()
    dropped = client.post(address(letter, f"acties/{one.pk}/concept/change/"), {"drop": "1"})
    assert dropped.url == address(letter, f"acties/{one.pk}/")


def test_unknown_form_and_somebody_elses_case_are_404(world):
    letter, client = world.accepted(), world.client("member")
    ring = world.keyring("member")
    action = casework.plan_action(letter, by=ring.user, keyring=ring, kind="school", words="een")
    assert keep(client, letter, "decide", words="x").status_code == 404
    assert client.post(address(letter, f"acties/{action.pk}/concept/note/"), {"note-words": "x"}).status_code == 404
    for form in sorted(FORMS):
        assert keep(world.client("stranger"), letter, form, words="x").status_code == 404
        assert keep(world.client("coordinator"), letter, form, words="x").status_code == 403
    for form in sorted(ACTION_FORMS):
        there = address(letter, f"acties/{action.pk}/concept/{form}/")
        assert world.client("stranger").post(there, {f"{form}-words": "x"}).status_code == 404
    routing.give_back(letter, by=ring.user, keyring=ring, reason="no_capacity")
    assert keep(client, letter, "note", words="x").status_code == 404
    assert not StaffDraft.objects.exists()


def test_draft_names_of_all_rooms_are_short_enough_to_be_kept(world):
    assert all(len(form) <= StaffDraft._meta.get_field("form").max_length for form in FORMS | ACTION_FORMS)
