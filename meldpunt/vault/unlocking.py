"""A member's keys while they are unlocked (security.md, key 8).

The secret waits in the database, sealed under a key that exists only in the member's second cookie. It goes after
30 minutes without work, after 12 hours at most, at sign-out and when it is locked.
"""

import datetime
import threading
from contextlib import contextmanager

from django.conf import settings
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from meldpunt.vault import crypto
from meldpunt.vault.models import ContentKey, ContentSeal, TeamKey, TeamKeySeal, UnlockedKey, UserKey

COOKIE = "__Host-k"
WAIT_SECONDS = 5
_gate = threading.BoundedSemaphore(1)


class TooBusy(Exception):
    """No slot for a slow hash came free in time: answer 503 to sign-in, never to filing."""


class Locked(Exception):
    """The keys are locked: ask for the password again."""


@contextmanager
def hashing_slot():
    """Hold the one slot that a process has for a slow hash (256 MiB each); raises TooBusy after five seconds."""
    if not _gate.acquire(timeout=WAIT_SECONDS):
        raise TooBusy
    try:
        yield
    finally:
        _gate.release()


class Keyring:
    """What one unlocked member can open, for one request. Never stored, never cached between requests."""

    def __init__(self, user, secret: bytes):
        self.user = user
        self.secret = secret
        self._team_secrets: dict[int, bytes] = {}
        self._content: dict = {}

    def __repr__(self):
        return f"<Keyring of {self.user.pk}>"

    def team_secret(self, team_key: TeamKey) -> bytes:
        """Return the secret of a team key (32 bytes); raises CannotOpen where this member has no seal."""
        if team_key.pk not in self._team_secrets:
            seal = self._own_seals().filter(team_key=team_key).first()
            if seal is None:
                raise crypto.CannotOpen
            self._unseal_team(team_key, seal.sealed)
        return self._team_secrets[team_key.pk]

    def _own_seals(self):
        return TeamKeySeal.objects.filter(user_key__user=self.user).order_by("-user_key__version")

    def _unseal_team(self, team_key: TeamKey, sealed: bytes) -> None:
        if team_key.pk not in self._team_secrets:
            self._team_secrets[team_key.pk] = crypto.unseal_key(self.secret, sealed, team_key.statement)

    def load(self, object_ids) -> None:
        """Fetch the seals of many objects, with those of the team keys that open them, in one query."""
        own = self._own_seals().filter(team_key=OuterRef("team_key")).values("sealed")[:1]
        seals = ContentSeal.objects.filter(content_key__object_id__in=list(object_ids)).annotate(own=Subquery(own))
        for seal in seals.filter(own__isnull=False).select_related("content_key", "team_key"):
            self._unseal_team(seal.team_key, seal.own)
            self._keep(seal)

    def _keep(self, seal: ContentSeal) -> None:
        row, team_key = seal.content_key, seal.team_key
        statement = row.statement(f"{team_key.owner}|{team_key.version}")
        key = crypto.unseal_key(self._team_secrets[team_key.pk], seal.sealed, statement)
        self._content[(row.object_id, row.purpose, row.version)] = key

    def has_loaded(self, object_id, purpose: str, version: int) -> bool:
        """Tell whether `load` found this key; no statement."""
        return (object_id, purpose, version) in self._content

    def content_key(self, row: ContentKey) -> bytes:
        """Return the content key of `row` (32 bytes); raises CannotOpen where no team of this member has a seal."""
        return self.key_of(row.object_id, row.purpose, row.version)

    def key_of(self, object_id, purpose: str, version: int) -> bytes:
        """Return an object's key by purpose and version; raises CannotOpen."""
        found = self._content.get((object_id, purpose, version))
        if found is None:
            self.load([object_id])
            found = self._content.get((object_id, purpose, version))
        if found is None:
            raise crypto.CannotOpen
        return found


def living_keys(user):
    """Return the keys of `user` that have a secret, the newest first: a renewal of access empties the others."""
    return UserKey.objects.filter(user=user).exclude(wrapped_secret=b"").order_by("-version")


def open_key(user, password: str) -> bytes:
    """Open `user`'s key with `password`; returns the secret (32 bytes).

    Raises UserKey.DoesNotExist where the user holds no key, CannotOpen at a wrong password, TooBusy.
    """
    row = living_keys(user).first()
    if row is None:
        raise UserKey.DoesNotExist
    with hashing_slot():
        key = crypto.key_from_password(
            password, settings.PEPPER, bytes(row.salt), time=row.time_cost, memory=row.memory_cost
        )
    return crypto.open_sealed(key, row.wrapped_secret, f"v1|user|{row.user_id}|{row.version}")


