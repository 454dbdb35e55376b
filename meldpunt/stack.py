"""A complete Meldpunt on this machine: web, worker and beat as processes, each with only the secrets it needs.

`make run` and the tests start it the same way; production has docker-compose.yml instead.
"""

import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from nacl.signing import SigningKey
from redis import Redis
from redis.exceptions import RedisError, ResponseError

from meldpunt.embedded import ServerProblem
from meldpunt.embedded.problems import last_lines

CHECKOUT = Path(__file__).resolve().parents[1]
DATABASE_OF = {"web": "DATABASE_URL", "worker": "WORKER_DATABASE_URL", "migration": "MIGRATION_DATABASE_URL"}
SECRETS = ("SECRET_KEY", "WORKER_SECRET_KEY", "WEB_SECRET", "PEPPER", "TRUST_ROOT", "TRUST_ROOT_SECRET")
# In this order; the process that runs it, what it does in words, the command.
PREPARATIONS = (
    ("migration", "tables", "migrate"),
    ("migration", "rights of the roles", "grant_roles"),
    ("migration", "municipalities and postcodes", "load_reference"),
    ("web", "practice data", "make_practice"),
)


def practice_secrets(path: Path) -> dict[str, str]:
    """Random secrets for practice, made once and kept in a file that only its owner reads.

    ``TRUST_ROOT`` and ``TRUST_ROOT_SECRET`` are the two halves of the root key that in production stays
    offline; the secret half goes to make_practice only.
    """
    if path.exists():
        return json.loads(path.read_text())
    root = SigningKey.generate()
    made = {
        "SECRET_KEY": f"practice-{secrets.token_urlsafe(48)}",
        "WORKER_SECRET_KEY": f"practice-{secrets.token_urlsafe(48)}",
        "WEB_SECRET": f"practice-{secrets.token_urlsafe(48)}",
        "PEPPER": secrets.token_hex(32),
        "TRUST_ROOT": f"practice-{bytes(root.verify_key).hex()}",
        "TRUST_ROOT_SECRET": bytes(root).hex(),
    }
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(made, file, indent=1)
    return made


def environment_for(
    process: str, addresses: dict[str, str], known: dict[str, str], state: Path, mode: str = "practice"
) -> dict[str, str]:
    """The environment of one process: its own database role and its own secrets, no other's.

    Args:
        process: web, worker or migration.
        addresses: the four addresses of ``Servers.start()``.
        known: of ``practice_secrets``.
        state: folder for the files that web and worker keep.
        mode: practice or test.
    """
    ours = {*SECRETS, *DATABASE_OF.values(), "REDIS_URL"}
    ours |= {f"{name}_FILE" for name in ours}
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    found = {
        **inherited,
        "MELDPUNT_MODE": mode,
        "MELDPUNT_PROCESS": process,
        "DJANGO_SETTINGS_MODULE": "meldpunt.settings",
        "PYTHONUNBUFFERED": "1",
        "REDIS_URL": addresses["REDIS_URL"],
        DATABASE_OF[process]: addresses[DATABASE_OF[process]],
        "AUDIT_HEADS": str(state / "audit-heads"),
        "ATTACHMENTS_ROOT": str(state / "files"),
    }
    if process == "migration":  # grants rights, so it must know the names of all roles
        found |= {name: addresses[name] for name in DATABASE_OF.values()}
    if process == "worker":
        return found | {"SECRET_KEY": known["WORKER_SECRET_KEY"]}
    found |= {name: known[name] for name in ("SECRET_KEY", "WEB_SECRET", "PEPPER", "TRUST_ROOT")}
    return found | {"TRUST_STATE": str(state / "trust.json"), "PRACTICE_FILE": str(state / "practice.json")}


