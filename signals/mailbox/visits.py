"""A referrer who came back with the code: a short session of its own, sealed under the cookie.

It takes the place of a filing in the same neutral cookie, lives for `settings.VISIT_SECONDS` without work, and opens
nothing once the code was changed. The code itself is never in it, but for a new one that waits to be written down.
"""

import datetime
import json
import re
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from meldpunt.vault import crypto, referrers
from meldpunt.vault.referrers import ReferrerRing
from signals.filing import drafts
from signals.models import Signal, Visit
from signals.workflow import SignalState

CONTEXT = "v1|visit"


@dataclass
class OpenVisit:
    """A visit that the cookie of this request opens: the ring, the signal, and what waits in it (`data`)."""

    row: Visit
    ring: ReferrerRing
    signal: Signal
    data: dict


def _keys(token: str) -> tuple[bytes, bytes]:
    root = bytes.fromhex(token)
    return crypto.derive(root, "visit-lookup", b""), crypto.derive(root, "visit-seal", b"")


def _token(request: HttpRequest) -> str:
    token = request.COOKIES.get(drafts.COOKIE, "")
    return token if re.fullmatch(r"[0-9a-f]{64}", token) else ""


def signal_of(ring: ReferrerRing | None) -> Signal | None:
    """Return the signal that a ring belongs to, without its report; one statement, also where there is no ring."""
    object_id = ring.row.object_id if ring else referrers.NOBODY.object_id
    rows = Signal.objects.select_related("case").exclude(state=SignalState.DESTROYED)
    return rows.defer("report", "headline", "case__shared").filter(pk=object_id).first()


def start(request: HttpRequest, response: HttpResponse, ring: ReferrerRing, **data) -> None:
    """Begin a visit under a new cookie on `response`; what this browser had open before is forgotten."""
    drafts.forget(request)
    end(request)
    token = secrets.token_hex(32)
    lookup, key = _keys(token)
    Visit.objects.create(lookup=lookup, blob=_sealed(key, ring, data), expires_at=_until())
    response.set_cookie(drafts.COOKIE, token, secure=True, httponly=True, samesite="Strict", path="/")


def open_visit(request: HttpRequest) -> OpenVisit | None:
    """Return the visit of this browser and give it ten minutes more, or None where there is none or it has lapsed."""
    token = _token(request)
    if not token:
        return None
    lookup, key = _keys(token)
    row = Visit.objects.filter(lookup=lookup, expires_at__gt=timezone.now()).first()
    if row is None:
        return None
    try:
        data = json.loads(crypto.open_sealed(key, row.blob, CONTEXT))
    except crypto.CannotOpen:
        return None
    ring = referrers.ring_of(bytes.fromhex(data.pop("secret")), bytes.fromhex(data.pop("lookup")))
    signal = signal_of(ring)
    if signal is None:
        return None
    Visit.objects.filter(pk=row.pk).update(expires_at=_until())
    return OpenVisit(row, ring, signal, data)


def keep(request: HttpRequest, visit: OpenVisit) -> None:
    """Seal what changed in a visit: its ring after another code, or what waits in it."""
    _lookup, key = _keys(_token(request))
    Visit.objects.filter(pk=visit.row.pk).update(blob=_sealed(key, visit.ring, visit.data))


def end(request: HttpRequest) -> None:
    """Forget the visit of this browser."""
    if token := _token(request):
        Visit.objects.filter(lookup=_keys(token)[0]).delete()


def _sealed(key: bytes, ring: ReferrerRing, data: dict) -> bytes:
    whole = {**data, "secret": ring.secret.hex(), "lookup": bytes(ring.row.lookup_id).hex()}
    return crypto.seal(key, json.dumps(whole).encode(), CONTEXT)


def _until() -> datetime.datetime:
    return timezone.now() + datetime.timedelta(seconds=settings.VISIT_SECONDS)
