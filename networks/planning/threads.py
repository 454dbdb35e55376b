"""What the page of contact with referrers shows: each thread that was handed over, its terms first."""

from dataclasses import dataclass

from meldpunt.audit.log import record
from meldpunt.teams.agreement import Part
from meldpunt.vault import sealed
from signals import content
from signals.mailbox import reading as mailbox
from signals.mailbox.reading import Letter
from signals.models import Assignment, Attachment, Handover, Message, MessageKind
from signals.remaining import Clock, clock_to
from signals.sharing import door


@dataclass(frozen=True)
class Thread:
    """One referrer: the terms of contact, the messages oldest first, and whether this member has read the terms."""

    handover: Handover
    terms: content.SafeContact
    letters: list[Letter]
    files: int
    clock: Clock | None
    wrote: bool

    @property
    def new(self) -> int:
        """How many messages nobody has read yet."""
        return sum(letter.is_new for letter in self.letters)

    @property
    def last(self):
        """Until which moment the page shows messages."""
        return self.letters[-1].message.at if self.letters else self.handover.at


def handed_to(user, assignment: Assignment):
    """Return the contacts that the network has through this letter, the first one first; none where the agreement does
    not give contact with the referrer to the own organisation."""
    if not door.may_read(user, assignment.team_id, assignment.case, Part.REFERRER):
        return Handover.objects.none()
    found = Handover.objects.visible_to(user).running().filter(assignment=assignment)
    return found.select_related("signal", "by").defer(
        "signal__report", "signal__headline", "signal__filed_once", "by__password"
    )


def threads_of(keyring, assignment: Assignment) -> list[Thread]:
    """Open every thread of a letter for a page; one row in the reading log for each. Raises Locked, CannotOpen."""
    rows = list(handed_to(keyring.user, assignment))
    keyring.load([row.signal_id for row in rows])
    files = Attachment.objects.filter(signal__in=[row.signal_id for row in rows], purpose="thread")
    counted: dict = {}
    for signal_id in files.values_list("signal", flat=True):
        counted[signal_id] = counted.get(signal_id, 0) + 1
    messages: dict = {row.signal_id: [] for row in rows}
    for message in Message.objects.filter(signal__in=messages).select_related("by"):
        messages[message.signal_id].append(message)
    return [_thread(keyring, assignment, row, messages[row.signal_id], counted.get(row.signal_id, 0)) for row in rows]


def _thread(keyring, assignment: Assignment, row: Handover, messages: list[Message], files: int) -> Thread:
    letters = [mailbox.opened(keyring, one) for one in messages if one.kind == MessageKind.WORDS]
    named = [str(letter.message.pk) for letter in letters]
    record("read", by=keyring.user, team=assignment.team, obj=row.signal, purpose="thread", rows=named)
    return Thread(
        handover=row,
        terms=content.from_bytes(content.SafeContact, sealed.peek(keyring, row, "terms")),
        letters=letters,
        files=files,
        clock=clock_to(row.due_at, assignment.case.urgency) if row.due_at else None,
        wrote=any(one.by_id == keyring.user.pk and one.at >= row.at for one in messages),
    )
