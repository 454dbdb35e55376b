"""Redis (Valkey): the broker and the limits' memory, kept on disk."""

import signal
from pathlib import Path

from redis import Redis as Client
from redis.exceptions import RedisError

from .child import Child, free_port, stop_orphan
from .places import Person, redis_program


class Redis:
    """One server in a folder; everything it is told survives it (appendonly), nothing is thrown out."""

    def __init__(self, person: Person, folder: Path, password: str):
        self.person, self.password = person, password
        self.data = person.folder(folder / "redis")
        self.child = Child("Redis", person, folder / "redis.log")
        self.port = 0

    def start(self) -> None:
        """Start; the second time on the same port.

        Raises:
            ServerProblem: with the last lines of the log.
        """
        note = self.data / "pid"
        if note.exists() and note.read_text().strip().isdigit():
            stop_orphan(int(note.read_text()), f"127.0.0.1:{self._noted_port()}", signal.SIGTERM)
            note.unlink(missing_ok=True)
        self.port = self.port or free_port()
        self.child.start([str(redis_program(self.person)), "-"], ready=self._answers, feed=self._settings())
        (self.data / "port").write_text(str(self.port))

    def stop(self) -> None:
        """Stop in order; what it holds is on disk."""
        self.child.stop(signal.SIGTERM)

    def freeze(self) -> None:
        """Hang: it keeps its connections and answers nothing."""
        self.child.send(signal.SIGSTOP)

    def thaw(self) -> None:
        """Go on after freeze()."""
        self.child.send(signal.SIGCONT)

    def url(self, number: int = 0) -> str:
        """The address of one of its sixteen numbered databases."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/{number}"

    def _noted_port(self) -> str:
        try:
            return (self.data / "port").read_text().strip()
        except OSError:
            return "none"

    def _settings(self) -> bytes:
        """Given on standard input, so that the password is in no command line and no file."""
        lines = {
            "bind": "127.0.0.1",
            "port": self.port,
            "requirepass": self.password,
            "dir": self.data,
            "pidfile": self.data / "pid",
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": '""',
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
            "databases": 16,
            "tcp-keepalive": 60,
        }
        return "".join(f"{name} {value}\n" for name, value in lines.items()).encode()

    def client(self) -> Client:
        """A client that gives up soon and does not try again."""
        return Client(
            port=self.port, password=self.password, retry=None, socket_timeout=2, socket_connect_timeout=2
        )

    def _answers(self) -> bool:
        try:
            return bool(self.client().ping())
        except RedisError:
            return False
