"""Both servers together: what `make run` and the tests start."""

import fcntl
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from . import places
from .postgres import ROLES, URL_OF, Postgres
from .problems import FolderTaken, ServerProblem
from .redis import Redis


class Servers:
    """PostgreSQL and Redis for one state folder, unless the environment names others.

    Example:
        >>> servers = Servers(Path(".data"))
        >>> environment = servers.start()
        >>> servers.stop()
    """

    def __init__(self, state_dir: Path, *, durable: bool = True, outside: Mapping[str, str] | None = None):
        """Args:
        state_dir: folder of ours for passwords and data; made when it is not there.
        durable: False spares fsync; for tests only.
        outside: the environment to look in for addresses, ``os.environ`` when None.
        """
        self.state = Path(state_dir).resolve()
        self.durable = durable
        self.outside = os.environ if outside is None else outside
        self.postgres: Postgres | None = None
        self.redis: Redis | None = None
        self._lock = None

    @property
    def embedded(self) -> bool:
        """Whether at least one server is ours."""
        return bool(self.postgres or self.redis)

    def start(self) -> dict[str, str]:
        """Start what the environment does not name.

        Returns:
            DATABASE_URL, WORKER_DATABASE_URL, MIGRATION_DATABASE_URL and REDIS_URL.

        Raises:
            ServerProblem: one sentence for the person at the keyboard.
        """
        given_databases = self._given(URL_OF)
        given_redis = self._given(["REDIS_URL"])
        if given_databases and given_redis:
            return given_databases | given_redis
        self._take_folder()
        person = places.who_serves()
        folder = places.data_folder(person, self.state)
        self._check_whose(folder)
        passwords = self._passwords()
        try:
            if not given_databases:
                self.postgres = Postgres(person, folder, passwords, durable=self.durable)
                self.postgres.start()
            if not given_redis:
                self.redis = Redis(person, folder, passwords["redis"])
                self.redis.start()
        except BaseException:
            self.stop()
            raise
        databases = given_databases or self.postgres.environment()
        return databases | (given_redis or {"REDIS_URL": self.redis.url()})

    def stop(self) -> None:
        """Stop what was started, in order; may be called twice."""
        for server in (self.redis, self.postgres):
            if server:
                server.stop()
        if self._lock:
            self._lock.close()
            self._lock = None

    def restart_postgres(self) -> None:
        """Stop PostgreSQL and start it again at the same address."""
        self.postgres.restart()

    def stop_redis(self) -> None:
        """Redis refuses from now on."""
        self.redis.stop()

    def start_redis(self) -> None:
        """Redis is back at the same address with what it had."""
        self.redis.start()

    def _given(self, names) -> dict[str, str]:
        """Addresses from the environment: all of the names, or none."""
        found = {}
        for name in names:
            value = self.outside.get(name, "")
            path = self.outside.get(f"{name}_FILE", "")
            if path and not value:
                value = Path(path).read_text().strip()
            if value:
                found[name] = value
        missing = [name for name in names if name not in found]
        if found and missing:
            raise ServerProblem(
                f"{', '.join(found)} is set but {', '.join(missing)} is not: set all of them or none."
            )
        return found

    def _take_folder(self) -> None:
        self.state.mkdir(mode=0o711, parents=True, exist_ok=True)
        self._lock = open(self.state / "servers.lock", "a")  # noqa: SIM115 - held until stop()
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.close()
            self._lock = None
            raise FolderTaken(f"The servers in {self.state} run already, for another command.") from None

    def _check_whose(self, folder: Path) -> None:
        """Refuse data of an earlier checkout at the same place, whose passwords went with it; nobody deletes it unasked."""
        if (folder / "postgres" / "data" / "PG_VERSION").exists() and not (self.state / "servers.json").exists():
            self._lock.close()
            raise ServerProblem(f"{folder} holds data of an earlier copy, and its passwords are gone: `make clean` forgets it.")

    def _passwords(self) -> dict[str, str]:
        """Random passwords, made once for this folder."""
        path = self.state / "servers.json"
        known = json.loads(path.read_text()) if path.exists() else {}
        wanted = ["postgres", *ROLES, "redis"]
        if not all(name in known for name in wanted):
            known = {name: known.get(name) or secrets.token_hex(24) for name in wanted}
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                json.dump(known, file)
        return known
