"""The two requests of a referrer, and the desk's pages for messages: checked over the old way, never by the code alone."""

import secrets

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meldpunt.vault import referrers, sealed
from signals import content
from signals.actions import Clash, mailbox, requests, triage
from signals.mailbox import reading
from signals.models import Message, Signal, Task
from signals.models.task import TaskKind
from signals.workflow import NotAllowed
from tests.filing_pages import reference_data
from tests.worlds import World, a_signal_with_code

pytestmark = pytest.mark.django_db
WANTED = content.NewContact("text", "06 12345678", "na school", "Zeg dat het over werk gaat")


@pytest.fixture
def world(settings):
    world = World(settings)
    reference_data()
    return world


@pytest.fixture
def filed(world):
    signal, code = a_signal_with_code(world)
    return signal, referrers.open_with_code(code)


def once():
    return secrets.token_bytes(32)


def settle(world, message, **more):
    common = {"by": world.user("coordinator"), "keyring": world.keyring("coordinator"), "words": "Gebeld"}
    return requests.settle(message, **common | more)


def test_a_request_changes_nothing_by_itself_and_gives_a_task(world, filed):
    signal, ring = filed
    before = bytes(signal.report)
    requests.ask_to_withdraw(signal, ring=ring, words="", once=once())
    requests.ask_for_contact(signal, ring=ring, wanted=WANTED, once=once())
    signal.refresh_from_db()
    assert (signal.state, bytes(signal.report)) == ("received", before)
    kinds = set(Task.objects.filter(done_at=None).values_list("kind", flat=True))
    assert {TaskKind.WITHDRAW_REQUEST, TaskKind.CONTACT_REQUEST} <= kinds
    with pytest.raises(requests.AlreadyAsked):
        requests.ask_to_withdraw(signal, ring=ring, words="", once=once())


def test_a_granted_withdrawal_decides_the_signal_and_says_so(world, filed):
    signal, ring = filed
    message = requests.ask_to_withdraw(signal, ring=ring, words="Het is opgelost", once=once())
    settle(world, message, grant=True)
    signal.refresh_from_db()
    assert (signal.state, signal.decision) == ("decided", "withdrawn")
    assert signal.transitions.first().reason == "asked_for_it"
    assert "om je melding in te trekken. Dat is gedaan." in reading.letters(ring, signal)[-1].words
    assert not Task.objects.filter(kind=TaskKind.WITHDRAW_REQUEST, done_at=None).exists()
    with pytest.raises(Clash):
        settle(world, message, grant=False)


def test_a_decided_signal_can_be_withdrawn_but_not_out_of_a_case(world, filed):
    signal, ring = filed
    common = {"by": world.user("coordinator"), "keyring": world.keyring("coordinator")}
    triage.decide(signal, decision="no_signal", reason="too_little", version=signal.version, **common)
    message = requests.ask_to_withdraw(signal, ring=ring, words="", once=once())
    settle(world, message, grant=True)
    signal.refresh_from_db()
    assert signal.decision == "withdrawn"
    other, code = a_signal_with_code(world)
    triage.decide(other, decision="new_case", reason="enough_signs", version=other.version, **common)
    asked = requests.ask_to_withdraw(other, ring=referrers.open_with_code(code), words="", once=once())
    with pytest.raises(NotAllowed):
        settle(world, asked, grant=True)
    other.refresh_from_db()
    asked.refresh_from_db()
    assert other.decision == "new_case" and asked.waits


def test_a_granted_contact_is_sealed_beside_the_report(world, filed):
    signal, ring = filed
    before = bytes(signal.report)
    message = settle(world, requests.ask_for_contact(signal, ring=ring, wanted=WANTED, once=once()), grant=True)
    signal.refresh_from_db()
    assert bytes(signal.report) == before and signal.may_contact
    opened = sealed.peek(world.keyring("coordinator"), message, "amendment")
    assert content.from_bytes(content.NewContact, opened) == WANTED
    assert b"12345678" not in bytes(message.amendment) + bytes(message.words)


def test_what_was_refused_looks_the_same_to_who_holds_the_code(world, filed):
    signal, ring = filed
    message = settle(world, requests.ask_for_contact(signal, ring=ring, wanted=WANTED, once=once()), grant=False)
    signal.refresh_from_db()
    assert not message.amendment and not signal.may_contact
    assert signal.transitions.first().reason == "not_confirmed"
    again = requests.ask_for_contact(signal, ring=ring, wanted=WANTED, once=once())
    assert again.waits, "one can ask again"


# The pages


def open_code(world, client, signal_code):
    return client.post("/code/", {"code": signal_code}, follow=True)


