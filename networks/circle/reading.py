"""Opening the circle for a person's eyes: one row in the reading log names whom it showed."""

from dataclasses import dataclass, field

from meldpunt.audit.log import record
from meldpunt.vault import crypto, sealed
from networks import content
from networks.actions import suspects as access
from networks.actions.circle import kind_of
from networks.casework.own_work import Reader, reader_of
from networks.content import RelationContent, SuspectContent
from networks.models import Action, Approached, Certainty, Relation, RelationKind, Source, Suspect
from signals.content import Peer, Shared
from signals.content import Suspect as NamedSuspect
from signals.models import Assignment
from signals.sharing.door import shared_for


@dataclass
class ShownRelation:
    """Somebody in the circle with what was written and the measures for this one; `number` is the one in the picture."""

    row: Relation
    said: RelationContent
    number: int = 0
    measures: list[Action] = field(default_factory=list)

    @property
    def source(self) -> str:
        """Where the network has it from and how sure it is, in words."""
        return _words(self.said)


@dataclass(frozen=True)
class ShownSuspect:
    """A suspect with what is known."""

    row: Suspect
    said: SuspectContent

    @property
    def source(self) -> str:
        """Where the network has it from and how sure it is, in words."""
        return _words(self.said)


@dataclass(frozen=True)
class Circle:
    """The circle of one letter; `named` and `suspects_named` are in a report and not in the circle yet."""

    shared: Shared
    relations: list[ShownRelation]
    named: list[Peer]
    suspects: int
    may_see_suspects: bool
    # Whether the agreement gives people around, and suspects, to the own organisation.
    gets_people: bool
    gets_suspects: bool

    @property
    def open_peers(self) -> list[ShownRelation]:
        """The peers of whom nobody has said whether they are approached too."""
        return [shown for shown in self.relations if shown.row.is_open]

    @property
    def checked(self) -> int:
        """How many peers were checked."""
        return sum(1 for shown in self.relations if shown.row.is_peer and shown.row.approached not in ("", Approached.WAIVED))

    @property
    def peers(self) -> int:
        """How many peers there are."""
        return sum(1 for shown in self.relations if shown.row.is_peer)


def _words(said) -> str:
    parts = (Source, said.source), (Certainty, said.certainty)
    return " · ".join(str(choices(code).label) for choices, code in parts if code in choices.values)


def circle_of(keyring, assignment: Assignment) -> Circle:
    """Open the circle of a letter. Raises Locked, CannotOpen where the keyring does not open what is shared."""
    keyring.load([assignment.case_id, assignment.pk])
    shared = shared_for(keyring, assignment)
    reader = reader_of(keyring.user, assignment)
    shown, taken = _relations(keyring, assignment)
    suspected = Suspect.objects.visible_to(keyring.user).current().filter(assignment=assignment)
    circle = Circle(
        shared=shared,
        relations=shown,
        named=[peer for peer in shared.others if (peer.relation, peer.name) not in taken],
        suspects=suspected.count() if reader.gets(Suspect) else 0,
        may_see_suspects=access.may_see(keyring.user, assignment),
        gets_people=reader.gets(Relation),
        gets_suspects=reader.gets(Suspect),
    )
    rows = [f"relation:{one.row.pk}" for one in shown]
    record("read", by=keyring.user, team=assignment.team, obj=assignment.case, purpose="circle", rows=rows)
    return circle


def _opened(keyring, assignment: Assignment, reader: Reader | None = None, *, for_eyes: bool = True) -> tuple[list[ShownRelation], set[tuple]]:
    """Return who is in the circle, without measures, and whom of the reports somebody has dealt with. One statement.

    Where the agreement does not give people around to the reader, nobody is in it, unless it is not `for_eyes`.
    """
    may_read = not for_eyes or (reader or reader_of(keyring.user, assignment)).gets(Relation)
    rows = Relation.objects.visible_to(keyring.user).filter(assignment=assignment)
    rows = list(rows.select_related("by", "approached_by", "signal").only(*COLUMNS))
    shown, taken = [], set()
    for row in rows:
        try:
            said = content.from_bytes(RelationContent, sealed.peek(keyring, row, "content"))
        except crypto.CannotOpen:
            continue
        row.assignment = assignment
        taken.add(tuple(said.named))
        if row.removed_at is None and may_read:
            shown.append(ShownRelation(row, said, number=len(shown) + 1))
    return shown, taken


