"""Writing in the mailbox of a signal, by the desk and by the referrer; the words are sealed under the thread key."""

import datetime
import hashlib

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.vault import referrers, sealed
from meldpunt.vault.keys import newest_content_key
from meldpunt.vault.models import Purpose
from meldpunt.vault.referrers import ReferrerRing
from meldpunt.vault.unlocking import Keyring, Locked
from signals import deadlines
from signals.actions import contact
from signals.actions.history import correct, locked, move
from signals.actions.tasks import finish, give_task
from signals.mailbox import letting_know, standard_texts
from signals.models import Attachment, Direction, Message, MessageKind, Signal, TextPurpose
from signals.models.task import TaskKind
from signals.querysets import UNDECIDED
from signals.workflow import NotAllowed, Reason, SignalState


def once_for(signal: Signal, token: bytes) -> bytes:
    """Return what makes a sending of this signal happen once (32 bytes); `token` came with the form."""
    return hashlib.blake2b(signal.pk.bytes + token, digest_size=32).digest()


def add(ring: Keyring | ReferrerRing, signal: Signal, words: bytes, **values) -> Message:
    """Seal `words` under the newest thread key that `ring` opens, and store the message; raises Locked, CannotOpen."""
    if ring is None:
        raise Locked
    key = newest_content_key(ring, signal.pk, Purpose.THREAD)
    message = Message(signal=signal, at=timezone.now(), **values)
    sealed.seal(key, message, "words", words)
    message.save(force_insert=True)
    return message


def is_sent(once: bytes) -> bool:
    """Tell whether this sending was there already. The caller holds the lock of the signal."""
    return Message.objects.filter(once=once).exists()


def _fits(signal: Signal, purpose: str) -> None:
    """Raise NotAllowed where a message with this purpose has no meaning, or nobody could read it."""
    asking = purpose == TextPurpose.ASK
    if signal.state == SignalState.DESTROYED or (asking and signal.state not in UNDECIDED):
        raise NotAllowed(f"{purpose} in {signal.state}")
    if not referrers.has_code(signal.pk):
        raise NotAllowed("this referrer has no code")


@transaction.atomic
def write_to_referrer(
    signal: Signal, *, by, keyring: Keyring, words: str, purpose: str = TextPurpose.ANSWER, once: bytes
) -> Message | None:
    """Write to the referrer; `once` (32 bytes) makes sending twice one message, and then None is returned.

    It also finishes the task to let the referrer know. Raises NotAllowed, Locked, CannotOpen.
    """
    signal = locked(Signal.objects.visible_to(by), signal.pk)
    if is_sent(once):
        return None
    _fits(signal, purpose)
    message = to_referrer(signal, by=by, keyring=keyring, words=words, purpose=purpose, once=once)
    record("create", by=by, obj=signal, purpose=f"message_{purpose}")
    return message


def to_referrer(signal: Signal, *, by, keyring: Keyring, words: str, purpose: str, once: bytes) -> Message:
    """Add a message of the desk to a signal whose row is locked, and let the referrer know; the caller records."""
    message = add(
        keyring, signal, words.encode(), direction=Direction.TO_REFERRER, purpose=purpose, by=by, once=once
    )
    if purpose != TextPurpose.ASK:
        finish(signal, TaskKind.TELL_REFERRER)
    letting_know.after_commit(signal, keyring)
    return message


@transaction.atomic
def ask_back(
    signal: Signal, *, by, keyring: Keyring, words: str, version: int | None = None, once: bytes
) -> Message | None:
    """Ask the referrer something and wait for the answer: the signal goes to *asked*, with a clock of its own.

    Asking again while it waits starts the clock anew. Raises Clash, NotAllowed, Locked, CannotOpen.
    """
    signal = locked(Signal.objects.visible_to(by), signal.pk)
    if is_sent(once):
        return None
    signal = locked(Signal.objects.visible_to(by), signal.pk, version)
    _fits(signal, TextPurpose.ASK)
    if signal.state == SignalState.RECEIVED:
        move(signal, SignalState.IN_TRIAGE, by=by, reason=Reason.TAKEN_UP)
    waiting = {
        "due_at": deadlines.due(signal.urgency, "answer", timezone.now()),
        "claimed_by": None,
        "claimed_until": None,
    }
    change = correct if signal.state == SignalState.ASKED else _to_asked
    change(signal, by=by, reason=Reason.ASKED, **waiting)
    message = to_referrer(signal, by=by, keyring=keyring, words=words, purpose=TextPurpose.ASK, once=once)
    finish(signal, TaskKind.LATE_ANSWER, TaskKind.LATE_TRIAGE)
    record("change", by=by, obj=signal, purpose=Reason.ASKED)
    return message


