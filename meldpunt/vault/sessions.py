"""The session store: rows are found by a hash of the cookie, and the data is sealed under the cookie itself."""

import json
import secrets

from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone

from meldpunt.vault import crypto
from meldpunt.vault.models import SealedSession


def _keys(session_key: str) -> tuple[bytes, bytes]:
    root = crypto.derive(b"meldpunt-session", "session", session_key.encode())
    return crypto.derive(root, "session-lookup", b""), crypto.derive(root, "session-seal", b"")


class SessionStore(SessionBase):
    """Sessions whose table says nothing to who steals it."""

    def _get_new_session_key(self):
        return secrets.token_hex(32)

    def _row(self, session_key):
        return SealedSession.objects.filter(lookup=_keys(session_key)[0], expires_at__gt=timezone.now()).first()

    def exists(self, session_key):
        return SealedSession.objects.filter(lookup=_keys(session_key)[0]).exists()

    def create(self):
        self._session_key = self._get_new_session_key()
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create=False):
        if self.session_key is None:
            self.create()
            return
        lookup, key = _keys(self.session_key)
        data = json.dumps(self._get_session(no_load=must_create)).encode()
        values = {"blob": crypto.seal(key, data, "v1|session"), "expires_at": self.get_expiry_date()}
        if must_create:
            try:
                with transaction.atomic():
                    SealedSession.objects.create(lookup=lookup, **values)
            except IntegrityError as error:
                raise CreateError from error
        elif not SealedSession.objects.filter(lookup=lookup).update(**values):
            raise UpdateError

    def load(self):
        row = self.session_key and self._row(self.session_key)
        if not row:
            self._session_key = None
            return {}
        try:
            return json.loads(crypto.open_sealed(_keys(self.session_key)[1], row.blob, "v1|session"))
        except crypto.CannotOpen:
            self._session_key = None
            return {}

    def delete(self, session_key=None):
        session_key = session_key or self.session_key
        if session_key:
            SealedSession.objects.filter(lookup=_keys(session_key)[0]).delete()

    @classmethod
    def clear_expired(cls):
        """Delete the sessions whose time is over; returns how many."""
        return SealedSession.objects.filter(expires_at__lt=timezone.now()).delete()[0]