def unlock(user, password: str) -> tuple[str, bytes]:
    """Open `user`'s key and keep it unlocked; returns the cookie's value and the secret. Raises as `open_key` does."""
    secret = open_key(user, password)
    return keep_unlocked(user, secret), secret


def seal_for_second_factor(user, secret: bytes) -> str:
    """Return `secret` sealed under a key that only the web process has, to wait in the sealed session (hexadecimal)."""
    return crypto.seal(_waiting_key(), secret, f"v1|waiting|{user.pk}").hex()


def open_after_second_factor(user, waiting: str) -> bytes:
    """Return the secret that waited; raises CannotOpen where it is somebody else's."""
    return crypto.open_sealed(_waiting_key(), bytes.fromhex(waiting), f"v1|waiting|{user.pk}")


def _waiting_key() -> bytes:
    return crypto.derive(b"meldpunt-second-factor-waits", "unlock-waiting", settings.WEB_SECRET.encode())


def keep_unlocked(user, secret: bytes) -> str:
    """Store `secret` sealed under a fresh cookie; returns the cookie's value."""
    cookie = crypto.new_key()
    UnlockedKey.objects.create(
        lookup=_lookup(cookie), user=user, blob=crypto.seal(_sealing_key(cookie), secret, f"v1|unlocked|{user.pk}")
    )
    return cookie.hex()


def lock(cookie: str | None) -> None:
    """Forget the unlocked key of this cookie."""
    if raw := _raw(cookie):
        UnlockedKey.objects.filter(lookup=_lookup(raw)).delete()


def lock_everywhere(user) -> None:
    """Forget every unlocked key of `user`: password changed, membership ended."""
    UnlockedKey.objects.filter(user=user).delete()


def forget_lapsed() -> int:
    """Delete what nobody can open any more: idle, or open too long; returns how many. For the worker."""
    now = timezone.now()
    idle = Q(used_at__lt=now - datetime.timedelta(seconds=settings.IDLE_SECONDS))
    longest = Q(created_at__lt=now - datetime.timedelta(seconds=settings.LONGEST_SECONDS))
    return UnlockedKey.objects.filter(idle | longest).delete()[0]


def keyring(cookie: str | None, user, *, at_work: bool) -> Keyring | None:
    """Return the keyring of this cookie and user, or None where it is locked or has lapsed.

    `at_work` is false for polling, which never extends the half hour.
    """
    raw = _raw(cookie)
    row = raw and UnlockedKey.objects.filter(lookup=_lookup(raw), user=user).first()
    if not row:
        return None
    now = timezone.now()
    if now - row.used_at > datetime.timedelta(seconds=settings.IDLE_SECONDS) or now - row.created_at > datetime.timedelta(
        seconds=settings.LONGEST_SECONDS
    ):
        row.delete()
        return None
    if at_work and now - row.used_at > datetime.timedelta(seconds=30):
        UnlockedKey.objects.filter(pk=row.pk).update(used_at=now)
    try:
        return Keyring(user, crypto.open_sealed(_sealing_key(raw), row.blob, f"v1|unlocked|{user.pk}"))
    except crypto.CannotOpen:
        return None


def _raw(cookie: str | None) -> bytes | None:
    try:
        raw = bytes.fromhex(cookie or "")
    except ValueError:
        return None
    return raw if len(raw) == crypto.KEY_BYTES else None


def _lookup(cookie: bytes) -> bytes:
    return crypto.derive(cookie, "unlock-lookup", b"")


def _sealing_key(cookie: bytes) -> bytes:
    return crypto.derive(cookie, "unlock-seal", b"")


def without_keys(view):
    """Mark a view that pages ask by themselves: `request.keyring` is None, and no idle clock is touched."""
    view.needs_no_keys = True
    return view


class UnlockedKeys:
    """Middleware: `request.keyring` is a Keyring or None; a view may set `request.unlock_cookie` to hand out a new one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.keyring = None
        request.unlock_cookie = None
        response = self.get_response(request)
        if request.unlock_cookie:
            response.set_cookie(COOKIE, request.unlock_cookie, secure=True, httponly=True, samesite="Strict", path="/")
        elif request.unlock_cookie == "":
            response.delete_cookie(COOKIE, samesite="Strict")
        return response

    def process_view(self, request, view, args, kwargs):
        """Open the keyring for a view that may need it; polling does not extend the half hour."""
        if request.user.is_authenticated and not getattr(view, "needs_no_keys", False):
            at_work = request.headers.get("X-Live") != "1"
            request.keyring = keyring(request.COOKIES.get(COOKIE), request.user, at_work=at_work)
