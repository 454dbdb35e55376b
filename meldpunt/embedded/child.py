"""One server as a child process with a log of its own."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from .places import Person
from .problems import ServerProblem, last_lines


def free_port() -> int:
    """A port on the loopback interface that nobody has at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Child:
    """A server process. It gets its own session, so that Ctrl-C reaches only us and we stop it in order."""

    def __init__(self, name: str, person: Person, log: Path):
        self.name, self.person, self.log = name, person, log
        self.process: subprocess.Popen | None = None

    def start(self, command: list[str], *, ready, feed: bytes = b"", seconds: float = 30) -> None:
        """Start and wait until ``ready()`` is true.

        Raises:
            ServerProblem: it ended, or was not ready in time; with the last lines of its log.
        """
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd="/",
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
                **self.person.arguments(),
            )
        self.process.stdin.write(feed)
        self.process.stdin.close()
        end = time.monotonic() + seconds
        while not ready():
            if self.process.poll() is not None or time.monotonic() > end:
                self.stop(signal.SIGKILL)
                raise ServerProblem(
                    f"{self.name} does not start. The end of {self.log}:\n{last_lines(self.log)}"
                )
            time.sleep(0.02)

    @property
    def pid(self) -> int | None:
        """Its process id, or None when it does not run."""
        return self.process.pid if self.process and self.process.poll() is None else None

    def send(self, number: int) -> None:
        """Send a signal; nothing when it does not run."""
        if self.pid:
            os.kill(self.pid, number)

    def stop(self, number: int, seconds: float = 15) -> None:
        """Ask it to stop, wait, and insist."""
        if not self.pid:
            return
        self.send(number)
        self.send(signal.SIGCONT)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)


def stop_orphan(pid: int, sign: str, number: int, seconds: float = 15) -> None:
    """Stop a server that outlived the command that started it; ``sign`` must be in its command line."""
    if sign not in _command_line(pid):
        return
    os.kill(pid, number)
    end = time.monotonic() + seconds
    while sign in _command_line(pid):
        if time.monotonic() > end:
            os.kill(pid, signal.SIGKILL)
            time.sleep(0.5)
            return
        time.sleep(0.05)


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        pass
    try:
        shown = subprocess.run(
            ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, timeout=5
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return shown.stdout
