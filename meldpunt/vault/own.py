"""Sealing something to one person alone: what was typed and not sent. Sealing needs no unlocked key, opening does."""

from meldpunt.vault import crypto, keys, trust
from meldpunt.vault.unlocking import Keyring, Locked

LENGTH_BYTES = 2


def seal_to(user, data: bytes, context: str) -> bytes:
    """Return `data` sealed so that only `user` opens it; `context` says what it is.

    Raises NotTrusted where the user has no signed key: nothing is kept then.
    """
    user_key = keys.newest_user_key(user)
    if user_key is None:
        raise trust.NotTrusted("this user has no key yet")
    trust.check(user_key)
    key = crypto.new_key()
    box = crypto.seal_key(bytes(user_key.public), key, context)
    return len(box).to_bytes(LENGTH_BYTES, "big") + box + crypto.seal(key, data, context)


def open_own(keyring: Keyring | None, blob: bytes, context: str) -> bytes:
    """Open what was sealed to the keyring's owner; raises Locked, CannotOpen (also after a new key was made)."""
    if keyring is None:
        raise Locked
    blob = bytes(blob)
    end = LENGTH_BYTES + int.from_bytes(blob[:LENGTH_BYTES], "big")
    key = crypto.unseal_key(keyring.secret, blob[LENGTH_BYTES:end], context)
    return crypto.open_sealed(key, blob[end:], context)
