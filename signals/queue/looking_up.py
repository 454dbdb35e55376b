"""Looking up a telephone number, plate, account, address or nickname in the blind index: one statement."""

from meldpunt.audit.log import record
from meldpunt.vault.crypto import CannotOpen
from meldpunt.vault.trust import NotTrusted
from meldpunt.vault.unlocking import Keyring
from signals.matching import index
from signals.matching.found import holders_of
from signals.models import Signal, TokenKind
from signals.queue.filters import Places
from signals.queue.search import LONGEST


def looked_up(keyring: Keyring, typed: str, places: Places) -> list[Signal]:
    """Return the signals that hold what was typed, each with `kinds_in_words`; a row in the reading log names them.

    Nothing where it is no such thing, or where this coordinator has no key of the index yet. Raises Locked.
    """
    wanted = index.to_search(typed[:LONGEST], list(places.municipalities))
    if not wanted:
        return []
    try:
        keys = index.index_keys(keyring)
    except (CannotOpen, NotTrusted):
        return []
    rows = holders_of(keyring.user, [key.tag(kind, value) for key in keys for kind, value in wanted])
    for row in rows:
        row.kinds_in_words = [TokenKind(kind).label for kind in row.kinds]
    if rows:
        record("list", by=keyring.user, purpose="token", rows=rows)
    return rows
