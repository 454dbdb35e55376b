"""Files of a network: adding one that was cleaned and sealed, marking one, and knowing which files on disk are ours."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from meldpunt.audit.log import record
from meldpunt.vault import sealed, streams
from networks import content
from networks.actions.casework import writable, write_note
from networks.models import CaseFile
from signals.actions import files as upstream
from signals.actions.history import locked
from signals.cleaning.kinds import Refused
from signals.content import FileNote
from signals.files.uploads import TOO_MANY
from signals.models import Assignment
from signals.workflow import NotAllowed

MOST = 40


@transaction.atomic
def add_file(assignment: Assignment, *, by, keyring, note: FileNote) -> CaseFile:
    """Add a file that signals.files.uploads.take has kept; its description is sealed under the network's own key.

    Raises as `casework.writable` does, Refused(TOO_MANY), Locked, CannotOpen, and then forgets the file.
    """
    try:
        return _added(assignment, by=by, keyring=keyring, note=note)
    except BaseException:
        streams.delete(uuid.UUID(note.id))
        raise


def _added(assignment: Assignment, *, by, keyring, note: FileNote) -> CaseFile:
    held = writable(assignment, by=by)
    if CaseFile.objects.filter(assignment=held).count() >= MOST:
        raise Refused(TOO_MANY)
    row = CaseFile(pk=uuid.UUID(note.id), assignment=held, by=by, at=timezone.now())
    sealed.seal(sealed.key_for(keyring, row, "description"), row, "description", content.to_bytes(note))
    streams.touch(row.pk)
    row.save(force_insert=True)
    record("create", by=by, team=held.team, obj=row, purpose="file")
    return row


@transaction.atomic
def hold_file(row: CaseFile, *, by, keyring, words: str) -> CaseFile:
    """Mark a file as not to be opened: from now on nobody saves it outside the procedure; `words` become a note.

    Raises as `casework.writable` does, NotAllowed where it is marked already, Locked, CannotOpen.
    """
    row = _locked(row, by)
    if row.held_at:
        raise NotAllowed("this file is marked already")
    row.held_at, row.held_by = timezone.now(), by
    row.save(update_fields=["held_at", "held_by"])
    write_note(row.assignment, by=by, keyring=keyring, words=gettext("Bestand gemarkeerd: niet openen.") + f"\n{words}")
    record("change", by=by, team=row.assignment.team, obj=row, purpose="file_held")
    return row


@transaction.atomic
def release_file(row: CaseFile, *, by, keyring, words: str) -> CaseFile:
    """Take the mark off: somebody else than who put it there says why. Raises as `hold_file` does."""
    row = _locked(row, by)
    if not row.held_at or row.held_by_id == by.pk:
        raise NotAllowed("a mark is taken off by a colleague")
    row.held_at = row.held_by = None
    row.save(update_fields=["held_at", "held_by"])
    write_note(row.assignment, by=by, keyring=keyring, words=gettext("Bestand mag weer open.") + f"\n{words}")
    record("change", by=by, team=row.assignment.team, obj=row, purpose="file_released")
    return row


def _locked(row: CaseFile, by) -> CaseFile:
    held = writable(row.assignment, by=by)
    found = locked(CaseFile.objects.visible_to(by).filter(assignment=held), row.pk)
    found.assignment = held
    return found


def sweep_files() -> int:
    """Delete the files on disk that no row names, neither of a signal nor of a network; returns how many. Needs no key."""
    return upstream.sweep_files(also_named=named)


def named(found: list[uuid.UUID]) -> set[uuid.UUID]:
    """Return which of these files on disk belong to a network."""
    return set(CaseFile.objects.filter(pk__in=found).values_list("pk", flat=True))
