"""Which public keys count: the chain from the offline root to a signer to a key (security.md, key 3).

The highest version seen of each owner's key is kept in a file outside the database (settings.TRUST_STATE), with
the signers who were revoked, so that whoever can write to the database cannot put an old key back. In production the
file is made once (`begin`, by found_desk); where it has gone, no key counts.
"""

import datetime
import fcntl
import json
import logging
import os
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from meldpunt.vault import crypto
from meldpunt.vault.models import SignedKey, Signer, TeamKey

log = logging.getLogger(__name__)


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
    if bytes(signer.public).hex() in _state().get("revoked_signers", []):
        raise NotTrusted("the signer was revoked")
    if not crypto.is_signed(root_key(), signer.statement, signer.root_signature):
        raise NotTrusted("the signer is not signed by the root")


def check_officer(officer) -> None:
    """Raise NotTrusted unless the root has signed a recovery officer, whose term is not over, for this mode."""
    if officer.is_practice and not settings.PRACTICE:
        raise NotTrusted("a practice officer in production")
    if officer.ended_at or officer.expires_on < datetime.date.today():
        raise NotTrusted("the officer's term is over")
    if not crypto.is_signed(root_key(), officer.statement, officer.root_signature):
        raise NotTrusted("the officer is not signed by the root")


def check(key: SignedKey) -> None:
    """Raise NotTrusted unless `key` (a UserKey or TeamKey, with its signer) may be sealed to; remember its version."""
    if key.signer is None or key.signature is None:
        raise NotTrusted("the key is not signed")
    check_signer(key.signer)
    if key.expires_on < datetime.date.today():
        raise NotTrusted("the key's term is over")
    if not crypto.is_signed(bytes(key.signer.public), key.statement, key.signature):
        raise NotTrusted("the signature does not fit the key")
    if key.version < _state().get("highest", {}).get(key.owner, 0):
        raise NotTrusted("a newer version of this key has been seen")
    remember(key.owner, key.version)


def newest_team_key(team) -> TeamKey:
    """Return the newest key of `team` (or of a query for one) after checking it. Raises NotTrusted."""
    key = TeamKey.objects.select_related("signer", "team").filter(team=team).order_by("-version").first()
    if key is None:
        raise NotTrusted(f"{team} has no key yet")
    check(key)
    return key


def remember(owner: str, version: int) -> None:
    """Never again let a key of `owner` count that is older than `version`."""
    if _state().get("highest", {}).get(owner, 0) >= version:
        return
    with _changing() as state:
        highest = state.setdefault("highest", {})
        highest[owner] = max(version, highest.get(owner, 0))


def revoke(signer: Signer) -> None:
    """Let nothing count any more that `signer` has signed, whatever the database says."""
    with _changing() as state:
        public = bytes(signer.public).hex()
        state["revoked_signers"] = sorted({*state.get("revoked_signers", []), public})


def begin() -> bool:
    """Make the file where there is none; returns whether it was made now. In production nothing counts without it."""
    if Path(settings.TRUST_STATE).exists():
        return False
    with _changing(first=True):
        return True


def _state() -> dict:
    path = Path(settings.TRUST_STATE)
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:
        if settings.PRACTICE:
            return {}
        log.critical("%s is gone: no key counts. Put it back, or see manage.py trust_state --help.", path)
        raise NotTrusted("what was seen before is gone") from None
    except ValueError as error:
        log.critical("%s cannot be read: no key counts.", path)
        raise NotTrusted("what was seen before cannot be read") from error


@contextmanager
def _changing(*, first: bool = False):
    """Give the state to change, one process at a time, and put it in place whole."""
    path = Path(settings.TRUST_STATE)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        state = {} if first and not path.exists() else _state()
        yield state
        fresh = path.with_suffix(".new")
        with fresh.open("w") as out:
            json.dump(state, out)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(path)
