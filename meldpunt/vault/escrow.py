"""The last resort: recovery officers, of whom any two together open what nobody else can any more (security.md, key 10).

A secret is sealed to one officer, and that seal to another: a nested box for each pair. One officer alone opens nothing.
Team keys are kept so with each new version; the keys of a network's own work from the moment that they are made, so that
they are still there after the network has lost the case. No own cryptography: libsodium's sealed boxes.
"""

import datetime
from contextlib import suppress
from itertools import combinations

from django.db import transaction
from django.db.models import Count, Q

from meldpunt.audit.log import record
from meldpunt.vault import crypto, trust
from meldpunt.vault.models import ContentKey, EscrowSeal, RecoveryOfficer, TeamKey
from meldpunt.vault.unlocking import Keyring, Locked

FEWEST = 2  # officers who open together
AT_ONCE = 200
TERM = datetime.timedelta(days=3 * 366)


class NotFromEscrow(Exception):
    """These two officers do not open this key: another paper, another pair, or it was never kept."""


def officers() -> list[RecoveryOfficer]:
    """Return the officers who count now: signed by the root, within their term, and fit for this mode."""
    found = []
    for officer in RecoveryOfficer.objects.filter(ended_at=None):
        with suppress(trust.NotTrusted):
            trust.check_officer(officer)
            found.append(officer)
    return found


def appoint(name: str, root_seed: bytes, *, practice: bool) -> tuple[RecoveryOfficer, bytes]:
    """Make an officer's key, signed with the root's seed (32 bytes) for three years; returns the row and the secret.

    The secret is shown once and kept on paper: it is stored nowhere. Keys that were made before are not in this
    officer's hands until `keep_again`.
    """
    pair = crypto.new_pair()
    officer = RecoveryOfficer(
        name=name, public=pair.public, is_practice=practice, expires_on=datetime.date.today() + TERM
    )
    officer.root_signature = crypto.sign(root_seed, officer.statement)
    officer.save(force_insert=True)
    return officer, pair.secret


def keep(row: TeamKey | ContentKey, secret: bytes) -> int:
    """Seal `secret` (32 bytes), the key of `row`, for each pair of officers; returns for how many.

    With fewer than two officers nothing is kept: the deploy check warns of that.
    """
    return keep_many([(row, secret)])


def keep_many(rows: list[tuple[TeamKey | ContentKey, bytes]]) -> int:
    """Seal the keys of many rows, each with its secret, for each pair of officers; returns for how many pairs."""
    pairs = list(combinations(officers(), FEWEST)) if rows else []
    EscrowSeal.objects.bulk_create(_sealed(row, key, *pair) for row, key in rows for pair in pairs)
    return len(pairs)


def keep_again(row: TeamKey | ContentKey, secret: bytes) -> int:
    """Seal a key anew to the officers of today, in the place of those of before; returns for how many pairs."""
    EscrowSeal.objects.filter(**_of(row)).delete()
    return keep(row, secret)


def not_kept(team, user) -> list[TeamKey | ContentKey]:
    """Return the keys of `team` that `user` can open and that not every pair of today's officers holds, the oldest first.

    These are the team's own keys and those of a network's own work. Empty with fewer than two officers. Three statements.
    """
    today = officers()
    pairs = len(list(combinations(today, FEWEST)))
    if not pairs:
        return []
    opens = TeamKey.objects.filter(team=team, seals__user_key__user=user).distinct()
    work = ContentKey.objects.filter(kind="assignment", seals__team_key__in=opens).distinct()
    found: list = []
    for rows in (opens, work):
        held = Count("escrow", filter=Q(escrow__outer__in=today, escrow__inner__in=today), distinct=True)
        found += rows.annotate(pairs=held).filter(pairs__lt=pairs).order_by("pk")
    return found


@transaction.atomic
def keep_step(team, *, by, keyring: Keyring | None, most: int = AT_ONCE) -> int:
    """Seal up to `most` keys that `not_kept` names to the officers of today; returns how many. Needs open keys.

    Raises Locked.
    """
    if keyring is None:
        raise Locked
    rows = not_kept(team, by)[:most]
    keyring.load([row.object_id for row in rows if isinstance(row, ContentKey)])
    for row in rows:
        keep_again(row, keyring.team_secret(row) if isinstance(row, TeamKey) else keyring.content_key(row))
    if rows:
        record("change", by=by, team=team, obj=("team_key", str(team.pk)), purpose="escrow")
    return len(rows)


def open_together(row: TeamKey | ContentKey, papers: list[tuple[RecoveryOfficer, bytes]]) -> bytes:
    """Return the secret of `row` with the secrets of two officers; raises NotFromEscrow."""
    secrets = {officer.pk: secret for officer, secret in papers}
    kept = EscrowSeal.objects.filter(outer__in=secrets, inner__in=secrets, **_of(row)).select_related("outer", "inner")
    for seal in kept:
        with suppress(crypto.CannotOpen):
            outer, inner = secrets[seal.outer_id], secrets[seal.inner_id]
            return crypto.unseal_twice(outer, inner, seal.sealed, _statement(row, seal.outer, seal.inner))
    raise NotFromEscrow


def _of(row: TeamKey | ContentKey) -> dict:
    return {"team_key" if isinstance(row, TeamKey) else "content_key": row}


def _statement(row: TeamKey | ContentKey, outer: RecoveryOfficer, inner: RecoveryOfficer) -> str:
    said = row.statement if isinstance(row, TeamKey) else row.statement("escrow")
    return f"v1|escrow|{outer.name}|{inner.name}|{said}"


def _sealed(row, secret: bytes, outer: RecoveryOfficer, inner: RecoveryOfficer) -> EscrowSeal:
    statement = _statement(row, outer, inner)
    sealed = crypto.seal_twice(bytes(outer.public), bytes(inner.public), secret, statement)
    return EscrowSeal(outer=outer, inner=inner, sealed=sealed, **_of(row))
