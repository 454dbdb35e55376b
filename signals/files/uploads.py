"""Taking a file in: sealed under a key of its own while it comes in, cleaned, scanned, sealed once more.

The key of what comes in lives in this request alone. At no moment lies a piece of a file on disk in clear, and no
whole file is in the memory of the web process.
"""

import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from meldpunt.vault import crypto, streams
from signals.cleaning import kinds, parent, scanning
from signals.cleaning.kinds import Refused
from signals.cleaning.scanning import Scan
from signals.content import FileNote

log = logging.getLogger(__name__)
MOST = 5
LARGEST = 20_000_000
# A body that is longer than this is not read to its end, also not to say kindly how large it was.
LONGEST_BODY = 3 * LARGEST
NAME_LENGTH = 120
EMPTY, TOO_BIG, TOO_MANY, MISMATCH = "empty", "too_big", "too_many", "mismatch"
INFECTED, FAILED, BUSY = "infected", "failed", "busy"
# Two files at a time are cleaned for one web process: filing always finds a free thread and a share of the machine.
AT_ONCE, PATIENCE = 2, 10
_places = threading.BoundedSemaphore(AT_ONCE)


class Received:
    """A file that came in, sealed under a key that is nowhere else: its name, how long it was, its pieces."""

    def __init__(self, name: str) -> None:
        self.file_id, self.key, self.size = uuid.uuid4(), crypto.new_key(), 0
        self.name = shown_name(name)
        self.failed, self.whole = False, False
        self._writer = None

    def add(self, piece: bytes) -> None:
        """Take the next bytes; beyond `LARGEST` they are only counted."""
        self.size += len(piece)
        if self.failed or self.size > LARGEST:
            return
        try:
            self._writer = self._writer or streams.Writer(self.file_id, self.key)
            self._writer.add(piece)
        except OSError as error:
            self._fail(error)

    def finish(self) -> None:
        """The last byte is there."""
        self.whole = True
        if self._writer is None or self.failed or self.size > LARGEST:
            return
        try:
            self._writer.finish()
        except OSError as error:
            self._fail(error)

    def _fail(self, error: OSError) -> None:
        log.error("a file could not be kept while it came in: errno %s", error.errno)
        self.failed = True
        self.drop()

    def pieces(self) -> Iterator[bytes]:
        """Read it back."""
        return streams.read(self.file_id, self.key, self.size)

    def drop(self) -> None:
        """Forget it."""
        if self._writer is not None:
            self._writer.drop()
            streams.delete(self.file_id)


class SealingHandler(FileUploadHandler):
    """Django's upload handler for pages that take a file: one file, called `file`; others are passed over."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.received: Received | None = None

    def new_file(self, field_name, file_name, *args, **kwargs) -> None:
        if field_name != "file" or self.received is not None:
            raise SkipFile
        self.received = Received(file_name)
        super().new_file(field_name, file_name, *args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received.add(raw_data)

    def file_complete(self, file_size: int) -> None:
        self.received.finish()

    def drop(self) -> None:
        """Forget what came in."""
        if self.received is not None:
            self.received.drop()


def taking_a_file(view: Callable) -> Callable:
    """Let a view take a file as `request.received` (None where none was chosen), and forget the incoming copy.

    The handler must be in place before anything reads the form, the check against forged posts included: that check
    therefore stands inside. Raises RequestDataTooBig.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def taken(request, *args, **kwargs):
        request.received = None
        if request.method != "POST":
            return protected(request, *args, **kwargs)
        if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_BODY:
            raise RequestDataTooBig
        handler = SealingHandler(request)
        request.upload_handlers = [handler]
        try:
            request.POST  # noqa: B018 – reads the form, and with it the file
            request.received = handler.received
            return protected(request, *args, **kwargs)
        finally:
            handler.drop()

    return taken


def shown_name(name: str) -> str:
    """Return the last part of a file's name without signs that are not shown, at most `NAME_LENGTH` long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    readable = "".join(sign for sign in last if sign.isprintable()).strip() or "bestand"
    stem, dot, suffix = readable.rpartition(".")
    if len(readable) > NAME_LENGTH and dot and len(suffix) < 10:
        return f"{stem[: NAME_LENGTH - len(suffix) - 1]}.{suffix}"
    return readable[:NAME_LENGTH]


@contextmanager
def _place() -> Iterator[None]:
    if not _places.acquire(timeout=PATIENCE):
        raise Refused(BUSY)
    try:
        yield
    finally:
        _places.release()


@contextmanager
def _kept(file_id: uuid.UUID) -> Iterator[None]:
    """Forget the file again unless all went well."""
    try:
        yield
    except BaseException:
        streams.delete(file_id)
        raise


def take(received: Received) -> FileNote:
    """Scan, clean and keep a file that came in; returns its note, with the key that opens it.

    Raises Refused with a code of `kinds` or of this module. Nothing is kept then.
    """
    if received.failed or not received.whole:
        raise Refused(FAILED)
    if received.size > LARGEST:
        raise Refused(TOO_BIG)
    if not received.size:
        raise Refused(EMPTY)
    _check_claim(received)
    with _place():
        return _cleaned(received)


def _cleaned(received: Received) -> FileNote:
    scanned = scanning.scan(received.pieces())
    if scanned is Scan.INFECTED:
        raise Refused(INFECTED)
    file_id, key = uuid.uuid4(), crypto.new_key()
    with _kept(file_id):
        try:
            cleaned = parent.clean(received.pieces())
            size = streams.write(file_id, key, cleaned.pieces)
        except OSError as error:
            log.error("a file could not be kept: errno %s", error.errno)
            raise Refused(FAILED) from error
    return FileNote(
        id=str(file_id),
        key=key.hex(),
        name=f"{received.name.rpartition('.')[0] or received.name}.{cleaned.suffix}",
        kind=cleaned.kind,
        suffix=cleaned.suffix,
        size=size,
        scanned=scanned is Scan.CLEAN,
    )


def _check_claim(received: Received) -> None:
    pieces = received.pieces()
    is_really, says = kinds.kind_of(next(pieces)[:1024]), kinds.claimed(received.name)
    pieces.close()
    if says is not None and is_really is not None and is_really != says:
        raise Refused(MISMATCH)
