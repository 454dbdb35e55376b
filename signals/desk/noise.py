"""The noise list: what says nothing, shortened, for a coordinator's eyes."""

from dataclasses import dataclass

from meldpunt.vault.unlocking import Keyring
from signals.actions.indexing import open_noise
from signals.matching import index
from signals.models import NoiseToken, TokenKind

MOST = 200


@dataclass(frozen=True)
class Row:
    """One token: the row, and what can be shown of it: its end, or its beginning."""

    token: NoiseToken
    short: str


def shortened(kind: str, value: str) -> str:
    """Return enough of a value to know it by, and not the value."""
    if kind == TokenKind.PHONE:
        return f"… {value[-3:]}"
    if kind == TokenKind.EMAIL:
        return f"{value[:1]}…@{value.split('@')[-1]}"
    return f"{value[:2]}…"


def rows_of(keyring: Keyring) -> list[Row]:
    """Return the noise list, the newest first. Raises Locked, NotTrusted, CannotOpen."""
    key = index.newest_key(keyring)
    rows = NoiseToken.objects.filter(key_version=key.version).select_related("by").defer("by__password")[:MOST]
    return [Row(row, shortened(row.kind, open_noise(key, row))) for row in rows]
