"""The mailbox between a referrer and the desk: asking back, answering, feedback that cannot be forgotten."""

import secrets
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from meldpunt.audit.models import Entry
from meldpunt.notices.models import Notice
from meldpunt.vault import crypto, keys, referrers
from signals.actions import leases, mailbox, routing, triage
from signals.mailbox import reading
from signals.models import Direction, Message, Task, TextPurpose
from signals.models.task import TaskKind
from signals.tasks import raise_unanswered
from signals.workflow import NotAllowed, SignalState
from tests.filing_pages import reference_data
from tests.roles import granted, working_as  # noqa: F401 (a fixture)
from tests.worlds import World, a_signal_with_code

pytestmark = pytest.mark.django_db
STRANGE = 'Hallo 🙂 مرحبا <script>alert(1)</script> =1+1 "quote" \\ \u202eomgekeerd'


@pytest.fixture
def world(settings):
    world = World(settings)
    reference_data()
    return world


@pytest.fixture
def filed(world):
    """A signal, and the ring that its code opens."""
    signal, code = a_signal_with_code(world)
    return signal, referrers.open_with_code(code)


def ask(world, signal, words="Waar was dit?", **more):
    signal.refresh_from_db()
    common = {"by": world.user("coordinator"), "keyring": world.keyring("coordinator"), "words": words}
    common |= {"version": signal.version, "once": secrets.token_bytes(32)}
    return mailbox.ask_back(signal, **common | more)


def answer(signal, ring, words="Bij het station.", **more):
    return mailbox.write_as_referrer(signal, ring=ring, words=words, **{"once": secrets.token_bytes(32)} | more)


def test_asking_back_waits_for_the_referrer_with_a_clock(world, filed):
    signal, ring = filed
    ask(world, signal)
    signal.refresh_from_db()
    assert signal.state == SignalState.ASKED and signal.claimed_by is None
    assert signal.due_at > timezone.now() + timedelta(days=12), "ten working days"
    assert [letter.words for letter in reading.letters(ring, signal)] == ["Waar was dit?"]
    assert list(signal.transitions.values_list("new", flat=True)[:2]) == ["asked", "in_triage"]


def test_an_answer_is_unread_and_gives_a_task_to_who_asked(world, filed):
    signal, ring = filed
    ask(world, signal)
    answer(signal, ring, STRANGE)
    signal.refresh_from_db()
    assert signal.unread_from_referrer and signal.state == SignalState.ASKED
    assert signal.due_at < timezone.now() + timedelta(days=12), "now the clock of triage runs"
    task = Task.objects.get(kind=TaskKind.ANSWERED, done_at=None)
    assert task.user == world.people["coordinator"]
    assert Notice.objects.filter(user=task.user).exists()
    letters = reading.letters_for_desk(world.keyring("coordinator"), signal)
    assert [letter.words for letter in letters] == ["Waar was dit?", STRANGE] and letters[1].is_new
    leases.take_up(signal, by=world.user("coordinator"))
    signal.refresh_from_db()
    assert signal.state == SignalState.IN_TRIAGE and signal.unread_from_referrer, "reading is an act of its own"
    assert mailbox.mark_read(signal, by=world.user("coordinator"), until=timezone.now()) == 1
    signal.refresh_from_db()
    assert not signal.unread_from_referrer


def test_what_came_after_the_page_was_shown_stays_unread(world, filed):
    signal, ring = filed
    answer(signal, ring, "Eerst dit.")
    desk = world.client("coordinator")
    page = desk.get(signal.get_absolute_url())
    shown = page.context["shown_until"]
    assert f'name="until" value="{shown}"' in page.content.decode().replace("&#x2B;", "+")
    later = answer(signal, ring, STRANGE)
    address = f"{signal.get_absolute_url()}gelezen/"
    for until in (shown, "", "gisteren", "2026-01-01", "9" * 5000):
        assert desk.post(address, {"until": until}).status_code == 302
    signal.refresh_from_db()
    later.refresh_from_db()
    assert signal.unread_from_referrer and later.read_at is None
    assert Task.objects.filter(kind=TaskKind.ANSWERED, done_at=None).exists()
    desk.post(address, {"until": desk.get(signal.get_absolute_url()).context["shown_until"]})
    signal.refresh_from_db()
    assert not signal.unread_from_referrer
    assert not Task.objects.filter(kind=TaskKind.ANSWERED, done_at=None).exists()


