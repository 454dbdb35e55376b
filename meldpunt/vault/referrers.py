"""What the code of a referrer opens, and giving a referrer another code (security.md, keys 4 and 7).

The code wraps the referrer's own X25519 key; that key opens the thread keys of one signal, whatever their version.
"""

import secrets
import uuid

from django.conf import settings
from django.db import transaction

from meldpunt.vault import codes, crypto, keys
from meldpunt.vault.models import ContentKey, ContentSeal, Purpose, ReferrerKey

# Tried where no key is found: what is wrong takes the same way as what is right.
NOBODY = ReferrerKey(
    object_id=uuid.UUID(int=0),
    public=bytes(crypto.KEY_BYTES),
    wrapped_secret=crypto.seal(crypto.new_key(), crypto.new_key(), "v1|referrer|nobody"),
    lookup_id=bytes(crypto.KEY_BYTES),
)


class ReferrerRing:
    """What one referrer can open, for one request: the thread of the own signal and nothing else."""

    user = None

    def __init__(self, row: ReferrerKey, secret: bytes):
        self.row = row
        self.secret = secret
        self._keys: dict[tuple[str, int], bytes] | None = None

    def __repr__(self):
        return "<ReferrerRing>"

    def load(self, object_ids) -> None:
        """Fetch the seals of the own thread in one statement; other objects are not the referrer's."""
        if self._keys is not None:
            return
        self._keys = {}
        for seal in ContentSeal.objects.filter(referrer_key=self.row).select_related("content_key"):
            row = seal.content_key
            if row.object_id == self.row.object_id and row.purpose == Purpose.THREAD:
                self._keys[(row.purpose, row.version)] = crypto.unseal_key(
                    self.secret, seal.sealed, row.statement("referrer")
                )

    def key_of(self, object_id, purpose: str, version: int) -> bytes:
        """Return the thread key of `version` (32 bytes); raises CannotOpen for everything else."""
        self.load([object_id])
        found = self._keys.get((purpose, version)) if object_id == self.row.object_id else None
        if found is None:
            raise crypto.CannotOpen
        return found

    def content_key(self, row: ContentKey) -> bytes:
        """Return the content key of `row` (32 bytes); raises CannotOpen."""
        return self.key_of(row.object_id, row.purpose, row.version)


def open_with_code(typed: str) -> ReferrerRing | None:
    """Return what `typed` opens, or None. Whatever is typed costs one statement and one try to unwrap."""
    code = codes.normalise(typed) or codes.new_code()
    return _unwrap(keys.find_by_code(code) or NOBODY, code)


def _unwrap(row: ReferrerKey, code: str) -> ReferrerRing | None:
    key = codes.wrapping_key(code, settings.PEPPER)
    try:
        return ReferrerRing(row, crypto.open_sealed(key, row.wrapped_secret, _context(row)))
    except crypto.CannotOpen:
        return None


def ring_of(secret: bytes, lookup_id: bytes) -> ReferrerRing | None:
    """Return what a referrer opens who came in with the code of `lookup_id`; None where that code is dead."""
    row = ReferrerKey.objects.filter(lookup_id=lookup_id).first()
    return ReferrerRing(row, secret) if row else None


@transaction.atomic
def change_code(ring: ReferrerRing, new_code: str) -> ReferrerRing | None:
    """Wrap the referrer's key under `new_code` (16 symbols); the old code is dead from then on.

    Returns None where another request changed the code first.
    """
    row = ReferrerKey.objects.select_for_update().filter(pk=ring.row.pk).first()
    if row is None or not secrets.compare_digest(bytes(row.lookup_id), bytes(ring.row.lookup_id)):
        return None
    row.wrapped_secret = crypto.seal(codes.wrapping_key(new_code, settings.PEPPER), ring.secret, _context(row))
    row.lookup_id = codes.lookup_id(new_code, settings.PEPPER)
    row.pepper_version = settings.PEPPER_VERSION
    row.must_change_code = False
    row.save(update_fields=["wrapped_secret", "lookup_id", "pepper_version", "must_change_code"])
    return ReferrerRing(row, ring.secret)


def has_code(object_id) -> bool:
    """Tell whether a referrer can come back to this object with a code."""
    return ReferrerKey.objects.filter(object_id=object_id).exists()


def _context(row: ReferrerKey) -> str:
    return f"v1|referrer|{row.object_id}"
