"""Making keys and passing them on: every write of the vault."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from meldpunt.teams.models import Team
from meldpunt.vault import codes, crypto, escrow, trust
from meldpunt.vault.models import (
    ContentKey,
    ContentSeal,
    ReferrerKey,
    Signer,
    TeamKey,
    TeamKeySeal,
    UserKey,
)
from meldpunt.vault.unlocking import Keyring, hashing_slot, living_keys

YEAR = datetime.timedelta(days=366)


@dataclass(frozen=True)
class OpenKey:
    """A content key in memory, beside its row."""

    row: ContentKey
    key: bytes


def make_user_key(user, password: str) -> bytes:
    """Make the next version of `user`'s key, wrapped under `password`; returns the secret (32 bytes)."""
    pair = crypto.new_pair()
    version = (UserKey.objects.filter(user=user).aggregate(top=Max("version"))["top"] or 0) + 1
    row = UserKey(user=user, version=version, public=pair.public, expires_on=datetime.date.today() + YEAR)
    _wrap(row, pair.secret, password)
    row.save(force_insert=True)
    return pair.secret


def rewrap(user, secret: bytes, password: str) -> None:
    """Wrap `user`'s unlocked secret under a new password; seals stay as they are."""
    row = newest_user_key(user)
    _wrap(row, secret, password)
    row.save(update_fields=["wrapped_secret", "salt", "time_cost", "memory_cost", "pepper_version"])


def newest_user_key(user) -> UserKey | None:
    """Return the newest key of `user`, or None where there is none or it was buried."""
    return living_keys(user).select_related("signer").first()


def _wrap(row: UserKey, secret: bytes, password: str) -> None:
    row.salt = crypto.new_salt()
    row.time_cost, row.memory_cost = settings.ARGON2_TIME, settings.ARGON2_MEMORY
    row.pepper_version = settings.PEPPER_VERSION
    with hashing_slot():
        key = crypto.key_from_password(
            password, settings.PEPPER, row.salt, time=row.time_cost, memory=row.memory_cost
        )
    row.wrapped_secret = crypto.seal(key, secret, f"v1|user|{row.user_id}|{row.version}")


def make_signer(user, root_seed: bytes, *, practice: bool) -> Signer:
    """Let the holder of the root (its seed of 32 bytes) make `user` a signer for a year."""
    pair = crypto.new_signing_pair()
    user_key = newest_user_key(user)
    signer = Signer(
        user=user,
        version=user.signers.count() + 1,
        public=pair.public,
        is_practice=practice,
        expires_on=datetime.date.today() + YEAR,
    )
    signer.sealed_secret = crypto.seal_key(bytes(user_key.public), pair.secret, f"v1|signer|{user.pk}|{signer.version}")
    signer.root_signature = crypto.sign(root_seed, signer.statement)
    signer.save()
    return signer


def own_signer(user) -> Signer:
    """Return the row with which `user` signs now; raises NotTrusted where that is nobody, or the term is over."""
    signer = Signer.objects.filter(user=user).exclude(sealed_secret=b"").order_by("-version").first()
    if signer is None:
        raise trust.NotTrusted("this user is no signer")
    trust.check_signer(signer)
    return signer


def sign_key(keyring: Keyring, key: UserKey | TeamKey) -> None:
    """Sign `key` for a year from now as the signer whose keyring this is; raises NotTrusted."""
    signer = own_signer(keyring.user)
    seed = crypto.unseal_key(
        keyring.secret, signer.sealed_secret, f"v1|signer|{keyring.user.pk}|{signer.version}"
    )
    key.expires_on = datetime.date.today() + YEAR
    key.signer, key.signature = signer, crypto.sign(seed, key.statement)
    key.save()


