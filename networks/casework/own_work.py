"""The door to what a network writes itself, beside signals.sharing.door: who reads the words of a row.

Colleagues of one network hold one key, so here the application decides, by the agreement (docs/security.md, "The agreement").
That there is a row, of which kind, when and by whom, stands in clear and is for every member: so the work can be counted.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from meldpunt.teams.agreement import Part
from meldpunt.teams.models import User
from meldpunt.vault import crypto, sealed
from networks import content
from networks.models import (
    Action,
    Appointment,
    CaseFile,
    Contact,
    Evaluation,
    Goal,
    MeetingItem,
    Note,
    Pulse,
    Relation,
    SupportPlan,
    Suspect,
)
from signals.models import Assignment
from signals.sharing import door

# What was written → the parts that its reader must get, all of them.
PARTS = {
    Action: (Part.WORK,),
    Appointment: (Part.WORK,),
    CaseFile: (Part.NOTES,),
    Contact: (Part.NOTES, Part.CONTACT),
    Evaluation: (Part.WORK,),
    Goal: (Part.WORK,),
    MeetingItem: (Part.WORK,),
    Note: (Part.NOTES,),
    Pulse: (Part.WORK,),
    Relation: (Part.OTHERS,),
    SupportPlan: (Part.WORK,),
    Suspect: (Part.SUSPECTS,),
}
# Who is named in one of these wrote the words or is to act on them, and reads them. Not so of people around and suspects:
# those are no task, and who may know of them goes by the agreement alone.
NAMED = ("by_id", "owner_id", "person_id", "answered_by_id")
NOT_BY_NAME = (Relation, Suspect)


@dataclass(frozen=True)
class Reader:
    """For whose eyes a row is opened: the parts (Part) of the case that this one gets, and who it is (None: any colleague)."""

    parts: frozenset[str]
    user_id: int | None = None

    def gets(self, kind: type) -> bool:
        """Tell whether rows of a kind (key of PARTS) are for this reader, whoever wrote them."""
        return self.parts.issuperset(PARTS[kind])

    def reads(self, row) -> bool:
        """Tell whether the words of `row` are for this reader; a measure for somebody in the circle names that one too."""
        if self.gets(type(row)) and not (getattr(row, "peer_id", None) and Part.OTHERS not in self.parts):
            return True
        if self.user_id is None or isinstance(row, NOT_BY_NAME):
            return False
        return any(getattr(row, name, None) == self.user_id for name in NAMED)


def reader_of(user: User, assignment: Assignment) -> Reader:
    """Return `user` as a reader of what the network wrote about a letter (with its case). No statement of its own.

    While the case may only be kept nobody reads it, also not what one wrote oneself.
    """
    if assignment.case.rests:
        return Reader(frozenset())
    return Reader(door.parts_for(user, assignment.team_id, assignment.case), user.pk)


def may_read(user: User, assignment: Assignment, row) -> bool:
    """Tell whether `user` reads the words of one row about a letter (with its case)."""
    return reader_of(user, assignment).reads(row)


def check_gets(user: User, assignment: Assignment, kind: type) -> None:
    """Raise PermissionDenied unless rows of a kind (key of PARTS) are for `user`, whoever wrote them."""
    if not reader_of(user, assignment).gets(kind):
        raise PermissionDenied


def check_reads(user: User, assignment: Assignment, row) -> None:
    """Raise PermissionDenied unless `user` reads `row`: who cannot read something does not write over it."""
    if not may_read(user, assignment, row):
        raise PermissionDenied


def opened(keyring, row, kind: type, *, reader: Reader, field: str = "content"):
    """Open `row` as `kind` (networks.content); None where it is not for `reader` or the key does not open it.

    The caller logs. Raises Locked.
    """
    if not reader.reads(row):
        return None
    try:
        return content.from_bytes(kind, sealed.peek(keyring, row, field))
    except crypto.CannotOpen:
        return None
