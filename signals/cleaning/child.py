"""The child process: reads one file from its input, writes it anew to its output, and can do nothing else.

The first line of the output is JSON: {"kind", "suffix", "filtered"} followed by the file, or {"refused": code}.
"""

import json
import sys

from signals.cleaning import films, papers, photos
from signals.cleaning.confinement import confine
from signals.cleaning.kinds import BROKEN, FILM, HUGE, PAPER, PHOTO, UNKNOWN, Refused, kind_of

CLEAN = {PHOTO: photos.clean, PAPER: papers.clean, FILM: films.clean}


def main() -> None:
    """Confine this process, then clean what comes in."""
    photos.prepare()
    films.prepare()
    filtered = confine()
    said, made = _cleaned(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps({**said, "filtered": filtered}).encode() + b"\n")
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()


def _cleaned(data: bytes) -> tuple[dict, bytes]:
    kind = kind_of(data[:1024])
    if kind is None:
        return {"refused": UNKNOWN}, b""
    try:
        made, suffix = CLEAN[kind](data)
    except Refused as refusal:
        return {"refused": refusal.args[0], "kind": kind}, b""
    except MemoryError:
        return {"refused": HUGE, "kind": kind}, b""
    except Exception:  # noqa: BLE001 – whatever a decoder makes of a broken file, it is refused
        return {"refused": BROKEN, "kind": kind}, b""
    return {"kind": kind, "suffix": suffix}, made
