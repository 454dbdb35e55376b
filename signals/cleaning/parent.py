"""Starts the cleaning child and carries bytes to and from it; keeps no whole file in memory."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from signals.cleaning.kinds import BROKEN, HUGE, LOCKED, SUFFIXES, TOO_LONG, UNKNOWN, Refused

CHECKOUT = Path(__file__).resolve().parents[2]
START = f"import sys; sys.path.insert(0, {str(CHECKOUT)!r}); from signals.cleaning import child; child.main()"
PIECE = 64 * 1024
# Longer than the child's own limit on computing: this one counts waiting too.
SECONDS = 110
LARGEST = 60_000_000
LONGEST_ANSWER = 4096
REFUSALS = (UNKNOWN, BROKEN, LOCKED, HUGE, TOO_LONG)


@dataclass
class Cleaned:
    """A file that was written anew: photo, pdf or film, the suffix of its format, and its content in pieces.

    `pieces` must be read to the end: only then is it known that the child came to a good end. `filtered` tells
    whether the filter on system calls held.
    """

    kind: str
    suffix: str
    filtered: bool
    pieces: Iterator[bytes]


def clean(pieces: Iterable[bytes]) -> Cleaned:
    """Clean a file given in pieces; raises Refused, also while `Cleaned.pieces` is read.

    The child gets an empty environment, no open file but its three, and the root folder to stand in.
    """
    child = subprocess.Popen(
        [sys.executable, "-I", "-c", START], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, env={}, cwd="/", close_fds=True, start_new_session=True,
    )  # fmt: skip
    clock = threading.Timer(SECONDS, child.kill)
    clock.daemon = True
    clock.start()
    try:
        _give(child, pieces)
        said = answer_of(child.stdout.readline(LONGEST_ANSWER))
    except BaseException:
        _end(child, clock)
        raise
    if said is None or "refused" in said:
        code = _end(child, clock)
        raise Refused(said["refused"] if said else _why(code))
    return Cleaned(said["kind"], said["suffix"], said["filtered"], _taken(child, clock))


def answer_of(line: bytes) -> dict | None:
    """Return what the first line of a child says: {"kind", "suffix", "filtered"} or {"refused"}; None where nothing.

    A child that read a hostile file is not believed: only kinds, suffixes and codes that we know count.
    """
    if not line:
        return None
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return {"refused": BROKEN}
    said = said if isinstance(said, dict) else {}
    kind, suffix, refused = (str(said.get(name, "")) for name in ("kind", "suffix", "refused"))
    if refused:
        return {"refused": refused if refused in REFUSALS else BROKEN}
    if suffix not in SUFFIXES.get(kind, ()):
        return {"refused": BROKEN}
    return {"kind": kind, "suffix": suffix, "filtered": said.get("filtered") is True}


def _give(child: subprocess.Popen, pieces: Iterable[bytes]) -> None:
    try:
        for piece in pieces:
            child.stdin.write(piece)
        child.stdin.close()
    except BrokenPipeError:
        return  # it died of what it read: its answer, or the lack of one, says how


def _taken(child: subprocess.Popen, clock: threading.Timer) -> Iterator[bytes]:
    size = 0
    try:
        while piece := child.stdout.read(PIECE):
            size += len(piece)
            if size > LARGEST:
                raise Refused(HUGE)
            yield piece
        clock.cancel()
        if child.wait(10):
            raise Refused(BROKEN)
    finally:
        _end(child, clock)


def _end(child: subprocess.Popen, clock: threading.Timer) -> int:
    """Make sure that the child is gone; returns how it ended (negative: by which signal)."""
    clock.cancel()
    with_answer = child.poll()
    if with_answer is None:
        try:
            with_answer = child.wait(1)
        except subprocess.TimeoutExpired:
            os.kill(child.pid, signal.SIGKILL)
            with_answer = child.wait(10)
    for pipe in (child.stdin, child.stdout):
        with contextlib.suppress(BrokenPipeError):
            pipe.close()
    return with_answer


def _why(code: int) -> str:
    """What the end of a child without an answer tells."""
    return TOO_LONG if code in (-signal.SIGXCPU, -signal.SIGKILL) else BROKEN
