"""Which public keys count: the chain from the offline root to a signer to a key (security.md, key 3).

The highest version seen of each owner's key is kept in a file outside the database (settings.TRUST_STATE), so that
whoever can write to the database cannot put an old key back.
"""

import datetime
import fcntl
import json
from pathlib import Path

from django.conf import settings

from meldpunt.vault import crypto
from meldpunt.vault.models import SignedKey, Signer, TeamKey


class NotTrusted(Exception):
    """A public key without a valid chain to the root, revoked, expired, or older than one seen before."""


def root_key() -> bytes:
    """Return the root's public key (32 bytes) from the settings; 'practice-' in front marks a practice root."""
    return bytes.fromhex(settings.TRUST_ROOT.removeprefix("practice-"))


def check_signer(signer: Signer) -> None:
    """Raise NotTrusted unless the root has signed `signer`, it has not expired, and it fits the mode."""
    if signer.is_practice and not settings.PRACTICE:
        raise NotTrusted("a practice signer in production")
    if signer.expires_on < datetime.date.today():
        raise NotTrusted("the signer's term is over")
    if signer.pk in _state().get("revoked_signers", []):
        raise NotTrusted("the signer was revoked")
    if not crypto.is_signed(root_key(), signer.statement, signer.root_signature):
        raise NotTrusted("the signer is not signed by the root")


def check(key: SignedKey) -> None:
    """Raise NotTrusted unless `key` (a UserKey or TeamKey, with its signer) may be sealed to."""
    if key.signer is None or key.signature is None:
        raise NotTrusted("the key is not signed")
    check_signer(key.signer)
    if key.expires_on < datetime.date.today():
        raise NotTrusted("the key's term is over")
    if not crypto.is_signed(bytes(key.signer.public), key.statement, key.signature):
        raise NotTrusted("the signature does not fit the key")
    if key.version < _state().get("highest", {}).get(key.owner, 0):
        raise NotTrusted("a newer version of this key has been seen")


def newest_team_key(team) -> TeamKey:
    """Return the newest key of `team` (or of a query for one) after checking it, and remember its version.

    Raises NotTrusted.
    """
    key = TeamKey.objects.select_related("signer", "team").filter(team=team).order_by("-version").first()
    if key is None:
        raise NotTrusted(f"{team} has no key yet")
    check(key)
    _remember(key)
    return key


def _state() -> dict:
    try:
        return json.loads(Path(settings.TRUST_STATE).read_text())
    except FileNotFoundError:
        return {}


def _remember(key: SignedKey) -> None:
    if _state().get("highest", {}).get(key.owner, 0) >= key.version:
        return
    path = Path(settings.TRUST_STATE)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        state = _state()
        state.setdefault("highest", {})[key.owner] = key.version
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(state))
        fresh.replace(path)
