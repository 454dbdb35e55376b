"""Resident memory of a process with its children."""

from pathlib import Path

MB = 1 << 20


def megabytes(session: int) -> float:
    """The resident memory of all processes of a session; shared pages count once for each."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[1].split()
            if int(fields[3]) == session:
                total += int(fields[21]) * 4096
        except (OSError, IndexError):
            continue
    return total / MB
