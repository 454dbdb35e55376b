"""Checking the chain, and keeping its head in a file that the owner of the database cannot write.

The file is settings.AUDIT_HEADS: one line an hour, "time count hash". Without it a cut tail cannot be seen.
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from meldpunt.audit.models import Entry

START = bytes(32)


@dataclass(frozen=True)
class Head:
    """How long the log was at some time, and the hash of its last row (32 zero bytes when it was empty)."""

    at: str
    count: int
    hash: bytes

    def line(self) -> str:
        return f"{self.at} {self.count} {self.hash.hex()}\n"


@dataclass
class Verdict:
    """What a check found: how many rows hold, what is wrong, and how many rows no head vouches for yet."""

    rows: int = 0
    problems: list[str] = field(default_factory=list)
    unsealed: int = 0


def canonical(entry: Entry) -> bytes:
    """Return the bytes that the hash of `entry` covers: version 1, every part with its length, times in UTC.

    The trigger in migration 0001 makes the same bytes; parts are the fields, the number of rows, the rows,
    the hash before. A part that is null is "-".
    """
    parts = [
        str(entry.pk),
        entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        None if entry.user_id is None else str(entry.user_id),
        entry.role,
        None if entry.team_id is None else str(entry.team_id),
        *(entry.act, entry.object_kind, entry.object_id, entry.purpose, entry.source, entry.result),
        str(len(entry.rows)),
        *entry.rows,
        bytes(entry.previous_hash).hex(),
    ]
    return "".join(["v1", *("|-" if part is None else f"|{len(part)}:{part}" for part in parts)]).encode()


def current_head() -> Head:
    """Return the head of the log as it stands."""
    last = Entry.objects.order_by("-id").values_list("id", "hash").first()
    count, digest = last or (0, START)
    return Head(datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), count, bytes(digest))


def append_head(path: str | Path) -> Head:
    """Add the head of the log to the file at `path`, down to the disk. Raises OSError."""
    head = current_head()
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(descriptor, head.line().encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return head


def read_heads(path: str | Path) -> list[Head]:
    """Return the heads in the file at `path`. Raises OSError, and ValueError on a line that is none."""
    heads = []
    for line in Path(path).read_text(encoding="ascii").splitlines():
        at, count, digest = line.split()
        heads.append(Head(at, int(count), bytes.fromhex(digest)))
    return heads


def verify(heads: Iterable[Head] = ()) -> Verdict:
    """Compute the whole chain again and hold it against `heads`; stops at the first row that does not fit."""
    verdict, previous = Verdict(), START
    expected = _by_count(heads, verdict)
    sealed = max(expected, default=0)
    _compare(expected.pop(0, None), START, verdict)
    if verdict.problems:
        return verdict
    for entry in Entry.objects.order_by("id").iterator(chunk_size=2000):
        if entry.pk != verdict.rows + 1:
            verdict.problems.append(f"Row {verdict.rows + 1} is missing.")
        elif bytes(entry.previous_hash) != previous:
            verdict.problems.append(f"Row {entry.pk} does not follow row {entry.pk - 1}.")
        elif hashlib.sha256(canonical(entry)).digest() != bytes(entry.hash):
            verdict.problems.append(f"Row {entry.pk} was changed.")
        else:
            _compare(expected.pop(entry.pk, None), bytes(entry.hash), verdict)
        if verdict.problems:
            return verdict
        previous = bytes(entry.hash)
        verdict.rows += 1
    if expected:
        verdict.problems.append(f"The log was {sealed} rows long and has {verdict.rows}: its tail was cut.")
    verdict.unsealed = max(0, verdict.rows - sealed)
    return verdict


def _by_count(heads: Iterable[Head], verdict: Verdict) -> dict[int, Head]:
    """Return the heads by count; a log that became shorter, or got another row there, is a problem."""
    expected, longest = {}, 0
    for head in heads:
        if head.count < longest:
            verdict.problems.append(f"At {head.at} the log had {head.count} rows, before that {longest}.")
        _compare(expected.get(head.count), head.hash, verdict)
        expected.setdefault(head.count, head)
        longest = max(longest, head.count)
    return expected


def _compare(head: Head | None, digest: bytes, verdict: Verdict) -> None:
    if head is not None and head.hash != digest:
        verdict.problems.append(f"Row {head.count} is not the one of {head.at}: the log was written anew.")
