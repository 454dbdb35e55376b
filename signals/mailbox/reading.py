"""Reading the mailbox of a signal: the messages opened for who holds a key, the oldest first (law 4)."""

from dataclasses import dataclass

from meldpunt.audit.log import record
from meldpunt.vault import crypto, sealed
from meldpunt.vault.referrers import ReferrerRing
from meldpunt.vault.unlocking import Keyring
from signals import content
from signals.models import Direction, Message, MessageKind, Signal


@dataclass(frozen=True)
class Letter:
    """A message with its words (None where the key does not open it), or the new contact that it asks for."""

    message: Message
    words: str | None
    contact: content.NewContact | None = None

    @property
    def from_referrer(self) -> bool:
        """Whether the referrer wrote it."""
        return self.message.direction == Direction.FROM_REFERRER

    @property
    def is_new(self) -> bool:
        """Whether the desk has not read it yet."""
        return self.from_referrer and self.message.read_at is None


def letters(ring: Keyring | ReferrerRing, signal: Signal) -> list[Letter]:
    """Return the messages of a signal, opened; the caller logs."""
    rows = list(Message.objects.filter(signal=signal).select_related("by", "settled_by"))
    return [opened(ring, row) for row in rows]


def letters_for_desk(keyring: Keyring, signal: Signal) -> list[Letter]:
    """Return the messages of a signal for a coordinator; one row in the reading log names those that were shown."""
    opened = letters(keyring, signal)
    if opened:
        record("read", by=keyring.user, obj=signal, purpose="thread", rows=[str(one.message.pk) for one in opened])
    return opened


def opened(ring, row: Message) -> Letter:
    """Open one message; its words are None where the key does not open it. The caller logs."""
    try:
        data = sealed.peek(ring, row, "words")
    except crypto.CannotOpen:
        return Letter(row, None)
    if row.kind == MessageKind.CONTACT:
        return Letter(row, "", content.from_bytes(content.NewContact, data))
    return Letter(row, data.decode())
