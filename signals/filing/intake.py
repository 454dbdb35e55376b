"""What a coordinator takes in by telephone while it is under way: sealed under a token that only the page and the
coordinator's own sealed session know. It stays when the keys lock, and goes at sign-out.
"""

import datetime
import json
import re
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from meldpunt.vault import crypto
from signals.models import Draft

IN_SESSION = "intake"
CONTEXT = "v1|intake"
# The Dutch telephone alphabet, for the symbols of a code: digits are said as they are.
ALPHABET = {
    "A": "Anton", "B": "Bernard", "C": "Cornelis", "D": "Dirk", "E": "Eduard", "F": "Ferdinand", "G": "Gerard",
    "H": "Hendrik", "J": "Jan", "K": "Karel", "M": "Maria", "N": "Nico", "P": "Pieter", "Q": "Quotiënt",
    "R": "Rudolf", "S": "Simon", "T": "Teunis", "V": "Victor", "W": "Willem", "X": "Xantippe", "Y": "IJmuiden",
    "Z": "Zacharias",
}  # fmt: skip


@dataclass
class OpenIntake:
    """An intake that its token opens: what is in it, a stable id for filing once, and the reference once it is filed."""

    data: dict
    once: bytes
    sent: str


def new_token() -> str:
    """Return a token for a new intake; it is kept nowhere until something was typed."""
    return secrets.token_hex(32)


def token_of(request: HttpRequest) -> str:
    """Return the token that the page sent, else that of this session; "" where there is none."""
    token = request.POST.get("token") or request.session.get(IN_SESSION, "")
    return token if re.fullmatch(r"[0-9a-f]{64}", token) else ""


def _keys(request: HttpRequest, token: str) -> tuple[bytes, bytes, bytes]:
    root, owner = bytes.fromhex(token), str(request.user.pk).encode()
    return (
        crypto.derive(root, "intake-lookup", owner),
        crypto.derive(root, "intake-seal", owner),
        crypto.derive(root, "intake-once", owner),
    )


def begin(request: HttpRequest, token: str) -> OpenIntake:
    """Return the intake of a token, made empty where it is not there; another request with it waits until this is done.

    Call it in a transaction.
    """
    lookup, key, _once = _keys(request, token)
    expires_at = timezone.now() + datetime.timedelta(seconds=settings.LONGEST_SECONDS)
    empty = {"blob": crypto.seal(key, b"{}", CONTEXT), "expires_at": expires_at}
    Draft.objects.get_or_create(lookup=lookup, defaults=empty)
    return open_intake(request, token, lock=True)


def open_intake(request: HttpRequest, token: str, *, lock: bool = False) -> OpenIntake | None:
    """Return the intake of a token, or None where there is none, it is too old, or it is somebody else's."""
    if not token:
        return None
    lookup, key, once = _keys(request, token)
    rows = Draft.objects.filter(lookup=lookup, expires_at__gt=timezone.now())
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        return None
    try:
        return OpenIntake(json.loads(crypto.open_sealed(key, row.blob, CONTEXT)), once, row.sent_reference)
    except crypto.CannotOpen:
        return None


def save(request: HttpRequest, token: str, data: dict, *, sent: str = "") -> None:
    """Seal `data` into an intake that was begun, and remember the token in the session.

    What is being typed lives as long as a session (12 hours at most), the code that is read out half an hour.
    """
    lookup, key, _once = _keys(request, token)
    seconds = settings.DRAFT_SECONDS if sent else settings.LONGEST_SECONDS
    values = {
        "blob": crypto.seal(key, json.dumps(data).encode(), CONTEXT),
        "expires_at": timezone.now() + datetime.timedelta(seconds=seconds),
        "sent_reference": sent,
    }
    Draft.objects.filter(lookup=lookup).update(**values)
    request.session[IN_SESSION] = token


def forget(request: HttpRequest) -> None:
    """Delete the intake of this session, or the code that it showed."""
    if token := token_of(request):
        Draft.objects.filter(lookup=_keys(request, token)[0]).delete()
    request.session.pop(IN_SESSION, None)


def spelled(code: str) -> list[list[tuple[str, str]]]:
    """Return the groups of a code, each symbol with the word to say: [[("K", "Karel"), ("7", "7"), …], …]."""
    return [
        [(symbol, ALPHABET.get(symbol, symbol)) for symbol in code[start : start + 4]]
        for start in range(0, len(code), 4)
    ]