@transaction.atomic
def make_team_key(keyring: Keyring, team, members) -> TeamKey:
    """Make the next version of `team`'s key, signed by the keyring's owner and sealed to `members` (users).

    Raises NotTrusted, also where `members` is empty: what is sealed to nobody is lost.
    """
    if not members:
        raise trust.NotTrusted("a team key for nobody")
    pair = crypto.new_pair()
    version = (TeamKey.objects.filter(team=team).aggregate(top=Max("version"))["top"] or 0) + 1
    row = TeamKey(team=team, version=version, public=pair.public, expires_on=datetime.date.today() + YEAR)
    sign_key(keyring, row)
    for user in members:
        seal_to_member(row, pair.secret, user)
    escrow.keep(row, pair.secret)
    return row


def seal_to_member(row: TeamKey, secret: bytes, user) -> None:
    """Seal a team's secret (32 bytes) to a member; raises NotTrusted where that member's key does not count."""
    user_key = newest_user_key(user)
    if user_key is None:
        raise trust.NotTrusted(f"{user} has no key yet")
    trust.check(user_key)
    TeamKeySeal.objects.update_or_create(
        team_key=row,
        user_key=user_key,
        defaults={"sealed": crypto.seal_key(bytes(user_key.public), secret, row.statement)},
    )


@transaction.atomic
def admit(keyring: Keyring, team, user) -> None:
    """Give `user` every version of `team`'s key that the keyring opens, so that old cases stay readable.

    Raises NotTrusted where the new member's key is not signed, CannotOpen where the keyring has no key of the team.
    """
    for row in TeamKey.objects.filter(team=team):
        seal_to_member(row, keyring.team_secret(row), user)


def expel(team, user) -> int:
    """Delete `user`'s seals of `team`'s keys at once; returns how many there were (security.md, key 11)."""
    return TeamKeySeal.objects.filter(team_key__team=team, user_key__user=user).delete()[0]


def bury(user) -> None:
    """Let every key of `user` go for good: the seals to it, the secret, its signature, and what it signed with.

    What was signed stays valid. A key of an older version than the next one never counts again.
    """
    TeamKeySeal.objects.filter(user_key__user=user).delete()
    top = UserKey.objects.filter(user=user).aggregate(top=Max("version"))["top"]
    UserKey.objects.filter(user=user).update(signer=None, signature=None, wrapped_secret=b"", salt=b"")
    Signer.objects.filter(user=user).update(sealed_secret=b"")
    if top is not None:
        owner = UserKey(user=user).owner
        transaction.on_commit(lambda: trust.remember(owner, top + 1), robust=True)


def new_content_key(kind: str, object_id, purpose: str, teams, *, referrer: ReferrerKey | None = None) -> OpenKey:
    """Make the next version of an object's key for `purpose` and seal it to `teams` (and the referrer).

    Raises NotTrusted where a team has no key that counts.
    """
    top = ContentKey.objects.filter(object_id=object_id, purpose=purpose).aggregate(top=Max("version"))["top"]
    return _make(kind, object_id, purpose, (top or 0) + 1, [trust.newest_team_key(t) for t in teams], referrer)


def first_content_keys(kind: str, object_id, purposes, team_key: TeamKey, referrer: ReferrerKey | None) -> list[OpenKey]:
    """Make the first key for each of `purposes` of a new object, all sealed to one team; the thread also to the referrer."""
    made = [
        OpenKey(ContentKey(kind=kind, object_id=object_id, purpose=purpose, version=1), crypto.new_key())
        for purpose in purposes
    ]
    ContentKey.objects.bulk_create([open_key.row for open_key in made])
    seals = [seal_to_team(open_key.row, open_key.key, team_key) for open_key in made]
    if referrer:
        seals += [seal_to_referrer(key.row, key.key, referrer) for key in made if key.row.purpose == "thread"]
    ContentSeal.objects.bulk_create(seals)
    return made


