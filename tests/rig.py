"""Servers for the tests, started before Django reads its settings (a pytest plugin, see pyproject.toml).

The test process speaks to PostgreSQL as the owner of the tables, so that pytest-django can make and flush
its database. The processes of the ``stack`` fixture (conftest.py) use the real, smaller roles.
"""

import atexit
import os
import shutil
from pathlib import Path

import pytest

from meldpunt.embedded import FolderTaken, ServerProblem, Servers
from meldpunt.stack import CHECKOUT, practice_secrets

SESSIONS = 8
SET_HERE = "MELDPUNT_RIG"  # names of the environment that a session set: its parallel processes start without them
servers: Servers
STATE: Path
UNIT: Path
STACK: Path
addresses: dict[str, str] = {}
known: dict[str, str] = {}


def pytest_addoption(parser):
    """The first hook of all: pytest-django reads the settings soon after."""
    try:
        begin()
    except ServerProblem as problem:
        raise pytest.UsageError(str(problem)) from None


def pytest_report_header(config):
    """Say which servers are used."""
    kind = "embedded" if servers.embedded else "from the environment"
    return f"servers: {kind}; data in {STATE.relative_to(CHECKOUT)}"


def pytest_unconfigure(config):
    """Stop what was started."""
    servers.stop()


def begin() -> None:
    """Start the servers, forget the files of an earlier session, and set the environment."""
    global servers, STATE, UNIT, STACK
    for name in os.environ.pop(SET_HERE, "").split():
        os.environ.pop(name, None)
    servers = start_servers()
    atexit.register(servers.stop)
    STATE, UNIT, STACK = servers.state, servers.state / "unit", servers.state / "stack"
    for folder in (UNIT, STACK):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    known.update(practice_secrets(STATE / "secrets.json"))
    if servers.postgres:
        with servers.postgres.administrator() as cursor:
            cursor.execute("GRANT meldpunt_web, meldpunt_worker TO meldpunt_owner")
    if servers.redis:
        servers.redis.client().flushall()
    environment = unit_environment(UNIT)
    os.environ[SET_HERE] = " ".join(name for name in environment if name not in os.environ)
    os.environ.update(environment)


def start_servers() -> Servers:
    """Start in the first folder that no other session of the tests uses."""
    for number in range(1, SESSIONS + 1):
        starting = Servers(CHECKOUT / ".data" / f"test-{number}", durable=False)
        try:
            addresses.update(starting.start())
        except FolderTaken:
            continue
        return starting
    raise ServerProblem(f"{SESSIONS} sessions of the tests run already.")


def unit_environment(folder: Path) -> dict[str, str]:
    """What the settings of the test process need.

    DJANGO_ALLOW_ASYNC_UNSAFE: Playwright's event loop lives in the thread of the tests, which also use the ORM.
    """
    return {
        "MELDPUNT_MODE": "test",
        "MELDPUNT_PROCESS": "web",
        "DATABASE_URL": addresses["MIGRATION_DATABASE_URL"],
        "WORKER_DATABASE_URL": addresses["WORKER_DATABASE_URL"],
        "MIGRATION_DATABASE_URL": addresses["MIGRATION_DATABASE_URL"],
        "REDIS_URL": addresses["REDIS_URL"],
        "SECRET_KEY": known["SECRET_KEY"],
        "WEB_SECRET": known["WEB_SECRET"],
        "PEPPER": known["PEPPER"],
        "TRUST_ROOT": known["TRUST_ROOT"],
        "TRUST_ROOT_SECRET": known["TRUST_ROOT_SECRET"],
        "TRUST_STATE": str(folder / "trust.json"),
        "PRACTICE_FILE": str(folder / "practice.json"),
        "AUDIT_HEADS": str(folder / "audit-heads"),
        "ATTACHMENTS_ROOT": str(folder / "files"),
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }
