"""What a member writes down about a case."""

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.vault import sealed
from networks.models import Note
from signals.models import Assignment
from signals.workflow import AssignmentState, NotAllowed

WRITABLE = (AssignmentState.OPENED, AssignmentState.ACCEPTED)


@transaction.atomic
def write_note(assignment: Assignment, *, by, keyring, words: str) -> Note:
    """Seal `words` under the key of the network's own assignment and keep them as a note of `by`.

    Raises Assignment.DoesNotExist where `by` does not hold the assignment any more, NotAllowed unless it is opened
    or accepted, Locked or CannotOpen where `keyring` does not open its key.
    """
    held = Assignment.objects.visible_to(by).held_by(by.network_teams())
    locked = held.select_for_update(of=("self",), no_key=True).get(pk=assignment.pk)
    if locked.state not in WRITABLE:
        raise NotAllowed(f"note: {locked.state}")
    note = Note(assignment=locked, by=by, at=timezone.now())
    sealed.seal(sealed.key_for(keyring, note, "words"), note, "words", words.encode())
    note.save(force_insert=True)
    record("create", by=by, team=locked.team, obj=note)
    return note
