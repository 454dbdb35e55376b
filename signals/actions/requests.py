"""The two requests of a referrer, which somebody else who holds the code could make too: they hold once checked."""

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.vault import sealed
from meldpunt.vault.keys import newest_content_key
from meldpunt.vault.models import Purpose
from meldpunt.vault.referrers import ReferrerRing
from meldpunt.vault.unlocking import Keyring
from signals import content
from signals.actions import Clash, triage
from signals.actions.history import add_words, correct, locked, move
from signals.actions.mailbox import finish, from_referrer, is_sent
from signals.actions.tasks import give_task
from signals.models import Message, MessageKind, Signal
from signals.models.task import TaskKind
from signals.workflow import Decision, NotAllowed, Reason, SignalState

TASKS = {
    MessageKind.WITHDRAW: TaskKind.WITHDRAW_REQUEST,
    MessageKind.CONTACT: TaskKind.CONTACT_REQUEST,
}


class AlreadyAsked(Exception):
    """The same request still waits: a second one would say nothing new."""


def ask_to_withdraw(signal: Signal, *, ring: ReferrerRing, words: str, once: bytes) -> Message | None:
    """Ask the desk to withdraw the signal; `words` say why, and may be empty. Raises AlreadyAsked."""
    return _ask(signal, MessageKind.WITHDRAW, ring=ring, words=words.encode(), once=once)


def ask_for_contact(signal: Signal, *, ring: ReferrerRing, wanted: content.NewContact, once: bytes) -> Message | None:
    """Ask the desk for another safe contact. Raises AlreadyAsked."""
    return _ask(signal, MessageKind.CONTACT, ring=ring, words=content.to_bytes(wanted), once=once)


@transaction.atomic
def _ask(signal: Signal, kind: str, *, ring: ReferrerRing, words: bytes, once: bytes) -> Message | None:
    signal = locked(Signal.objects.all(), signal.pk)
    if is_sent(once):
        return None
    if Message.objects.filter(signal=signal, kind=kind, settled_at=None).exists():
        raise AlreadyAsked
    message = from_referrer(signal, ring=ring, words=words, once=once, kind=kind)
    give_task(TASKS[kind], signal=signal)
    record("create", obj=signal, purpose=TASKS[kind], source="code")
    return message


@transaction.atomic
def settle(
    message: Message, *, by, keyring: Keyring, grant: bool, words: str = "", version: int | None = None
) -> Message:
    """Grant or refuse a request that was checked over the old way; `words` (why) are sealed.

    A granted withdrawal decides the signal; a granted contact is sealed beside the report, which stays as it is.
    Raises Clash where a colleague settled it or the signal is no more of `version`, NotAllowed where the signal belongs to a case, Locked, CannotOpen.
    """
    signal = locked(Signal.objects.visible_to(by), message.signal_id, version)
    message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if not message.waits:
        raise Clash
    message.settled_at, message.settled_by, message.granted = timezone.now(), by, grant
    message.read_at = message.read_at or message.settled_at
    finish(signal, TASKS[message.kind])
    if not grant:
        row = correct(signal, by=by, reason=Reason.NOT_CONFIRMED)
        add_words(keyring, row, signal.pk, Purpose.REPORT, words)
    elif message.kind == MessageKind.CONTACT:
        _amend(signal, message, by=by, keyring=keyring, words=words)
    else:
        _withdraw(signal, by=by, keyring=keyring, words=words)
    message.save(update_fields=["settled_at", "settled_by", "granted", "read_at", "amendment"])
    record("change", by=by, obj=signal, purpose=f"{message.kind}_{'granted' if grant else 'refused'}")
    return message


def _amend(signal: Signal, message: Message, *, by, keyring: Keyring, words: str) -> None:
    wanted = content.from_bytes(content.NewContact, sealed.peek(keyring, message, "words"))
    key = newest_content_key(keyring, signal.pk, Purpose.REPORT)
    sealed.seal(key, message, "amendment", content.to_bytes(wanted))
    row = correct(signal, by=by, reason=Reason.ASKED_FOR_IT, may_contact=wanted.how != "code")
    add_words(keyring, row, signal.pk, Purpose.REPORT, words)


def _withdraw(signal: Signal, *, by, keyring: Keyring, words: str) -> None:
    if signal.case_id:
        raise NotAllowed("this signal belongs to a case: separate it first")
    if signal.state == SignalState.DECIDED:
        move(
            signal,
            SignalState.IN_TRIAGE,
            by=by,
            reason=Reason.ASKED_FOR_IT,
            decision="",
            same_as=None,
            decided_at=None,
        )
    triage.decide(
        signal,
        by=by,
        keyring=keyring,
        decision=Decision.WITHDRAWN,
        reason=Reason.ASKED_FOR_IT,
        version=signal.version,
        words=words,
    )