def test_reading_leaves_a_row_in_the_log_with_the_messages(world, filed):
    signal, ring = filed
    message = answer(signal, ring)
    reading.letters_for_desk(world.keyring("coordinator"), signal)
    row = Entry.objects.filter(purpose="thread").last()
    assert (row.act, row.object_id, row.rows) == ("read", signal.reference, [str(message.pk)])


def test_sending_twice_is_sending_once(world, filed):
    signal, ring = filed
    once = secrets.token_bytes(32)
    assert answer(signal, ring, once=once) and answer(signal, ring, once=once) is None
    assert ask(world, signal, once=once + b"x") and ask(world, signal, once=once + b"x") is None
    assert Message.objects.count() == 2


def test_no_clear_word_lies_in_the_tables(world, filed):
    signal, ring = filed
    ask(world, signal, "Kanarievraag")
    answer(signal, ring, "Kanarieantwoord")
    for row in Message.objects.values_list("words", flat=True):
        assert b"Kanarie" not in bytes(row)


def test_a_code_opens_the_own_thread_and_nothing_else(world, filed):
    signal, ring = filed
    other, _code = a_signal_with_code(world)
    ask(world, other, "Voor een ander")
    assert [letter.words for letter in reading.letters(ring, other)] == [None]
    for purpose in ("report", "thread"):
        with pytest.raises(crypto.CannotOpen):
            ring.key_of(other.pk, purpose, 1)
    with pytest.raises(crypto.CannotOpen):
        ring.key_of(signal.pk, "report", 1)
    with pytest.raises(crypto.CannotOpen):
        mailbox.add(ring, other, b"x", direction=Direction.FROM_REFERRER, once=b"1" * 32)


def test_messages_move_to_no_other_place(world, filed):
    signal, ring = filed
    first, second = answer(signal, ring, "Een"), answer(signal, ring, "Twee")
    Message.objects.filter(pk=first.pk).update(words=second.words)
    assert [letter.words for letter in reading.letters(ring, signal)] == [None, "Twee"]


def test_a_thread_key_can_be_renewed_without_the_code(world, filed):
    signal, ring = filed
    answer(signal, ring, "Voor")
    row = referrers.ReferrerKey.objects.get(object_id=signal.pk)
    keys.new_content_key("signal", signal.pk, "thread", [world.teams["desk"]], referrer=row)
    ask(world, signal, "Na")
    fresh = referrers.ReferrerRing(row, ring.secret)
    assert [letter.words for letter in reading.letters(fresh, signal)] == ["Voor", "Na"]


def test_asking_is_for_what_is_not_decided(world, filed):
    signal, _ring = filed
    decide(world, signal, "no_signal", "too_little")
    with pytest.raises(NotAllowed):
        ask(world, signal)


def test_a_referrer_without_a_code_cannot_be_written_to(world, filed):
    signal, _ring = filed
    referrers.ReferrerKey.objects.all().delete()
    with pytest.raises(NotAllowed):
        ask(world, signal)
    decide(world, signal, "no_signal", "too_little")
    assert not Task.objects.filter(kind=TaskKind.TELL_REFERRER).exists()


def decide(world, signal, decision, reason, **more):
    signal.refresh_from_db()
    return triage.decide(
        signal,
        by=world.user("coordinator"),
        keyring=world.keyring("coordinator"),
        decision=decision,
        reason=reason,
        version=signal.version,
        **more,
    )


