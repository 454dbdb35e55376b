"""Contact with a referrer that the desk hands to a network: who reads what, who answers, and how it comes back."""

import datetime
import secrets

import pytest
from django.utils import timezone

from meldpunt.audit.models import Entry
from meldpunt.vault import crypto, referrers, sealed
from meldpunt.vault.models import Purpose
from signals import content
from signals.actions import contact, contact_writing, joining, mailbox, routing, triage
from signals.mailbox import reading
from signals.models import Handover, Message, Signal, Task
from signals.models.task import TaskKind
from signals.tasks import tell_late_contact
from signals.workflow import NotAllowed
from tests.worlds import World, a_signal_with_code

pytestmark = pytest.mark.django_db
TERMS = content.SafeContact(how="code", say="Zeg dat je van school bent", never="Niet bellen")


@pytest.fixture
def world(settings):
    return World(settings)


def routed_with_code(world):
    """A signal with a code in a case that almelo has accepted: (signal, code, letter)."""
    signal, code = a_signal_with_code(world)
    desk = world.keyring("coordinator")
    signal.refresh_from_db()
    given = {"decision": "new_case", "reason": "enough_signs", "version": signal.version}
    case = triage.decide(signal, by=desk.user, keyring=desk, **given).case
    letter = routing.route(
        case, by=desk.user, keyring=desk, team=world.teams["almelo"], reason="lives_there", version=case.version
    )
    routing.deliver(letter.pk)
    letter = routing.accept(routing.open_letter(letter, by=world.user("member")), by=world.user("member"))
    return Signal.objects.get(pk=signal.pk), code, letter


def handed(world):
    signal, code, letter = routed_with_code(world)
    desk = world.keyring("coordinator")
    row = contact.hand_over(signal, letter, by=desk.user, keyring=desk, terms=TERMS, version=signal.version)
    return row, code, letter


def written(world, row, who="member", words="Hoi, hoe gaat het?", read_terms=True):
    ring = world.keyring(who)
    once = secrets.token_bytes(32)
    return contact_writing.write(row, by=ring.user, keyring=ring, words=words, once=once, read_terms=read_terms)


def from_outside(row, code, words="Het gaat niet goed"):
    ring = referrers.open_with_code(code)
    return mailbox.write_as_referrer(row.signal, ring=ring, words=words, once=secrets.token_bytes(32))


def page_of(letter, *rest):
    return "/".join(["/netwerk", letter.case.reference, "melder", *map(str, rest)]) + "/"


def test_the_network_reads_the_thread_and_nothing_of_the_report(world):
    row, code, letter = handed(world)
    from_outside(row, code, "Bericht van buiten")
    page = world.client("member").get(page_of(letter)).content.decode()
    assert "Bericht van buiten" in page
    assert "Niet bellen" in page
    signal = Signal.objects.get(pk=row.signal_id)
    with pytest.raises(crypto.CannotOpen):
        sealed.peek(world.keyring("member"), signal, "report")
    assert world.client("member").get(signal.get_absolute_url()).status_code in (403, 404)


def test_before_the_contact_is_handed_over_there_is_no_page(world):
    _signal, _code, letter = routed_with_code(world)
    client = world.client("member")
    assert client.get(page_of(letter)).status_code == 404
    assert "/melder/" not in client.get(f"/netwerk/{letter.case.reference}/").content.decode()


def test_the_referrer_reads_the_answer_of_a_member_as_any_other(world):
    row, code, letter = handed(world)
    client = world.client("member")
    sent = {"message-words": "We denken aan je", "message-once": "ab" * 16, "message-read_terms": "on"}
    address = page_of(letter, row.pk)
    for _twice in range(2):
        assert client.post(address, sent).status_code == 302
    letters = reading.letters(referrers.open_with_code(code), row.signal)
    assert [one.words for one in letters if not one.from_referrer][-1] == "We denken aan je"
    assert Message.objects.filter(by=world.user("member")).count() == 1


def test_a_member_reads_first_how_contact_is_safe(world):
    row, _code, letter = handed(world)
    response = world.client("member").post(page_of(letter, row.pk), {"message-words": "Hoi", "message-once": "ab" * 16})
    assert response.status_code == 422
    assert "Lees eerst hoe contact veilig is" in response.content.decode()
    with pytest.raises(NotAllowed):
        written(world, row, read_terms=False)
    written(world, row)
    assert written(world, row, read_terms=False)


def test_what_the_referrer_writes_is_work_of_the_network_with_a_clock(world):
    row, code, letter = handed(world)
    from_outside(row, code)
    assert not Task.objects.filter(kind=TaskKind.ANSWERED, done_at=None).exists()
    assert world.user("member").notices.filter(kind="referrer_wrote").exists()
    row.refresh_from_db()
    assert row.due_at
    client = world.client("member")
    assert "1 nieuw bericht" in client.get(page_of(letter)).content.decode()
    client.post(page_of(letter, row.pk, "gelezen"), {"until": timezone.now().isoformat()})
    row.refresh_from_db()
    assert row.due_at is None
    assert not Signal.objects.get(pk=row.signal_id).unread_from_referrer


def test_a_referrer_who_waits_too_long_becomes_a_task_of_the_desk(world):
    row, code, _letter = handed(world)
    from_outside(row, code)
    Handover.objects.update(due_at=timezone.now() - datetime.timedelta(hours=1))
    assert tell_late_contact() == 1
    assert tell_late_contact() == 0
    task = Task.objects.get(kind=TaskKind.LATE_CONTACT)
    assert task.user == world.user("coordinator")
    written(world, Handover.objects.get(pk=row.pk))
    task.refresh_from_db()
    assert task.done_at