class Running:
    """One process with its children, in a session of its own and with a log of its own."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str], log: Path):
        self.name, self.command, self.environment, self.log = name, command, environment, log
        self.process: subprocess.Popen | None = None

    @property
    def pid(self) -> int | None:
        """Its process id, or None when it does not run."""
        return self.process.pid if self.process and self.process.poll() is None else None

    def start(self) -> None:
        """Start without waiting until it is ready."""
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=CHECKOUT, env=self.environment, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def stop(self, seconds: float = 15) -> None:
        """Ask it to stop, wait, and insist."""
        if self.pid:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)
        self.kill9()

    def kill9(self) -> None:
        """Kill it and its children, as a crash or the kernel short of memory would."""
        if not self.process:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def failed(self) -> ServerProblem:
        """The problem to raise when it does not start, with the end of its log."""
        return ServerProblem(
            f"{self.name} does not start. The end of {self.log}:\n{last_lines(self.log, 15)}"
        )


class Worker(Running):
    """The Celery worker; ``start`` waits until it listens to the broker."""

    def start(self, seconds: float = 30) -> None:
        """Start, and wait until Redis sees one more listener."""
        before = self._listeners()
        super().start()
        end = time.monotonic() + seconds
        while (now := self._listeners()) is not None and now <= (before or 0):
            if not self.pid or time.monotonic() > end:
                raise self.failed()
            time.sleep(0.05)

    def _listeners(self) -> int | None:
        """How many clients wait for tasks; None where the broker does not tell."""
        with Redis.from_url(
            self.environment["REDIS_URL"], socket_timeout=2, socket_connect_timeout=2
        ) as client:
            number = str(client.connection_pool.connection_kwargs.get("db", 0))
            try:
                clients = client.client_list()
            except ResponseError:
                return None
            except RedisError:
                return 0
        return sum(one["cmd"] == "brpop" and one["db"] == number for one in clients)


class Stack:
    """Web, worker and beat for one set of addresses.

    Example:
        >>> stack = Stack(addresses, state, port=8000)
        >>> stack.prepare(); stack.start()
        >>> stack.url
        'http://localhost:8000'
        >>> stack.worker.kill9(); stack.worker.start()
        >>> stack.stop()
    """

    def __init__(
        self,
        addresses: dict[str, str],
        state: Path,
        *,
        port: int,
        known: dict[str, str] | None = None,
        mode: str = "practice",
    ):
        self.state, self.port = state, port
        self.secrets = known or practice_secrets(state / "secrets.json")
        self.url = f"http://localhost:{port}"
        self.logs = state / "logs"
        self.logs.mkdir(mode=0o700, exist_ok=True)
        (CHECKOUT / "staticfiles").mkdir(exist_ok=True)  # WhiteNoise looks there; practice serves from static/
        self.env = {}
        for process in DATABASE_OF:
            environment = environment_for(process, addresses, self.secrets, state, mode)
            self.env[process] = environment | {"SITE_URL": self.url}
        self.web = Running("The web process", self._web_command(), self.env["web"], self.logs / "web.log")
        celery = [sys.executable, "-m", "celery", "-A", "meldpunt"]
        self.worker = Worker(
            "The worker",
            [*celery, "worker", "--without-gossip", "--without-mingle", "--concurrency=2", "--loglevel=INFO"],
            self.env["worker"],
            self.logs / "worker.log",
        )
        schedule = f"--schedule={state / 'beat-schedule'}"
        self.beat = Running(
            "The beat",
            [*celery, "beat", schedule, "--pidfile=", "--loglevel=WARNING"],
            self.env["worker"],
            self.logs / "beat.log",
        )

    @property
    def accounts(self) -> list[dict]:
        """The practice accounts: name, email, role, team, password, totp_secret, recovery_code."""
        return json.loads((self.state / "practice.json").read_text())

    @property
    def processes(self) -> tuple[Running, ...]:
        """Web, worker and beat."""
        return (self.web, self.worker, self.beat)

    def manage(self, command: str, *arguments: str, process: str = "web") -> str:
        """Run a management command to its end and return what it printed.

        Raises:
            ServerProblem: it failed; with the end of what it printed.
        """
        environment = dict(self.env[process])
        if command == "make_practice":
            environment["TRUST_ROOT_SECRET"] = self.secrets["TRUST_ROOT_SECRET"]
        done = subprocess.run(
            [sys.executable, "manage.py", command, *arguments], cwd=CHECKOUT, env=environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        (self.logs / f"{command}.log").write_text(done.stdout)
        if done.returncode:
            end = last_lines(self.logs / f"{command}.log", 15)
            raise ServerProblem(f"`manage.py {command}` failed:\n{end}")
        return done.stdout

    def prepare(self, tell=lambda words: None) -> None:
        """Tables, rights, reference data and practice data, in that order."""
        for process, words, command in PREPARATIONS:
            tell(words)
            self.manage(command, process=process)

    def start(self) -> None:
        """Start all three and wait for the first page."""
        self.web.start()
        self.beat.start()
        self.worker.start()
        self._note()
        self.wait_for_page()

    def stop(self) -> None:
        """Stop all three; may be called twice."""
        for running in self.processes:
            if running.pid:
                running.process.terminate()
        for running in self.processes:
            running.stop()
        (self.state / "processes.json").unlink(missing_ok=True)

    def wait_for_page(self, seconds: float = 30) -> None:
        """Wait until the landing page answers 200.

        Raises:
            ServerProblem: the web process ended, or its answer is an error.
        """
        end = time.monotonic() + seconds
        while True:
            try:
                urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
                    f"http://127.0.0.1:{self.port}/", timeout=5
                ).close()
                return
            except urllib.error.HTTPError as problem:
                raise ServerProblem(
                    f"The first page answers {problem.code}. The end of {self.web.log}:\n"
                    f"{last_lines(self.web.log, 15)}"
                ) from None
            except OSError:
                if not self.web.pid or time.monotonic() > end:
                    raise self.web.failed() from None
                time.sleep(0.05)

    def _note(self) -> None:
        """Keep the process ids, so that the next command can stop what a crash of this one left."""
        (self.state / "processes.json").write_text(json.dumps([one.pid for one in self.processes if one.pid]))

    def _web_command(self) -> list[str]:
        command = [sys.executable, "-m", "gunicorn", "meldpunt.wsgi", "--worker-class=gthread", "--workers=2"]
        command += [
            "--threads=4",
            f"--bind=127.0.0.1:{self.port}",
            "--log-level=warning",
            "--no-control-socket",
        ]
        if Path("/dev/shm").is_dir():
            command.append("--worker-tmp-dir=/dev/shm")
        return command
