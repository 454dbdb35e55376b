"""What can go wrong with a server, in one sentence."""

from pathlib import Path


class ServerProblem(Exception):
    """A server cannot be started or used; the text is one sentence for the person who typed the command."""


class FolderTaken(ServerProblem):
    """Another command runs servers in this state folder."""


def last_lines(log: Path, count: int = 8) -> str:
    """The last lines of a log, indented; empty when there is none."""
    try:
        lines = log.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    return "\n".join(f"    {line}" for line in lines[-count:])