def _relations(keyring, assignment: Assignment) -> tuple[list[ShownRelation], set[tuple]]:
    """Return who is in the circle with their measures, and whom of the reports somebody has dealt with. Two statements."""
    shown, taken = _opened(keyring, assignment)
    by_peer = {one.row.pk: one for one in shown}
    measures = Action.objects.visible_to(keyring.user).filter(assignment=assignment).exclude(peer=None)
    for action in measures.select_related("owner").defer("owner__password", "content"):
        action.assignment = assignment
        if action.peer_id in by_peer:
            by_peer[action.peer_id].measures.append(action)
    return shown, taken


def relations_of(keyring, assignment: Assignment) -> list[ShownRelation]:
    """Return who is in the circle, opened; the caller logs. Raises Locked."""
    return _relations(keyring, assignment)[0]


def people_of(keyring, assignment: Assignment, reader: Reader | None = None) -> list[ShownRelation]:
    """Return who is in the circle, without measures, opened for `reader` (else the keyring's owner); the caller logs.

    Raises Locked. One statement.
    """
    return _opened(keyring, assignment, reader)[0]


def unanswered_of(keyring, assignment: Assignment) -> list[ShownRelation]:
    """Return the peers of whom nobody has said whether they are approached too, opened; the caller logs. Raises Locked."""
    return [one for one in _opened(keyring, assignment)[0] if one.row.is_open]


def unasked_of(keyring, assignment: Assignment) -> list[ShownRelation]:
    """Return the peers of whom nobody has asked yet, opened for code that seals them for another network: not for eyes.

    Raises Locked.
    """
    return [one for one in _opened(keyring, assignment, for_eyes=False)[0] if one.row.is_open]


COLUMNS = (
    "id", "kind", "approached", "approached_at", "at", "changed_at", "removed_at", "version", "content", "assignment_id",
    "by__name", "approached_by__name", "signal__reference",
)  # fmt: skip


def relation_of(keyring, row: Relation) -> ShownRelation:
    """Open one of the circle for its page; one row in the log. Raises Locked, CannotOpen."""
    said = content.from_bytes(RelationContent, sealed.peek(keyring, row, "content"))
    record("read", by=keyring.user, team=row.assignment.team, obj=row, purpose="circle")
    return ShownRelation(row, said)


def suspects_of(keyring, assignment: Assignment) -> tuple[list[ShownSuspect], list[NamedSuspect]]:
    """Open the suspects of a letter, for who may see them (the caller checks), and those whom only a report names.

    One row in the log. Raises Locked, CannotOpen where the keyring does not open what is shared.
    """
    keyring.load([assignment.case_id, assignment.pk])
    shared = shared_for(keyring, assignment)
    shown, taken = [], set()
    for row in Suspect.objects.visible_to(keyring.user).filter(assignment=assignment).select_related("by"):
        try:
            said = access.said_of(keyring, row)
        except crypto.CannotOpen:
            continue
        row.assignment = assignment
        taken.add(tuple(said.named))
        if row.removed_at is None:
            shown.append(ShownSuspect(row, said))
    rows = [f"suspect:{one.row.pk}" for one in shown]
    record("read", by=keyring.user, team=assignment.team, obj=assignment.case, purpose="suspects", rows=rows)
    return shown, [one for one in shared.suspects if tuple(vars(one).values()) not in taken]


def peers_named(keyring, assignment: Assignment) -> list[Peer]:
    """Return the peers whom the reports of a case name, for code that goes on to count or keep them: not for eyes."""
    shared = content.from_bytes(Shared, sealed.peek(keyring, assignment.case, "shared"))
    return shared.others


def kind_words(peer: Peer) -> str:
    """Return what the circle would call somebody whom a report names, in words."""
    return str(RelationKind(kind_of(peer.relation)).label)
