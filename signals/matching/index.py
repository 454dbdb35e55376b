"""The index key and the tags under it (security.md, key 12).

The key is derived from the secret of the desk's team key, which exists only in the seals to its coordinators. So it is
never on the server, it has the version of the team key, and whoever can write to the database can neither put in a key
of his own nor put an old one back: `trust` checks the team key's signature and refuses lower versions.
"""

import hashlib
import hmac
from dataclasses import dataclass

from django.db.models import Max, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from meldpunt.teams.models import Role, TeamKind
from meldpunt.vault import crypto, trust
from meldpunt.vault.models import TeamKey
from meldpunt.vault.unlocking import Keyring, Locked
from signals.matching import accounts, names, numbers
from signals.matching.tokens import RULES, Token
from signals.models.matching import BlindTag, TokenKind
from signals.workflow import SignalState

TAG_BYTES = 16
A_KEY = 1000  # `Signal.indexed_as` is key version × 1000 + rules


@dataclass(frozen=True)
class IndexKey:
    """A version of the index key in memory, for one request."""

    version: int
    key: bytes

    def tag(self, kind: str, value: str) -> bytes:
        """Return the blind tag of a value: 16 bytes of HMAC-SHA256 over kind and value."""
        return hmac.new(self.key, f"{kind}|{value}".encode(), hashlib.sha256).digest()[:TAG_BYTES]

    @property
    def stamp(self) -> int:
        """What `Signal.indexed_as` becomes with this key and today's rules."""
        return self.version * A_KEY + RULES


def index_keys(keyring: Keyring | None) -> list[IndexKey]:
    """Return the newest index key, and the one before it as long as tags of it are left (the index is being made anew).

    Raises Locked, NotTrusted, and CannotOpen where this coordinator has no seal of the team's newest key.
    """
    newest = _newest(keyring)
    found = [_of(keyring, newest)]
    last = BlindTag.objects.filter(key_version__lt=newest.version).aggregate(last=Max("key_version"))["last"]
    if last is not None:
        found.append(_of(keyring, TeamKey.objects.get(team=newest.team, version=last)))
    return found


def newest_key(keyring: Keyring | None) -> IndexKey:
    """Return the newest index key; raises as `index_keys` does."""
    return _of(keyring, _newest(keyring))


def _newest(keyring: Keyring | None) -> TeamKey:
    if keyring is None:
        raise Locked
    desk = keyring.user.teams(Role.COORDINATOR)
    if not desk:
        raise crypto.CannotOpen
    return trust.newest_team_key(desk[0])


def _of(keyring: Keyring, team_key: TeamKey) -> IndexKey:
    secret = keyring.team_secret(team_key)
    return IndexKey(team_key.version, crypto.derive(secret, "blind-index", team_key.owner.encode()))


def current_stamp():
    """Return the stamp of a signal that is in the index as it should be, as an expression."""
    newest = TeamKey.objects.filter(team__kind=TeamKind.DESK).order_by("-version").values("version")[:1]
    return Coalesce(Subquery(newest), Value(1)) * A_KEY + RULES


def pending(rows: QuerySet) -> QuerySet:
    """Return those of `rows` (signals) that still have to be put in the index, or put in it anew."""
    return rows.filter(indexed_as__lt=current_stamp()).exclude(state=SignalState.DESTROYED)


def tags_of(key: IndexKey, tokens: list[Token]) -> dict[tuple[bytes, str], Token]:
    """Return {(tag, part): token}."""
    return {(key.tag(token.kind, token.value), token.part): token for token in tokens}


def to_search(typed: str, municipalities: list[str]) -> list[tuple[str, str]]:
    """Return (kind, value) of what somebody typed in the search box: a number, plate, account, address or nickname.

    A nickname is tried with each of `municipalities` (codes), since it is in the index with one only.
    """
    found = [(TokenKind.PHONE, value) for value in numbers.phones(typed, alone=True)]
    found += [(TokenKind.EMAIL, value) for value in accounts.emails(typed)]
    found += [(TokenKind.PLATE, value) for value in numbers.plates(typed, alone=True)] if not found else []
    found += [(TokenKind.HANDLE, value) for value in accounts.handles(typed, alone=True)]
    if any(kind != TokenKind.HANDLE for kind, _value in found):
        return found
    called = names.nicknames(typed)[:4]
    found += [(TokenKind.NICKNAME, f"{code}|{name}") for name in called for code in municipalities]
    return found + [
        (TokenKind.ALIKE, f"{code}|{key}")
        for name in called
        for key in names.alike(name)[:1]
        for code in municipalities
    ]