def test_a_decision_tells_the_referrer_by_itself_in_the_own_language(world):
    signal, code = a_signal_with_code(world, language="en")
    decide(world, signal, "no_signal", "too_little")
    (letter,) = reading.letters(referrers.open_with_code(code), signal)
    assert letter.message.purpose == TextPurpose.DECIDED and "We have read your report" in letter.words


def test_own_words_replace_the_standard_text(world, filed):
    signal, ring = filed
    decide(world, signal, "advice", "only_advice", tell="Bel eerst met school.")
    assert [letter.words for letter in reading.letters(ring, signal)] == ["Bel eerst met school."]
    assert not Task.objects.filter(kind=TaskKind.TELL_REFERRER).exists()


def test_advice_without_words_leaves_a_task_until_something_is_written(world, filed):
    signal, ring = filed
    decide(world, signal, "advice", "only_advice")
    task = Task.objects.get(kind=TaskKind.TELL_REFERRER)
    assert task.user == world.people["coordinator"] and task.done_at is None
    common = {"by": world.user("coordinator"), "keyring": world.keyring("coordinator")}
    mailbox.write_to_referrer(signal, words="Bel eerst.", once=secrets.token_bytes(32), **common)
    task.refresh_from_db()
    assert task.done_at


def test_every_referrer_of_a_case_is_told_when_it_closes(world):
    first, _code = a_signal_with_code(world)
    second, _code = a_signal_with_code(world)
    case = decide(world, first, "new_case", "enough_signs").case
    decide(world, second, "joined", "same_person", case=case)
    case.refresh_from_db()
    common = {"by": world.user("coordinator"), "keyring": world.keyring("coordinator")}
    routing.hand_over_outside(case, words="Naar de politie", version=case.version, **common)
    waiting = Task.objects.filter(kind=TaskKind.TELL_REFERRER, done_at=None)
    assert {task.signal_id for task in waiting} == {first.pk, second.pk}


def test_no_answer_in_time_becomes_a_task_once(world, filed, granted):  # noqa: F811
    signal, ring = filed
    ask(world, signal)
    type(signal).objects.update(due_at=timezone.now() - timedelta(minutes=1))
    with working_as("meldpunt_worker"):
        assert raise_unanswered() == 1
        assert raise_unanswered() == 0
    assert Task.objects.get(kind=TaskKind.LATE_ANSWER).user == world.people["coordinator"]
    ask(world, signal, "Nog een keer")
    assert not Task.objects.filter(kind=TaskKind.LATE_ANSWER, done_at=None).exists()
    answer(signal, ring)
    type(signal).objects.update(due_at=timezone.now() - timedelta(minutes=1))
    assert raise_unanswered() == 0, "an answer came"


@pytest.mark.parametrize(("how", "mails"), [("email", 1), ("phone", 0), ("code", 0)])
def test_mail_goes_only_to_who_asked_for_it(world, django_capture_on_commit_callbacks, how, mails):
    contact = {"allowed": "yes", "how": how, "email": "anneke@example.org", "phone": "0612345678"}
    signal, _code = a_signal_with_code(world, contact=contact)
    with django_capture_on_commit_callbacks(execute=True):
        ask(world, signal, "Kanarievraag")
    assert len(mail.outbox) == mails
    for sent in mail.outbox:
        whole = str(sent.message())
        assert sent.to == ["anneke@example.org"] and sent.subject == "Er staat iets klaar"
        assert "Kanarie" not in whole and signal.reference not in whole and "meldpunt" not in sent.body.lower()


def test_a_mail_server_that_is_down_loses_no_message(world, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    contact = {"allowed": "yes", "how": "email", "email": "anneke@example.org"}
    signal, code = a_signal_with_code(world, contact=contact)
    with django_capture_on_commit_callbacks(execute=True):
        ask(world, signal)
    assert len(reading.letters(referrers.open_with_code(code), signal)) == 1
