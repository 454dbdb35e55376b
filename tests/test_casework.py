"""A letter at a network: closed until opened, then read, taken on or given back, and written about."""

import pytest

from meldpunt.audit.models import Entry
from meldpunt.vault import unlocking
from meldpunt.vault.crypto import CannotOpen
from meldpunt.vault.unlocking import Locked
from networks.actions import casework
from networks.models import Note
from signals.actions import routing
from signals.models import Assignment, Case, OwnWords
from signals.workflow import NotAllowed
from tests.worlds import SHARED, World

pytestmark = pytest.mark.django_db
ODD = "Привет 😀 שלום <script>alert(1)</script> =1+1 \"'&\nnieuwe regel"


@pytest.fixture
def world(settings):
    return World(settings)


def address(letter, act=""):
    return f"/netwerk/{letter.case.reference}/{act}"


def read(client, letter, status=200, act=""):
    response = client.get(address(letter, act))
    assert response.status_code == status
    return response.content.decode()


def state(letter):
    return Assignment.objects.get(pk=letter.pk).state


def test_looking_at_a_delivered_letter_opens_nothing(world):
    letter = world.delivered()
    before = Assignment.objects.filter(pk=letter.pk).values().get()
    page = read(world.client("member"), letter)
    assert "Open deze zaak" in page
    assert SHARED.note not in page
    assert Assignment.objects.filter(pk=letter.pk).values().get() == before


def test_opening_is_a_post_and_twice_changes_nothing(world):
    letter, client = world.delivered(), world.client("member")
    assert client.get(address(letter, "openen/")).status_code == 405
    for _ in range(2):
        assert client.post(address(letter, "openen/")).url == address(letter)
    assert state(letter) == "opened"
    assert letter.transitions.filter(new="opened").count() == 1


def test_opened_letter_shows_what_is_shared_and_masks_names(world):
    page = read(world.client("member"), world.opened())
    for shown in (SHARED.note, SHARED.age_text, SHARED.school, "Pools", SHARED.must_not_know, "klasgenoot"):
        assert shown in page
    for masked in (SHARED.name, "Ricky", "0612345678", "Bo Peper"):
        assert masked not in page


def test_reading_a_letter_is_in_the_reading_log(world):
    letter = world.opened()
    read(world.client("member"), letter)
    row = Entry.objects.filter(act="read", object_id=letter.case.reference).get()
    assert (row.user.name, row.purpose) == ("Member", "casework")


def test_accepting_makes_the_member_owner(world):
    letter, client = world.opened(), world.client("member")
    assert client.post(address(letter, "aannemen/"), follow=True).status_code == 200
    letter.refresh_from_db()
    assert (letter.state, letter.owner.name) == ("accepted", "Member")


def test_accepting_what_a_colleague_accepted_says_so(world):
    letter = world.accepted(who="lead")
    response = world.client("member").post(address(letter, "aannemen/"))
    assert response.status_code == 409
    assert "Een collega was je voor" in response.content.decode()
    letter.refresh_from_db()
    assert letter.owner.name == "Lead"


def test_giving_back_needs_a_reason_and_keeps_what_was_typed(world):
    letter, client = world.opened(), world.client("member")
    page = client.post(address(letter, "teruggeven/"), {"return-words": "Wij kennen hem"}).content.decode()
    assert "Wij kennen hem" in page
    assert "#id_return-reason_0" in page
    assert state(letter) == "opened"


def test_giving_back_for_another_reason_needs_words(world):
    letter = world.opened()
    page = (
        world.client("member")
        .post(address(letter, "teruggeven/"), {"return-reason": "other"})
        .content.decode()
    )
    assert "Schrijf kort op waarom je de zaak teruggeeft." in page
    assert state(letter) == "opened"


def test_returned_case_is_gone_for_the_network_and_back_at_the_desk(world):
    letter, client = world.accepted(), world.client("member")
    sent = {"return-reason": "involved", "return-words": "Te dichtbij"}
    assert client.post(address(letter, "teruggeven/"), sent).url == "/netwerk/"
    assert Case.objects.get(pk=letter.case_id).state == "assessed"
    assert OwnWords.objects.count() == 1
    for who in ("member", "lead"):
        read(world.client(who), letter, 404)
    for act in ("openen/", "aannemen/", "teruggeven/", "werk/notitie/", "uitkomst/"):
        assert client.post(address(letter, act)).status_code == 404


def test_recalled_letter_is_gone(world):
    letter, keyring = world.opened(), world.keyring("coordinator")
    routing.recall(letter, by=keyring.user, keyring=keyring, reason="mistake")
    read(world.client("member"), letter, 404)


def test_other_network_gets_404_everywhere(world):
    letter = world.accepted()
    for who in ("stranger", "other_lead"):
        client = world.client(who)
        read(client, letter, 404)
        for act in ("openen/", "aannemen/", "teruggeven/", "werk/notitie/", "uitkomst/"):
            assert client.post(address(letter, act)).status_code == 404


def test_member_who_left_is_refused_at_once(world):
    letter, client = world.accepted(), world.client("member")
    world.leave("member")
    read(client, letter, 403)
    assert client.post(address(letter, "werk/notitie/"), {"note-words": "nog iets"}).status_code == 403
    with pytest.raises(CannotOpen):
        world.keyring("member").key_of(letter.case_id, "shared", 1)