def test_a_referrer_asks_and_a_coordinator_settles_on_the_pages(world):
    signal, code = a_signal_with_code(world)
    visitor, desk = world.client(), world.client("coordinator")
    page = open_code(world, visitor, code)
    token = page.context["contact_form"]["once"].value()
    sent = {"act": "contact", "contact-how": "text", "contact-once": token}
    assert visitor.post("/code/verder/", sent).status_code == 422, "a number is needed"
    for _twice in range(2):
        done = visitor.post("/code/verder/", sent | {"contact-reach": "06 12345678"}, follow=True)
        assert "Wij gaan dit eerst na" in done.content.decode()
    message = Message.objects.get()
    html = desk.get(signal.get_absolute_url()).content.decode()
    assert "De melder wil een andere manier van contact" in html and "12345678" not in html, "masked"
    address = f"{signal.get_absolute_url()}verzoek/{message.pk}/"
    version = Signal.objects.get().version
    assert desk.post(address, {"settle-version": version, "grant": "1"}).status_code == 422, "first check"
    given = {"settle-version": version, "settle-checked": "on", "settle-words": "Gebeld", "grant": "1"}
    assert desk.post(address, given)["Location"].endswith("#berichten")
    message.refresh_from_db()
    assert message.granted and message.settled_by == world.people["coordinator"]
    seen = visitor.get("/code/verder/").content.decode()
    assert "Wij hebben dit bekeken." in seen


def test_the_desk_picks_a_text_previews_it_and_asks(world):
    signal, code = a_signal_with_code(world, language="en")
    desk, address = world.client("coordinator"), f"{signal.get_absolute_url()}bericht/"
    start = desk.get(signal.get_absolute_url()).context["box"].compose
    fields = {"message-once": start["once"].value(), "message-version": signal.version, "message-purpose": "ask"}
    picked = desk.post(address, fields | {"message-text": "ask-place", "pick": "1"}).context["box"]
    assert "Where does that person live" in picked.compose["words"].value()
    words = {"message-words": "Where was <b>this</b>?"}
    preview = desk.post(address, fields | words | {"preview": "1"})
    assert "Where was &lt;b&gt;this&lt;/b&gt;?" in preview.content.decode() and not Message.objects.exists()
    assert preview.context["box"].compose["once"].value() == fields["message-once"]
    for _twice in range(2):
        assert desk.post(address, fields | words | {"send": "1"})["Location"].endswith("#berichten")
    assert Message.objects.count() == 1 and Signal.objects.get().state == "asked"
    page = open_code(world, world.client(), code)
    assert "Where was &lt;b&gt;this&lt;/b&gt;?" in page.content.decode()


@pytest.mark.parametrize("words", ["", "   ", "x" * 4001])
def test_empty_and_endless_messages_get_a_kind_error_and_are_kept(world, words):
    signal, code = a_signal_with_code(world)
    visitor = world.client()
    open_code(world, visitor, code)
    response = visitor.post("/code/verder/", {"act": "reply", "reply-words": words, "reply-once": "a" * 32})
    assert response.status_code == 422 and not Message.objects.exists()
    assert words.strip() in response.content.decode()
    desk = world.client("coordinator")
    sent = {"message-words": words, "message-once": "a" * 32, "message-version": 1, "message-purpose": "ask"}
    assert desk.post(f"{signal.get_absolute_url()}bericht/", sent).status_code == 422


def test_who_floods_a_thread_has_to_wait(world, settings):
    settings.MESSAGES_PER_HOUR = 2
    _signal, code = a_signal_with_code(world)
    visitor = world.client()
    open_code(world, visitor, code)
    sent = [
        visitor.post("/code/verder/", {"act": "reply", "reply-words": "x", "reply-once": f"{n:032x}"}).status_code
        for n in range(4)
    ]
    assert sent == [303, 303, 422, 422]


def test_a_request_of_another_signal_is_not_found(world, filed):
    signal, ring = filed
    other, _code = a_signal_with_code(world)
    message = requests.ask_to_withdraw(signal, ring=ring, words="", once=once())
    answer = world.client("coordinator").post(f"{other.get_absolute_url()}verzoek/{message.pk}/", {"grant": "1"})
    assert answer.status_code == 404


def test_the_signal_page_keeps_within_its_statements_with_a_long_thread(world, filed, monkeypatch):
    monkeypatch.setattr("signals.places.gazetteer.SECONDS", 60)  # as in a process that has just read the names
    signal, ring = filed
    for number in range(12):
        mailbox.write_as_referrer(signal, ring=ring, words=f"Bericht {number}", once=once())
    desk = world.client("coordinator")
    desk.get(signal.get_absolute_url())
    with CaptureQueriesContext(connection) as found:
        desk.get(signal.get_absolute_url())
    # Whoever signed in with a second factor is not asked for it in the database.
    passed = ("SAVEPOINT", "RELEASE", 'SELECT 1 AS "a" FROM "mfa_authenticator"')
    statements = [row["sql"] for row in found if not row["sql"].startswith(passed)]
    assert len(statements) <= 15, "\n".join(statements)


def test_settling_what_has_changed_meanwhile_keeps_the_words(world, filed):
    signal, ring = filed
    message = requests.ask_to_withdraw(signal, ring=ring, words="", once=once())
    desk, address = world.client("coordinator"), f"{signal.get_absolute_url()}verzoek/{message.pk}/"
    old = Signal.objects.get().version - 1
    given = {"settle-version": old, "settle-checked": "on", "settle-words": "Gebeld op het oude nummer", "grant": "1"}
    answer = desk.post(address, given)
    assert answer.status_code == 409 and "Gebeld op het oude nummer" in answer.content.decode()
    message.refresh_from_db()
    assert message.waits
    assert f'name="settle-version" value="{old + 1}"' in answer.content.decode()
