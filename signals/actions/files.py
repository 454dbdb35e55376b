"""Files: into a draft and out of it, with a signal when it is filed, later through the code; and marking one."""

import datetime
import uuid
from collections.abc import Callable, Iterable
from dataclasses import asdict

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.vault import sealed, streams
from meldpunt.vault.keys import OpenKey, newest_content_key
from meldpunt.vault.models import Purpose
from meldpunt.vault.referrers import ReferrerRing
from meldpunt.vault.unlocking import Keyring
from signals import content
from signals.actions import contact
from signals.actions.history import add_words, correct, locked
from signals.actions.mailbox import came_in, who_asked
from signals.actions.tasks import give_task
from signals.cleaning.kinds import Refused
from signals.files.uploads import MOST, TOO_MANY
from signals.filing import drafts
from signals.models import Attachment, Signal
from signals.models.task import TaskKind
from signals.workflow import NotAllowed, Reason, SignalState


@transaction.atomic
def keep_in_draft(request: HttpRequest, response: HttpResponse, note: content.FileNote) -> bool:
    """Put a file into the draft of this browser; False where the draft is gone meanwhile, and then the file too.

    Raises Refused(TOO_MANY), and forgets the file, also where two were sent at once.
    """
    draft = drafts.open_draft(request, lock=True)
    if draft is None or draft.sent:
        streams.delete(uuid.UUID(note.id))
        return False
    files = draft.data.setdefault("files", [])
    if len(files) >= MOST:
        streams.delete(uuid.UUID(note.id))
        raise Refused(TOO_MANY)
    files.append(asdict(note))
    drafts.save(request, response, draft.data)
    return True


@transaction.atomic
def take_from_draft(request: HttpRequest, response: HttpResponse, file_id: str) -> bool:
    """Take a file out of the draft of this browser and delete it; False where it is not there."""
    draft = drafts.open_draft(request, lock=True)
    files = draft.data.get("files", []) if draft and not draft.sent else []
    if file_id not in [note["id"] for note in files]:
        return False
    draft.data["files"] = [note for note in files if note["id"] != file_id]
    drafts.save(request, response, draft.data)
    transaction.on_commit(lambda: streams.delete(uuid.UUID(file_id)))
    return True


def attach(signal: Signal, key: OpenKey, notes: Iterable[content.FileNote]) -> list[Attachment]:
    """Let a signal that was just made own files, sealed under `key`; part of filing, which records. One statement."""
    rows = []
    for at, note in enumerate(notes):
        # In the order in which they were added.
        added_at = signal.filed_at + datetime.timedelta(microseconds=at)
        row = Attachment(pk=uuid.UUID(note.id), signal=signal, purpose=key.row.purpose, added_at=added_at)
        sealed.seal(key, row, "description", content.to_bytes(note))
        streams.touch(row.pk)
        rows.append(row)
    return Attachment.objects.bulk_create(rows) if rows else rows


@transaction.atomic
def add_later(signal: Signal, *, ring: ReferrerRing, note: content.FileNote) -> Attachment:
    """Add a file that came through the code, sealed under the thread key; the desk gets a task, as for a message.

    Raises NotAllowed, CannotOpen, Refused(TOO_MANY), and then forgets the file. Once it counts it is never deleted
    here: what goes wrong after this, and a commit that fails, leave the file to the sweep.
    """
    try:
        return _added(signal, ring=ring, note=note)
    except BaseException:
        streams.delete(uuid.UUID(note.id))
        raise


def _added(signal: Signal, *, ring: ReferrerRing, note: content.FileNote) -> Attachment:
    signal = locked(Signal.objects.all(), signal.pk)
    if signal.state == SignalState.DESTROYED:
        raise NotAllowed("this signal is no more")
    if Attachment.objects.filter(signal=signal, purpose=Purpose.THREAD).count() >= settings.LATER_FILES:
        raise Refused(TOO_MANY)
    key = newest_content_key(ring, signal.pk, Purpose.THREAD)
    row = Attachment(pk=uuid.UUID(note.id), signal=signal, purpose=Purpose.THREAD, added_at=timezone.now())
    sealed.seal(key, row, "description", content.to_bytes(note))
    row.save(force_insert=True)
    came_in(signal)
    if not contact.came_in(signal):
        give_task(TaskKind.ANSWERED, signal=signal, first=who_asked(signal))
    record("create", obj=row, purpose="file_in", source="code")
    return row


def _locked(row: Attachment, by) -> Attachment:
    signal = locked(Signal.objects.visible_to(by), row.signal_id)
    found = Attachment.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=row.pk)
    found.signal = signal
    return found


@transaction.atomic
def hold(row: Attachment, *, by, keyring: Keyring, words: str) -> None:
    """Mark a file as not to be opened: from now on nobody sees or saves it outside the procedure.

    Raises NotAllowed where it is marked already, Locked.
    """
    row = _locked(row, by)
    if row.held_at:
        raise NotAllowed("this file is marked already")
    row.held_at, row.held_by = timezone.now(), by
    row.save(update_fields=["held_at", "held_by"])
    step = correct(row.signal, by=by, reason=Reason.FILE_HELD)
    add_words(keyring, step, row.signal_id, Purpose.REPORT, words)
    record("change", by=by, obj=row, purpose=Reason.FILE_HELD)


@transaction.atomic
def release(row: Attachment, *, by, keyring: Keyring, words: str) -> None:
    """Take the mark off: somebody else than who put it there says why. Raises NotAllowed, Locked."""
    row = _locked(row, by)
    if not row.held_at or row.held_by_id == by.pk:
        raise NotAllowed("a mark is taken off by a colleague")
    row.held_at = row.held_by = None
    row.save(update_fields=["held_at", "held_by"])
    step = correct(row.signal, by=by, reason=Reason.FILE_RELEASED)
    add_words(keyring, step, row.signal_id, Purpose.REPORT, words)
    record("change", by=by, obj=row, purpose=Reason.FILE_RELEASED)


def sweep_files(*, also_named: Callable[[list[uuid.UUID]], set[uuid.UUID]]) -> int:
    """Delete the files that no row names and nothing has touched for a while; returns how many.

    They were in a draft that has lapsed, or their request was cut off. `also_named` says which of those found belong to
    somebody downstream. Needs no key.
    """
    old = streams.older_than(settings.LOOSE_FILE_SECONDS)
    named = set(Attachment.objects.filter(pk__in=old).values_list("pk", flat=True)) | also_named(old) if old else set()
    loose = [file_id for file_id in old if file_id not in named]
    for file_id in loose:
        streams.delete(file_id)
    return len(loose)
