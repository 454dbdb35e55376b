"""Asks clamd, where one is configured, whether a file is infected. Its protocol: `man clamd`, INSTREAM."""

import contextlib
import enum
import logging
import socket
from collections.abc import Iterable

from django.conf import settings

log = logging.getLogger(__name__)
SECONDS = 20


class Scan(enum.Enum):
    """What is known of a file. Whatever went wrong, it is not called clean."""

    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not_scanned"


def scan(pieces: Iterable[bytes]) -> Scan:
    """Return what clamd says of a file given in pieces; NOT_SCANNED without clamd, or where it does not answer."""
    if not settings.CLAMD:
        return Scan.NOT_SCANNED
    try:
        with _connected(settings.CLAMD) as wire:
            answer = _asked(wire, pieces)
    except OSError as error:
        log.warning("clamd does not answer: %s", type(error).__name__)
        return Scan.NOT_SCANNED
    if answer == b"stream: OK":
        return Scan.CLEAN
    if answer.startswith(b"stream: ") and answer.endswith(b" FOUND"):
        return Scan.INFECTED
    log.warning("clamd could not scan a file")
    return Scan.NOT_SCANNED


def _connected(address: str) -> socket.socket:
    """Connect to `unix:/path` or `host:port`."""
    if address.startswith("unix:"):
        wire = socket.socket(socket.AF_UNIX)
        wire.settimeout(SECONDS)
        try:
            wire.connect(address.removeprefix("unix:"))
        except OSError:
            wire.close()
            raise
        return wire
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)


def _asked(wire: socket.socket, pieces: Iterable[bytes]) -> bytes:
    wire.sendall(b"zINSTREAM\0")
    # Where it has seen enough it hangs up: its answer says what.
    with contextlib.suppress(BrokenPipeError):
        for piece in pieces:
            if piece:
                wire.sendall(len(piece).to_bytes(4, "big") + piece)
        wire.sendall(bytes(4))
    answer = b""
    while part := wire.recv(4096):
        answer += part
        if b"\0" in part:
            break
    return answer.rstrip(b"\0\n").strip()
