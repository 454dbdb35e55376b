"""Files, sealed as a stream: random storage names on disk, nothing in clear, nothing half (security.md, key 6).

A file is written beside its place and moved there when its last piece is on disk, so that what has its name is
whole. Layout: format, header of the stream, then pieces of `PIECE` bytes (the last one shorter), each with its tag.
Every piece is bound to `v1|file|id`; the last carries TAG_FINAL, and nothing may follow it. Zeros behind the content
hide its length to an eighth at most; whoever holds the key knows how long it really is.
"""

import contextlib
import os
import time
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

import nacl.bindings as sodium
from django.conf import settings
from nacl import exceptions

from meldpunt.vault.crypto import FORMAT, CannotOpen

PIECE = 64 * 1024
SEALED_PIECE = PIECE + sodium.crypto_secretstream_xchacha20poly1305_ABYTES
HEADER_BYTES = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
FINAL = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
MESSAGE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
HALF = ".part"


def _context(file_id: uuid.UUID) -> bytes:
    return f"v1|file|{file_id}".encode()


def _folder() -> Path:
    folder = Path(settings.ATTACHMENTS_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def padded(size: int) -> int:
    """Return how long a content of `size` bytes becomes: at least 4096, at most an eighth longer.

    Source: PADMÉ, Nikitin and others, "Reducing Metadata Leakage from Encrypted Files", PETS 2019.
    """
    size = max(size, 4096)
    exponent = size.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (size + mask) & ~mask


def place_of(file_id: uuid.UUID) -> Path:
    """Return where a file lies."""
    return Path(settings.ATTACHMENTS_ROOT) / uuid.UUID(str(file_id)).hex


class Writer:
    """A file while it is being sealed; `add` pieces, then `finish`. What is not finished never gets its name.

    Args:
        file_id: a new random id.
        key: 32 bytes, for this file alone.

    Raises OSError where the disk is full.
    """

    def __init__(self, file_id: uuid.UUID, key: bytes) -> None:
        self.size = 0
        self._context, self._place, self._rest = _context(file_id), place_of(file_id), b""
        self._half = _folder() / f"{self._place.name}{HALF}"
        self._state = sodium.crypto_secretstream_xchacha20poly1305_state()
        header = sodium.crypto_secretstream_xchacha20poly1305_init_push(self._state, key)
        self._file = os.fdopen(os.open(self._half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._file.write(FORMAT + header)

    def add(self, data: bytes) -> None:
        """Seal the next bytes; they are written in pieces of one size."""
        self.size += len(data)
        self._take(data)

    def _take(self, data: bytes) -> None:
        data = self._rest + data
        # The last piece is kept back: only `finish` knows that it is the last.
        whole = max(0, (len(data) - 1) // PIECE) * PIECE
        for start in range(0, whole, PIECE):
            self._push(data[start : start + PIECE], MESSAGE)
        self._rest = data[whole:]

    def _push(self, piece: bytes, tag: int) -> None:
        self._file.write(
            sodium.crypto_secretstream_xchacha20poly1305_push(self._state, piece, self._context, tag)
        )

    def finish(self) -> None:
        """Seal the zeros and the last piece, and give the file its name."""
        zeros = padded(self.size) - self.size
        for start in range(0, zeros, PIECE):
            self._take(bytes(min(PIECE, zeros - start)))
        self._push(self._rest, FINAL)
        self._rest = b""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        os.replace(self._half, self._place)

    def drop(self) -> None:
        """Forget what is not finished; may be called twice, and after `finish`."""
        # Closing writes what is buffered: on a full disk that fails once more.
        with contextlib.suppress(OSError):
            self._file.close()
        self._half.unlink(missing_ok=True)


def write(file_id: uuid.UUID, key: bytes, pieces: Iterable[bytes]) -> int:
    """Seal `pieces` under `key` into the file `file_id`; returns how many bytes went in. Raises OSError."""
    writer = Writer(file_id, key)
    try:
        for piece in pieces:
            writer.add(piece)
        writer.finish()
    finally:
        writer.drop()
    return writer.size


def read(file_id: uuid.UUID, key: bytes, size: int) -> Iterator[bytes]:
    """Open a file of `size` bytes piece by piece.

    Raises CannotOpen where it is gone, cut off, longer than it was, changed, or another file. Whoever sends the
    pieces on must break off there: what came before the failure is not the file.
    """
    try:
        file = open(place_of(file_id), "rb")  # noqa: SIM115 – closed below, after the last piece
    except FileNotFoundError as error:
        raise CannotOpen from error
    with file:
        start = file.read(1 + HEADER_BYTES)
        if start[:1] != FORMAT or len(start) != 1 + HEADER_BYTES:
            raise CannotOpen
        left = size
        state, tag = sodium.crypto_secretstream_xchacha20poly1305_state(), MESSAGE
        sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, start[1:], key)
        while box := file.read(SEALED_PIECE):
            if tag == FINAL:
                raise CannotOpen
            try:
                piece, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, box, _context(file_id))
            except (exceptions.CryptoError, exceptions.TypeError, exceptions.ValueError) as error:
                raise CannotOpen from error
            if left > 0:
                yield piece[:left]
            left -= len(piece)
        if tag != FINAL or left > 0:
            raise CannotOpen


def delete(file_id: uuid.UUID) -> None:
    """Remove a file; nothing where it is gone already."""
    place_of(file_id).unlink(missing_ok=True)


def touch(file_id: uuid.UUID) -> None:
    """Let a file that no row names yet live on: the sweep goes by the time of its last change."""
    with contextlib.suppress(FileNotFoundError):
        os.utime(place_of(file_id))


def older_than(seconds: float) -> list[uuid.UUID]:
    """Return the ids of finished files that were not touched for so long; half files of that age are removed."""
    before, found = time.time() - seconds, []
    for path in _folder().iterdir():
        with contextlib.suppress(FileNotFoundError, ValueError):
            if path.stat().st_mtime < before:
                if path.suffix == HALF:
                    path.unlink(missing_ok=True)
                else:
                    found.append(uuid.UUID(path.name))
    return found
