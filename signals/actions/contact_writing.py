"""What a member does in the mailbox of a referrer whose contact was handed to the network: write, and mark as read."""

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.vault.models import Purpose
from signals.actions import contact
from signals.actions.history import locked
from signals.actions.mailbox import add, is_sent
from signals.actions.tasks import finish, give_task
from signals.mailbox import letting_know
from signals.models import Attachment, Direction, Handover, Message, MessageKind, Signal, TextPurpose
from signals.models.task import TaskKind
from signals.workflow import NotAllowed


@transaction.atomic
def write(handover: Handover, *, by, keyring, words: str, once: bytes, read_terms: bool) -> Message | None:
    """A member writes to the referrer, who sees no difference; `once` (32 bytes) makes sending twice one message.

    Who writes for the first time says to have read how contact is safe (`read_terms`). Returns None where it was sent
    already. Raises NotAllowed without that, Handover.DoesNotExist, Locked, CannotOpen.
    """
    signal = contact.signal_of(handover)
    handover = contact.held(handover, by=by)
    if is_sent(once):
        return None
    if not (read_terms or has_written(handover, by)):
        raise NotAllowed("read first how contact is safe")
    message = add(
        keyring, signal, words.encode(), direction=Direction.TO_REFERRER, purpose=TextPurpose.ANSWER, by=by, once=once
    )
    _settle(handover)
    if handover.wants_mail:
        give_task(TaskKind.MAIL_REFERRER, signal=signal, first=handover.by)
    record("create", by=by, team=handover.assignment.team, obj=signal, purpose="message_answer")
    return message


def has_written(handover: Handover, user) -> bool:
    """Tell whether `user` has written to this referrer since the contact was handed over."""
    return Message.objects.filter(signal=handover.signal_id, by=user, at__gte=handover.at).exists()


@transaction.atomic
def mark_read(handover: Handover, *, by, until) -> int:
    """Mark as read what the referrer wrote up to `until`, which stops the clock; returns how many were new.

    A request (withdraw, other contact) stays the desk's."""
    signal = contact.signal_of(handover)
    handover = contact.held(handover, by=by)
    new = Message.objects.filter(signal=signal, direction=Direction.FROM_REFERRER, read_at=None)
    words = new.filter(kind=MessageKind.WORDS)
    count = words.filter(at__lte=until).update(read_at=timezone.now())
    if not words.exists():
        _settle(handover)
    files = Attachment.objects.filter(signal=signal, purpose=Purpose.THREAD, added_at__gt=until)
    if not (new.exists() or files.exists()):
        Signal.objects.filter(pk=signal.pk).update(unread_from_referrer=False)
    record("change", by=by, team=handover.assignment.team, obj=signal, purpose="messages_read")
    return count


def _settle(handover: Handover) -> None:
    """Stop the clock of an answer, and end the task of the desk that came of it."""
    if handover.due_at or handover.breached_at:
        Handover.objects.filter(pk=handover.pk).update(due_at=None, breached_at=None)
    finish(Signal(pk=handover.signal_id), TaskKind.LATE_CONTACT)


@transaction.atomic
def mail_referrer(signal: Signal, *, by, keyring) -> None:
    """Mail a referrer who asked for that: a network wrote, and only the desk opens the address. Ends the task for it.

    Raises Signal.DoesNotExist, Locked, CannotOpen.
    """
    signal = locked(Signal.objects.visible_to(by), signal.pk)
    finish(signal, TaskKind.MAIL_REFERRER)
    letting_know.after_commit(signal, keyring)
    record("change", by=by, obj=signal, purpose="mailed")