def test_note_comes_back_as_it_was_typed_and_lies_sealed(world):
    letter, client = world.accepted(), world.client("member")
    assert client.post(address(letter, "werk/notitie/"), {"note-words": ODD}).url == address(letter, "werk/#notities")
    page = read(client, letter, act="werk/")
    assert "Привет 😀 שלום &lt;script&gt;alert(1)&lt;/script&gt; =1+1" in page
    assert "Привет".encode() not in bytes(Note.objects.get().words)
    assert "Привет" in read(world.client("lead"), letter, act="werk/")


def test_desk_cannot_open_a_note(world):
    letter, keyring = world.accepted(), world.keyring("member")
    note = casework.write_note(letter, by=keyring.user, keyring=keyring, words="van ons")
    with pytest.raises(CannotOpen):
        world.keyring("coordinator").key_of(note.assignment_id, "assignment", 1)
    assert not Note.objects.visible_to(world.user("coordinator")).exists()


def test_empty_note_is_refused_in_plain_words(world):
    letter = world.accepted()
    page = world.client("member").post(address(letter, "werk/notitie/"), {"note-words": "  "}).content.decode()
    assert "Je notitie is nog leeg. Schrijf eerst iets op." in page
    assert not Note.objects.exists()


def test_too_long_note_says_by_how_much_and_is_kept(world):
    letter, words = world.accepted(), "a" * 4003
    page = world.client("member").post(address(letter, "werk/notitie/"), {"note-words": words}).content.decode()
    assert "Haal 3 tekens weg." in page
    assert words in page
    assert not Note.objects.exists()


def test_note_of_exactly_the_limit_fits_with_its_line_breaks(world):
    letter, words = world.accepted(), "a" * 3998 + "\r\n" + "b"
    world.client("member").post(address(letter, "werk/notitie/"), {"note-words": words})
    assert Note.objects.count() == 1


def test_no_notes_before_opening_or_after_closing(world):
    keyring = world.keyring("lead")
    with pytest.raises(NotAllowed):
        casework.write_note(world.delivered(), by=keyring.user, keyring=keyring, words="te vroeg")
    letter = world.accepted()
    routing.close_case(
        letter, by=keyring.user, keyring=keyring, outcome="police", youth_care_needed=False, safe_now="yes"
    )
    with pytest.raises(NotAllowed):
        casework.write_note(letter, by=keyring.user, keyring=keyring, words="te laat")


def test_note_for_a_case_of_another_network_is_refused_by_the_action_too(world):
    letter, keyring = world.accepted(), world.keyring("stranger")
    with pytest.raises(Assignment.DoesNotExist):
        casework.write_note(letter, by=keyring.user, keyring=keyring, words="stiekem")


def test_note_that_met_a_closed_case_is_kept_on_the_page(world):
    letter, keyring = world.accepted(), world.keyring("lead")
    routing.close_case(
        letter, by=keyring.user, keyring=keyring, outcome="police", youth_care_needed=False, safe_now="yes"
    )
    response = world.client("member").post(address(letter, "werk/notitie/"), {"note-words": "net te laat"})
    assert response.status_code == 409
    assert "net te laat" in response.content.decode()


def test_locked_keys_send_to_unlocking_and_keep_what_was_typed(world):
    letter, client = world.accepted(), world.client("member", locked=True)
    response = client.get(address(letter))
    assert response.status_code == 302
    assert f"next={address(letter)}" in response.url
    response = client.post(address(letter, "werk/notitie/"), {"note-words": "bewaar mij"})
    assert response.url == f"/ontgrendel/?next={address(letter)}"
    assert "bewaar mij" in read(world.client("member"), letter, act="werk/")
    assert "bewaar mij" not in read(world.client("lead"), letter, act="werk/")
    with pytest.raises(Locked):
        casework.write_note(letter, by=world.user("member"), keyring=None, words="dicht")


def test_unknown_reference_is_404(world):
    for reference in ("ZK-000-000", "iets"):
        assert world.client("member").get(f"/netwerk/{reference}/").status_code == 404


def reveal(client, letter, **more):
    sent = {"object": "case", "reference": letter.case.reference, "kind": "name", "next": address(letter)}
    return client.post("/onthul/", sent | more)


def test_name_is_revealed_with_a_reason_in_the_log_until_it_is_hidden(world):
    letter, client = world.accepted(), world.client("member")
    assert reveal(client, letter, reason="contact").url == address(letter)
    page = read(client, letter)
    assert SHARED.name in page
    assert "Bo Peper" not in page
    row = Entry.objects.filter(act="reveal").get()
    assert (row.user.name, row.object_id, row.purpose) == ("Member", letter.case.reference, "name:contact")
    assert SHARED.name not in read(world.client("lead"), letter)
    reveal(client, letter, hide="1")
    assert SHARED.name not in read(client, letter)


def test_revealing_needs_a_reason_and_a_case_that_is_ours(world):
    letter = world.accepted()
    assert reveal(world.client("member"), letter).status_code == 400
    assert reveal(world.client("stranger"), letter, reason="contact").status_code == 404
    assert not Entry.objects.filter(act="reveal").exists()


def test_unlocking_anew_starts_with_everything_masked(world):
    letter, client = world.accepted(), world.client("member")
    reveal(client, letter, reason="contact")
    fresh = unlocking.keep_unlocked(world.user("member"), world.secrets[world.people["member"].pk])
    client.cookies[unlocking.COOKIE] = fresh
    assert SHARED.name not in read(client, letter)