def _to_asked(signal: Signal, **values):
    return move(signal, SignalState.ASKED, **values)


@transaction.atomic
def write_as_referrer(signal: Signal, *, ring: ReferrerRing, words: str, once: bytes) -> Message | None:
    """Write to the desk; returns None where it was sent already. Who asked gets a task, else the desk; where a network has
    the contact, that network hears of it.

    Raises NotAllowed, CannotOpen.
    """
    signal = locked(Signal.objects.all(), signal.pk)
    if is_sent(once):
        return None
    message = from_referrer(signal, ring=ring, words=words.encode(), once=once)
    record("create", obj=signal, purpose="message_in", source="code")
    return message


def from_referrer(
    signal: Signal, *, ring: ReferrerRing, words: bytes, once: bytes, kind: str = MessageKind.WORDS
) -> Message:
    """Add a message of the referrer to a signal whose row is locked: unread, with a task; the caller records."""
    if signal.state == SignalState.DESTROYED:
        raise NotAllowed("this signal is no more")
    message = add(ring, signal, words, direction=Direction.FROM_REFERRER, kind=kind, once=once)
    came_in(signal)
    Signal.objects.filter(pk=signal.pk).update(indexed_as=0)  # what was written may be what others wrote too
    if kind == MessageKind.WORDS and not contact.came_in(signal):
        give_task(TaskKind.ANSWERED, signal=signal, first=who_asked(signal))
    return message


def came_in(signal: Signal) -> None:
    """Mark a signal, whose row is locked, as having something unread from its referrer (a message, a file).

    What waited for an answer gets the clock of triage: the desk takes it up again.
    """
    values = {"unread_from_referrer": True}
    if signal.state == SignalState.ASKED and not signal.unread_from_referrer:
        values["due_at"] = deadlines.due(signal.urgency, "triage", timezone.now())
    correct(signal, by=None, reason=Reason.ANSWERED, **values)


def who_asked(signal: Signal):
    """Return the coordinator who last asked this referrer something, or None."""
    asked = signal.transitions.filter(reason=Reason.ASKED).select_related("by").defer("by__password").first()
    return asked and asked.by


@transaction.atomic
def mark_read(signal: Signal, *, by, until: datetime.datetime) -> int:
    """Mark as read what the referrer sent up to the moment `until`; returns how many messages were new.

    What came after it was not on the page: the signal stays unread for that, and its task open.
    """
    signal = locked(Signal.objects.visible_to(by), signal.pk)
    new = Message.objects.filter(signal=signal, direction=Direction.FROM_REFERRER, read_at=None)
    count = new.filter(at__lte=until).update(read_at=timezone.now())
    later = Attachment.objects.filter(signal=signal, purpose=Purpose.THREAD, added_at__gt=until)
    if not (new.exists() or later.exists()):
        if signal.unread_from_referrer:
            signal.unread_from_referrer = False
            signal.save(update_fields=["unread_from_referrer"])
        finish(signal, TaskKind.ANSWERED)
    record("change", by=by, obj=signal, purpose="messages_read")
    return count


@transaction.atomic
def open_thread(signal: Signal) -> None:
    """Note that the referrer comes to read: what the desk wrote up to now counts as read."""
    Message.objects.filter(signal=signal, direction=Direction.TO_REFERRER, read_at=None).update(read_at=timezone.now())
    record("read", obj=signal, purpose="thread", source="code")


def let_know_decision(signal: Signal, *, by, keyring: Keyring, words: str | None) -> None:
    """Tell the referrer that a decision was taken; part of the decision, whose row is locked.

    Without `words` the standard text for the decision goes out by itself. Where there is none (advice; a text that
    was retired) a task stays: it cannot be forgotten.
    """
    if not referrers.has_code(signal.pk):
        return
    text = (words or "").strip() or standard_texts.of_decision(signal.decision, signal.language)
    if text:
        once = once_for(signal, f"decided|{signal.version}".encode())
        to_referrer(signal, by=by, keyring=keyring, words=text, purpose=TextPurpose.DECIDED, once=once)
    else:
        give_task(TaskKind.TELL_REFERRER, signal=signal, first=by)


def ask_to_tell(case) -> None:
    """Give the desk a task for every referrer of a case that was closed: who closes has no key of the threads."""
    for signal in case.signals.defer("report", "headline"):
        if referrers.has_code(signal.pk):
            decided = signal.transitions.filter(new=SignalState.DECIDED).select_related("by").first()
            give_task(TaskKind.TELL_REFERRER, signal=signal, first=decided and decided.by)
