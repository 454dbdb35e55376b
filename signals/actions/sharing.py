"""What networks are given to read: the desk's note to them, and a sealed record of what went to whom, and when."""

from django.utils import timezone

from meldpunt.vault import sealed
from signals import content
from signals.models import Assignment, Case, Sharing


def put_note(keyring, case: Case, note: str) -> None:
    """Set what the desk writes to the networks of a locked case, sealed with what they read. Raises CannotOpen."""
    shared = content.from_bytes(content.Shared, sealed.peek(keyring, case, "shared"))
    if shared.note == note:
        return
    shared.note = note
    sealed.seal(sealed.key_for(keyring, case, "shared"), case, "shared", content.to_bytes(shared))
    case.save(update_fields=["shared"])


def keep(keyring, case: Case, letters: list[Assignment], *, by) -> None:
    """Keep what goes to the networks of `letters` now, as they will read it, under the desk's own key.

    Whoever changes what is shared with a network that has the case calls this too. Raises Locked, CannotOpen.
    """
    parts, key = sealed.peek(keyring, case, "shared"), None
    for letter in letters:
        row = Sharing(assignment=letter, by=by, at=timezone.now())
        key = key or sealed.key_for(keyring, row, "parts")
        sealed.seal(key, row, "parts", parts)
        row.save(force_insert=True)
