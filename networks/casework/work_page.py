"""What the page with the work of a case shows: actions, contacts, notes and files, opened for one pair of eyes."""

from dataclasses import dataclass

from meldpunt.audit.log import record
from meldpunt.vault import crypto, sealed
from networks import content
from networks.casework import contract
from networks.content import ActionContent, ContactContent
from networks.models import Action, ActionState, CaseFile, Contact, Note, Reached, Way, WithWhom
from signals.content import FileNote, Shared
from signals.files.listing import Shown
from signals.models import Assignment
from signals.sharing.door import shared_for


@dataclass(frozen=True)
class ShownAction:
    """An action with what was written about it; `said` is None where this key does not open it."""

    row: Action
    said: ActionContent | None


@dataclass(frozen=True)
class ShownContact:
    """A contact with what was written about it; `said` is None where this key does not open it."""

    row: Contact
    said: ContactContent | None

    @property
    def title(self) -> str:
        """How and with whom: "Gebeld · School"."""
        return f"{_label(Way, self.said.how)} · {_label(WithWhom, self.said.with_whom)}"

    @property
    def reached(self) -> str:
        """What came of it, in words."""
        return _label(Reached, self.said.reached)


@dataclass(frozen=True)
class Work:
    """The work of one letter: open actions first, the rest newest first; and what is agreed about contact."""

    shared: Shared
    actions: list[ShownAction]
    contacts: list[ShownContact]
    notes: list[tuple[Note, str]]
    files: list[Shown]

    @property
    def has_contract(self) -> bool:
        """Whether anything was agreed about contact."""
        return contract.is_there(self.shared)

    @property
    def open_actions(self) -> list[ShownAction]:
        """The actions that are still to be done, the first due first."""
        return [shown for shown in self.actions if shown.row.state == ActionState.OPEN]

    @property
    def settled_actions(self) -> list[ShownAction]:
        """The actions that are done or dropped, the newest first."""
        done = [shown for shown in self.actions if shown.row.state != ActionState.OPEN]
        return sorted(done, key=lambda shown: shown.row.settled_at, reverse=True)


def _label(choices, code: str) -> str:
    return str(choices(code).label) if code in choices.values else code


def _opened(keyring, row, field: str, kind: type):
    try:
        return content.from_bytes(kind, sealed.peek(keyring, row, field))
    except crypto.CannotOpen:
        return None


def actions_of(keyring, assignment: Assignment) -> list[ShownAction]:
    """Return the actions of a letter, opened; the caller logs. Raises Locked."""
    rows = Action.objects.visible_to(keyring.user).filter(assignment=assignment)
    rows = list(rows.select_related("owner", "by").defer("owner__password", "by__password"))
    return [ShownAction(_of(row, assignment), _opened(keyring, row, "content", ActionContent)) for row in rows]


def shown_action(keyring, row: Action) -> ShownAction:
    """Open one action; the caller logs. Raises Locked, CannotOpen."""
    return ShownAction(row, content.from_bytes(ActionContent, sealed.peek(keyring, row, "content")))


def contacts_of(keyring, assignment: Assignment) -> list[ShownContact]:
    """Return the contacts of a letter, opened, the newest first; the caller logs. Raises Locked."""
    rows = Contact.objects.visible_to(keyring.user).filter(assignment=assignment)
    rows = rows.select_related("by").defer("by__password")
    return [ShownContact(row, _opened(keyring, row, "content", ContactContent)) for row in rows]


def notes_of(keyring, assignment: Assignment) -> list[tuple[Note, str]]:
    """Return the notes of a letter, opened, the newest first; the caller logs. Raises Locked."""
    rows = Note.objects.visible_to(keyring.user).filter(assignment=assignment)
    found = []
    for row in rows.select_related("by").defer("by__password"):
        try:
            found.append((row, sealed.peek(keyring, row, "words").decode()))
        except crypto.CannotOpen:
            continue
    return found


def files_of(keyring, assignment: Assignment) -> list[Shown]:
    """Return the files of a letter with their names, the newest first; the caller logs. Raises Locked."""
    rows = CaseFile.objects.visible_to(keyring.user).filter(assignment=assignment)
    rows = rows.select_related("by").defer("by__password")
    return [Shown(row, _opened(keyring, row, "description", FileNote)) for row in rows]


def _of(row: Action, assignment: Assignment) -> Action:
    row.assignment = assignment
    return row


def work_of(keyring, assignment: Assignment) -> Work:
    """Open the work of a letter for a page; one row in the reading log names all of it.

    Raises Locked, CannotOpen where the keyring does not open what is shared.
    """
    work = opened_work(keyring, assignment)
    shown = [one.row for one in (*work.actions, *work.contacts, *work.files)] + [note for note, _words in work.notes]
    rows = [f"{row._meta.model_name}:{row.pk}" for row in shown]
    record("read", by=keyring.user, team=assignment.team, obj=assignment.case, purpose="casework", rows=rows)
    return work


def opened_work(keyring, assignment: Assignment) -> Work:
    """Open the work of a letter; the caller logs. Raises Locked, CannotOpen."""
    keyring.load([assignment.case_id, assignment.pk])
    return Work(
        shared=shared_for(keyring, assignment),
        actions=actions_of(keyring, assignment),
        contacts=contacts_of(keyring, assignment),
        notes=notes_of(keyring, assignment),
        files=files_of(keyring, assignment),
    )
