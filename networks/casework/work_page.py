"""What the page with the work of a case shows: actions, contacts, notes and files, opened for one pair of eyes."""

from dataclasses import dataclass

from meldpunt.audit.log import record
from meldpunt.vault import crypto, sealed
from networks import content
from networks.casework import contract
from networks.casework.own_work import Reader, opened, reader_of
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
    # Whether the reader gets the notes and files of colleagues too.
    all_notes: bool

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


def actions_of(keyring, assignment: Assignment, reader: Reader | None = None) -> list[ShownAction]:
    """Return the actions of a letter, opened for `reader` (else the keyring's owner); the caller logs. Raises Locked."""
    reader = reader or reader_of(keyring.user, assignment)
    rows = Action.objects.visible_to(keyring.user).filter(assignment=assignment)
    rows = list(rows.select_related("owner", "by").defer("owner__password", "by__password"))
    return [ShownAction(_of(row, assignment), opened(keyring, row, ActionContent, reader=reader)) for row in rows]


def shown_action(keyring, row: Action) -> ShownAction:
    """Open one action, its letter loaded, for who reads it; the caller logs. Raises Locked, CannotOpen."""
    return ShownAction(row, content.from_bytes(ActionContent, sealed.peek(keyring, row, "content")))


def contacts_of(keyring, assignment: Assignment, reader: Reader | None = None) -> list[ShownContact]:
    """Return the contacts of a letter, opened as `actions_of` does, the newest first; the caller logs. Raises Locked."""
    reader = reader or reader_of(keyring.user, assignment)
    rows = Contact.objects.visible_to(keyring.user).filter(assignment=assignment)
    rows = rows.select_related("by").defer("by__password")
    return [ShownContact(row, opened(keyring, row, ContactContent, reader=reader)) for row in rows]


def notes_of(keyring, assignment: Assignment, reader: Reader | None = None) -> list[tuple[Note, str]]:
    """Return the notes of a letter that `reader` (else the keyring's owner) reads, the newest first; the caller logs.

    Raises Locked.
    """
    reader = reader or reader_of(keyring.user, assignment)
    rows = Note.objects.visible_to(keyring.user).filter(assignment=assignment)
    found = []
    for row in rows.select_related("by").defer("by__password"):
        try:
            if reader.reads(row):
                found.append((row, sealed.peek(keyring, row, "words").decode()))
        except crypto.CannotOpen:
            continue
    return found


def files_of(keyring, assignment: Assignment, reader: Reader | None = None) -> list[Shown]:
    """Return the files of a letter that `reader` reads, with their names, as `notes_of` does the notes. Raises Locked."""
    reader = reader or reader_of(keyring.user, assignment)
    rows = CaseFile.objects.visible_to(keyring.user).filter(assignment=assignment)
    rows = [row for row in rows.select_related("by").defer("by__password") if reader.reads(row)]
    return [Shown(row, opened(keyring, row, FileNote, reader=reader, field="description")) for row in rows]


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
    return work_for(keyring, assignment, shared_for(keyring, assignment), reader_of(keyring.user, assignment))


def work_for(keyring, assignment: Assignment, shared: Shared, reader: Reader) -> Work:
    """Open the work of a letter whose keys are loaded, for the eyes of `reader`; the caller logs. Raises Locked."""
    return Work(
        shared=shared,
        actions=actions_of(keyring, assignment, reader),
        contacts=contacts_of(keyring, assignment, reader),
        notes=notes_of(keyring, assignment, reader),
        files=files_of(keyring, assignment, reader),
        all_notes=reader.gets(Note),
    )