def _make(kind, object_id, purpose, version, team_keys, referrer) -> OpenKey:
    row = ContentKey(kind=kind, object_id=object_id, purpose=purpose, version=version)
    row.save(force_insert=True)
    key = crypto.new_key()
    seals = [seal_to_team(row, key, team_key) for team_key in team_keys]
    if referrer:
        seals.append(seal_to_referrer(row, key, referrer))
    ContentSeal.objects.bulk_create(seals)
    if kind == "assignment":
        escrow.keep(row, key)
    return OpenKey(row, key)


def seal_to_referrer(row: ContentKey, key: bytes, referrer: ReferrerKey) -> ContentSeal:
    """Return `key` (32 bytes), the content key of `row`, sealed to a referrer; the caller saves."""
    sealed = crypto.seal_key(bytes(referrer.public), key, row.statement("referrer"))
    return ContentSeal(content_key=row, referrer_key=referrer, sealed=sealed)


def seal_to_team(row: ContentKey, key: bytes, team_key: TeamKey) -> ContentSeal:
    """Return `key` (32 bytes), the content key of `row`, sealed to a team's key that was checked; the caller saves."""
    recipient = f"{team_key.owner}|{team_key.version}"
    return ContentSeal(
        content_key=row, team_key=team_key, sealed=crypto.seal_key(bytes(team_key.public), key, row.statement(recipient))
    )


def newest_content_key(keyring: Keyring, object_id, purpose: str) -> OpenKey:
    """Return the newest key of an object for `purpose`, to seal its next content; raises CannotOpen."""
    row = ContentKey.objects.filter(object_id=object_id, purpose=purpose).order_by("-version").first()
    if row is None:
        raise crypto.CannotOpen
    return OpenKey(row, keyring.content_key(row))


def grant(keyring: Keyring, object_id, purpose: str, team) -> None:
    """Seal the newest version of an object's key for `purpose` to `team` too (routing); what lies under older ones stays.

    Raises CannotOpen, NotTrusted.
    """
    team_key = trust.newest_team_key(team)
    newest = newest_content_key(keyring, object_id, purpose)
    ContentSeal.objects.bulk_create([seal_to_team(newest.row, newest.key, team_key)], ignore_conflicts=True)


def revoke(object_id, team) -> int:
    """Delete the seals of `team` for all keys of an object; returns how many there were."""
    return ContentSeal.objects.filter(content_key__object_id=object_id, team_key__team=team).delete()[0]


def holds(object_id, purpose: str, team) -> bool:
    """Tell whether `team` has a seal for the newest key of an object and purpose: all that the postman may know."""
    newest = ContentKey.objects.filter(object_id=object_id, purpose=purpose).order_by("-version").values("pk")[:1]
    return ContentSeal.objects.filter(content_key__in=newest, team_key__team=team).exists()


def teams_that_hold(object_id, purpose: str) -> list[Team]:
    """Return the teams with a seal for an object's keys for `purpose`."""
    held = ContentSeal.objects.filter(content_key__object_id=object_id, content_key__purpose=purpose)
    return list(Team.objects.filter(pk__in=held.values("team_key__team")))


def make_referrer_key(object_id, code: str, *, must_change_code: bool = False) -> ReferrerKey:
    """Make and store a referrer's own key, wrapped by `code` (16 symbols); one that was read out must be changed."""
    pair = crypto.new_pair()
    return ReferrerKey.objects.create(
        object_id=object_id,
        public=pair.public,
        wrapped_secret=crypto.seal(
            codes.wrapping_key(code, settings.PEPPER), pair.secret, f"v1|referrer|{object_id}"
        ),
        lookup_id=codes.lookup_id(code, settings.PEPPER),
        pepper_version=settings.PEPPER_VERSION,
        must_change_code=must_change_code,
    )


def find_by_code(code: str) -> ReferrerKey | None:
    """Return the referrer's key that `code` (16 symbols) opens, or None."""
    return ReferrerKey.objects.filter(lookup_id=codes.lookup_id(code, settings.PEPPER)).first()
