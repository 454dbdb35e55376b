"""A filing that is under way, sealed under a key that exists only in the referrer's cookie (security.md, key 9)."""

import datetime
import json
import re
import secrets
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from meldpunt.vault import crypto, streams
from signals.models import Draft

COOKIE = "__Host-d"
CONTEXT = "v1|draft"


@dataclass
class OpenDraft:
    """A draft that the cookie of this request opens: its row, what is in it, and a stable id for sending once."""

    row: Draft
    data: dict
    once: bytes

    @property
    def sent(self) -> str:
        """The public reference when this draft has been sent, else the empty string."""
        return self.row.sent_reference


def _keys(token: str) -> tuple[bytes, bytes, bytes]:
    root = bytes.fromhex(token)
    return (
        crypto.derive(root, "draft-lookup", b""),
        crypto.derive(root, "draft-seal", b""),
        crypto.derive(root, "draft-once", b""),
    )


def _token(request: HttpRequest) -> str:
    token = request.COOKIES.get(COOKIE, "")
    return token if re.fullmatch(r"[0-9a-f]{64}", token) else ""


def open_draft(request: HttpRequest, *, lock: bool = False) -> OpenDraft | None:
    """Return the draft of this browser, or None where there is none, it is too old, or it does not open.

    With `lock` (inside a transaction) another request with the same cookie waits until this one is done.
    """
    token = _token(request)
    if not token:
        return None
    lookup, key, once = _keys(token)
    rows = Draft.objects.filter(lookup=lookup, expires_at__gt=timezone.now())
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        return None
    try:
        return OpenDraft(row, json.loads(crypto.open_sealed(key, row.blob, CONTEXT)), once)
    except crypto.CannotOpen:
        return None


def save(request: HttpRequest, response: HttpResponse, data: dict, *, sent_reference: str = "") -> bool:
    """Seal `data` into the draft of this browser and give it `settings.DRAFT_SECONDS` more.

    Without a cookie that fits, a new draft is made and its cookie put on `response`. After sending
    (`sent_reference`) the same row carries the receipt: nothing is written over that, and False is returned.
    """
    _touch_files(data)
    token, now = _token(request), timezone.now()
    if token:
        lookup, key, _once = _keys(token)
        rows = Draft.objects.filter(lookup=lookup)
        if rows.filter(sent_reference="").update(
            blob=crypto.seal(key, json.dumps(data).encode(), CONTEXT),
            expires_at=now + datetime.timedelta(seconds=settings.DRAFT_SECONDS),
            sent_reference=sent_reference,
        ):
            return True
        if rows.filter(expires_at__gt=now).exists():
            return False
    start(response, data)
    return True


def start(response: HttpResponse, data: dict) -> None:
    """Make a new draft with `data` and put its cookie on `response`."""
    token = secrets.token_hex(32)
    lookup, key, _once = _keys(token)
    Draft.objects.create(
        lookup=lookup,
        blob=crypto.seal(key, json.dumps(data).encode(), CONTEXT),
        expires_at=timezone.now() + datetime.timedelta(seconds=settings.DRAFT_SECONDS),
    )
    response.set_cookie(COOKIE, token, secure=True, httponly=True, samesite="Strict", path="/")


def touch(request: HttpRequest) -> bool:
    """Give a draft that was not sent another `settings.DRAFT_SECONDS`; tell whether there is one.

    A receipt is not extended: the code waits half an hour at most (security.md, key 7).
    """
    token = _token(request)
    now = timezone.now()
    until = now + datetime.timedelta(seconds=settings.DRAFT_SECONDS)
    rows = Draft.objects.filter(lookup=_keys(token)[0], expires_at__gt=now, sent_reference="") if token else None
    if rows is None or not rows.update(expires_at=until):
        return False
    draft = open_draft(request)
    _touch_files(draft.data if draft else {})
    return True


def _touch_files(data: dict) -> None:
    """Keep the files of a draft from the sweep for as long as the draft lives."""
    for note in data.get("files", ()):
        streams.touch(uuid.UUID(note["id"]))


@transaction.atomic
def forget(request: HttpRequest) -> None:
    """Delete the draft, or the receipt, of this browser, and the files that wait in it; what is being sent goes first."""
    token = _token(request)
    if token:
        draft = open_draft(request, lock=True)
        for note in draft.data.get("files", ()) if draft else ():
            streams.delete(uuid.UUID(note["id"]))
        Draft.objects.filter(lookup=_keys(token)[0]).delete()
