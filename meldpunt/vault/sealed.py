"""The one door to what is sealed: whoever opens leaves a row in the reading log (law 4).

A model says which of its fields are sealed and with which key: SEALED = {"report": Purpose.REPORT}. The blob starts
with the version of its content key (2 bytes); the associated data is v1|object|id|field|version.
"""

from meldpunt.audit.log import record
from meldpunt.vault import crypto
from meldpunt.vault.keys import OpenKey, newest_content_key
from meldpunt.vault.unlocking import Keyring, Locked


def _context(obj, field: str, version: int) -> str:
    return f"v1|{obj._meta.model_name}|{obj.pk}|{field}|{version}"


def seal(key: OpenKey, obj, field: str, data: bytes) -> None:
    """Put `data`, sealed under `key`, into `obj.field`; the caller saves."""
    version = key.row.version
    setattr(obj, field, version.to_bytes(2, "big") + crypto.seal(key.key, data, _context(obj, field, version)))


def key_for(keyring: Keyring, obj, field: str) -> OpenKey:
    """Return the key that now seals `obj.field`, to seal its next content; raises Locked, CannotOpen."""
    if keyring is None:
        raise Locked
    return newest_content_key(keyring, obj.sealed_under(field), obj.SEALED[field])


def peek(keyring: Keyring, obj, field: str) -> bytes:
    """Open a field without a row in the log: for code that goes on to seal it anew, never for a person's eyes."""
    if keyring is None:
        raise Locked
    blob = bytes(getattr(obj, field))
    version = int.from_bytes(blob[:2], "big")
    key = keyring.key_of(obj.sealed_under(field), obj.SEALED[field], version)
    return crypto.open_sealed(key, blob[2:], _context(obj, field, version))


def read(keyring: Keyring, obj, *fields: str, act: str = "read", purpose: str = "") -> list[bytes]:
    """Open `fields` of one object for the keyring's owner, and log it; raises Locked, CannotOpen."""
    opened = [peek(keyring, obj, field) for field in fields]
    record(act, by=keyring.user, obj=obj, purpose=purpose)
    return opened


def read_list(keyring: Keyring, objects: list, field: str) -> dict:
    """Open one field of many objects; one row in the log names them all. Returns {pk: bytes}.

    What cannot be opened (another team's key) is left out.
    """
    keyring.load([obj.sealed_under(field) for obj in objects])
    opened = {}
    for obj in objects:
        version = int.from_bytes(bytes(getattr(obj, field))[:2], "big")
        if not keyring.has_loaded(obj.sealed_under(field), obj.SEALED[field], version):
            continue
        try:
            opened[obj.pk] = peek(keyring, obj, field)
        except crypto.CannotOpen:
            continue
    record("list", by=keyring.user, rows=[str(obj.pk) for obj in objects])
    return opened
