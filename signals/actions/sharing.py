"""What networks are given to read: the desk's note to them, and a sealed record of what went to whom, and when."""

from django.utils import timezone

from meldpunt.vault import sealed
from signals import content
from signals.models import Assignment, Case, Sharing


def under_newest(keyring, case: Case, note: str | None) -> None:
    """Set what the desk writes to the networks of a locked case (None: as it was), sealed with what they read.

    It lies under the newest key afterwards: a network gets that one only. Raises Locked, CannotOpen.
    """
    shared = content.from_bytes(content.Shared, sealed.peek(keyring, case, "shared"))
    key = sealed.key_for(keyring, case, "shared")
    newest = bytes(case.shared)[:2] == key.row.version.to_bytes(2, "big")
    if newest and note in (None, shared.note):
        return
    shared.note = shared.note if note is None else note
    sealed.seal(key, case, "shared", content.to_bytes(shared))
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