def test_taken_back_the_network_opens_nothing_that_is_written_from_then_on(world):
    row, code, letter = handed(world)
    from_outside(row, code, "Voor het terugnemen")
    contact.take_back(row.signal, by=world.user("coordinator"))
    after = from_outside(row, code, "Na het terugnemen")
    member, desk = world.keyring("member"), world.keyring("coordinator")
    for message in Message.objects.filter(signal=row.signal):
        with pytest.raises(crypto.CannotOpen):
            sealed.peek(member, message, "words")
        assert sealed.peek(desk, message, "words")
    assert sealed.peek(referrers.open_with_code(code), after, "words") == b"Na het terugnemen"
    assert world.client("member").get(page_of(letter)).status_code == 404
    with pytest.raises(Handover.DoesNotExist):
        written(world, row)
    assert Task.objects.filter(kind=TaskKind.ANSWERED, done_at=None).exists()


def test_a_member_gives_the_contact_back_after_confirming(world):
    row, _code, letter = handed(world)
    client, address = world.client("member"), page_of(letter, row.pk, "terug")
    assert "Geef je het contact" in client.post(address).content.decode()
    assert client.post(address, {"confirmed": "1"}).status_code == 302
    row.refresh_from_db()
    assert row.back_because == "given_back"
    assert client.post(address, {"confirmed": "1"}).status_code == 404


@pytest.mark.parametrize("way", ["return", "close", "separate"])
def test_contact_comes_back_by_itself(world, way):
    row, code, letter = handed(world)
    if way == "return":
        ring = world.keyring("member")
        routing.give_back(letter, by=ring.user, keyring=ring, reason="no_capacity")
    elif way == "close":
        ring = world.keyring("lead")
        ended = {"outcome": "police", "youth_care_needed": False, "safe_now": "yes"}
        routing.close_case(letter, by=ring.user, keyring=ring, **ended)
    else:
        other, _code = a_signal_with_code(world)
        desk = world.keyring("coordinator")
        other.refresh_from_db()
        joining.join(
            other, letter.case, by=desk.user, keyring=desk, reason="same_person", version=other.version
        )
        signal = Signal.objects.get(pk=row.signal_id)
        joining.separate(signal, by=desk.user, keyring=desk, reason="other_person", version=signal.version)
    row.refresh_from_db()
    assert row.ended_at
    assert sealed.peek(referrers.open_with_code(code), from_outside(row, code, "Na"), "words") == b"Na"
    with pytest.raises(crypto.CannotOpen):
        sealed.peek(world.keyring("lead"), Message.objects.latest("at"), "words")


def test_contact_goes_only_to_a_network_that_accepted_this_case(world):
    signal, _code, letter = routed_with_code(world)
    desk = world.keyring("coordinator")
    given = {"by": desk.user, "keyring": desk, "terms": TERMS, "version": signal.version}
    for wrong in (world.accepted("zwolle", "stranger"), world.opened()):
        with pytest.raises(NotAllowed):
            contact.hand_over(signal, wrong, **given)
    contact.hand_over(signal, letter, **given)
    signal.refresh_from_db()
    with pytest.raises(NotAllowed):
        contact.hand_over(signal, letter, **given | {"version": signal.version})


@pytest.mark.parametrize("who", ["stranger", "other_lead", "former", "administrator"])
def test_nobody_else_writes_to_the_referrer(world, who):
    row, _code, letter = handed(world)
    with pytest.raises(Handover.DoesNotExist):
        written(world, row, who)
    assert world.client(who).post(page_of(letter, row.pk), {"message-words": "x"}).status_code in (403, 404, 302)
    assert not Message.objects.filter(by=world.user(who)).exists()


def test_the_desk_hands_over_on_a_page_that_says_what_happens(world):
    signal, _code, letter = routed_with_code(world)
    client = world.client("coordinator")
    address = f"/meldingen/{signal.reference}/contact-geven/"
    assert "Geef het contact aan het netwerk" in client.get(signal.get_absolute_url()).content.decode()
    sent = {"hand-letter": str(letter.pk), "hand-never": "Niet <bellen>", "hand-version": signal.version}
    page = client.post(address, sent).content.decode()
    assert "Niet &lt;bellen&gt;" in page
    assert not Handover.objects.exists()
    assert client.post(address, sent | {"confirmed": "1"}).status_code == 302
    assert "Netwerk Almelo heeft het contact" in client.get(signal.get_absolute_url()).content.decode()
    assert "Niet &lt;bellen&gt;" in world.client("member").get(page_of(letter)).content.decode()
    back = f"/meldingen/{signal.reference}/contact-terug/"
    assert "Ja, neem terug" in client.post(back).content.decode()
    client.post(back, {"confirmed": "1"})
    assert Handover.objects.get().back_because == "taken_back"


def test_terms_and_words_lie_sealed_and_reading_them_is_logged(world):
    row, code, letter = handed(world)
    from_outside(row, code, "Kanarie in de mijn")
    assert b"Niet bellen" not in bytes(row.terms)
    before = Entry.objects.count()
    world.client("member").get(page_of(letter))
    assert Entry.objects.filter(purpose="thread", user=world.user("member")).exists()
    assert Entry.objects.count() > before
    assert row.SEALED["terms"] == Purpose.THREAD


def test_the_page_stays_within_its_statements(world, django_assert_max_num_queries):
    row, code, letter = handed(world)
    for number in range(4):
        from_outside(row, code, f"Bericht {number}")
    client = world.client("member")
    client.get(page_of(letter))
    with django_assert_max_num_queries(15):
        client.get(page_of(letter))
