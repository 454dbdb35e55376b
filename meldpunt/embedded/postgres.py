"""PostgreSQL: a cluster of our own, its roles and its databases."""

import os
import signal
import subprocess
from pathlib import Path

import psycopg2
from psycopg2 import sql

from .child import Child, free_port, stop_orphan
from .places import Person, postgres_programs
from .problems import ServerProblem

ROLES = {"meldpunt_owner": "LOGIN CREATEDB", "meldpunt_web": "LOGIN", "meldpunt_worker": "LOGIN"}
URL_OF = {
    "DATABASE_URL": "meldpunt_web",
    "WORKER_DATABASE_URL": "meldpunt_worker",
    "MIGRATION_DATABASE_URL": "meldpunt_owner",
}
# Neither statements nor values reach the log: they may hold what a referrer wrote.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "password_encryption": "scram-sha-256",
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_timezone": "UTC",
    "timezone": "UTC",
}


class Postgres:
    """One cluster in a folder; passwords is a dict of role name (and ``postgres``) to password."""

    def __init__(self, person: Person, folder: Path, passwords: dict[str, str], *, durable: bool = True):
        self.person, self.passwords, self.durable = person, passwords, durable
        self.room = person.folder(folder / "postgres")
        self.data = self.room / "data"
        self.child = Child("PostgreSQL", person, folder / "postgres.log")
        self.port = 0

    def start(self) -> None:
        """Make the cluster when it is not there, start it, and make roles and the database ``meldpunt``.

        Raises:
            ServerProblem: with the last lines of the log.
        """
        self.programs = postgres_programs(self.person)
        self._stop_orphan()
        if not (self.data / "PG_VERSION").exists():
            self._make_cluster()
        self._check_version()
        for _ in range(2):
            self.port = free_port()
            try:
                self._launch()
                break
            except ServerProblem as problem:
                if "in use" not in str(problem):
                    raise
        else:
            self._launch()
        self._make_roles()
        self.make_database("meldpunt")

    def restart(self) -> None:
        """Stop at once and start again on the same port, as a package upgrade would."""
        self.stop()
        self._launch()

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back."""
        self.child.stop(signal.SIGINT)

    def url(self, role: str, database: str = "meldpunt") -> str:
        """The address of a database for one role."""
        return f"postgresql://{role}:{self.passwords[role]}@127.0.0.1:{self.port}/{database}"

    def environment(self, database: str = "meldpunt") -> dict[str, str]:
        """The three addresses by the names of their environment variables."""
        return {name: self.url(role, database) for name, role in URL_OF.items()}

    def make_database(self, name: str, *, fresh: bool = False) -> dict[str, str]:
        """Make a database owned by meldpunt_owner where only our roles come in.

        Args:
            name: of the database.
            fresh: drop the one that is there first.

        Returns:
            Its three addresses, as ``environment``.
        """
        target = sql.Identifier(name)
        with self.administrator() as cursor:
            if fresh:
                cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(target))
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not cursor.fetchone():
                cursor.execute(sql.SQL("CREATE DATABASE {} OWNER meldpunt_owner").format(target))
            cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(target))
            cursor.execute(
                sql.SQL("GRANT CONNECT ON DATABASE {} TO meldpunt_web, meldpunt_worker").format(target)
            )
        return self.environment(name)

    def _make_cluster(self) -> None:
        """initdb; its time is about half a second."""
        secret = self.room / "password"
        secret.touch(mode=0o600)
        secret.write_text(self.passwords["postgres"])
        if os.geteuid() == 0:
            os.chown(secret, self.person.uid, self.person.gid)
        command = [str(self.programs / "initdb"), "-D", str(self.data), "-U", "postgres", "-E", "UTF8"]
        command += ["-A", "scram-sha-256", f"--pwfile={secret}", "--no-sync", "--no-instructions"]
        if self._major() >= 17:
            command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        else:
            command += ["--locale=C.UTF-8"]
        try:
            made = subprocess.run(
                command,
                cwd="/",
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
                **self.person.arguments(),
            )
        finally:
            secret.unlink()
        if made.returncode:
            raise ServerProblem(
                f"PostgreSQL cannot make its files in {self.data}:\n{made.stderr.strip()[-800:]}"
            )

    def _major(self) -> int:
        shown = subprocess.run(
            [str(self.programs / "postgres"), "--version"], capture_output=True, text=True, check=True,
            cwd="/", **self.person.arguments(),
        )  # fmt: skip
        return int(shown.stdout.split(")")[1].split()[0].split(".")[0])

    def _check_version(self) -> None:
        was = int((self.data / "PG_VERSION").read_text())
        if was != self._major():
            raise ServerProblem(
                f"The data in {self.data} is PostgreSQL {was}'s and this is {self._major()}; "
                "`make clean` forgets that data."
            )

    def _launch(self) -> None:
        command = [str(self.programs / "postgres"), "-D", str(self.data), "-p", str(self.port)]
        settings = SETTINGS if self.durable else {**SETTINGS, "fsync": "off", "full_page_writes": "off"}
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        self.child.start(command, ready=self._answers)

    def _answers(self) -> bool:
        try:
            psycopg2.connect(self.url("postgres", "postgres"), connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True

    def administrator(self) -> "Administrator":
        """A context that gives the superuser's cursor; for setting up and for tests of rights."""
        return Administrator(self.url("postgres", "postgres"))

    def _make_roles(self) -> None:
        with self.administrator() as cursor:
            for role, abilities in ROLES.items():
                cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
                verb = "ALTER" if cursor.fetchone() else "CREATE"
                cursor.execute(
                    sql.SQL("{} ROLE {} {} PASSWORD {}").format(
                        sql.SQL(verb),
                        sql.Identifier(role),
                        sql.SQL(abilities),
                        sql.Literal(self.passwords[role]),
                    )
                )

    def _stop_orphan(self) -> None:
        note = self.data / "postmaster.pid"
        if note.exists():
            stop_orphan(int(note.read_text().split()[0]), str(self.data), signal.SIGINT)


class Administrator:
    """A cursor of the cluster's superuser, outside a transaction; for setting up only."""

    def __init__(self, url: str):
        self.url = url

    def __enter__(self):
        self.connection = psycopg2.connect(self.url)
        self.connection.autocommit = True
        return self.connection.cursor()

    def __exit__(self, *problem):
        self.connection.close()
