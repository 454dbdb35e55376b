"""Fixtures: the servers, a complete product with processes of its own, a real browser."""

import contextlib
import os
import shutil
import time

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Error, expect, sync_playwright

from meldpunt.embedded.child import free_port
from meldpunt.stack import Stack
from tests import practice, rig
from tests.browsing import account_of, sign_in

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# No site but our own is ever reached: where "Snel weg" leads to is asked for, and is not there.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
# How many others work in this database right now.
BUSY = """
    select count(*) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'
"""

expect.set_options(timeout=10_000)
# How long one example takes says nothing about the code: the machine is shared.
hypothesis_settings.register_profile("meldpunt", deadline=None)
hypothesis_settings.load_profile("meldpunt")


def pytest_collection_modifyitems(items):
    """Give a walk in the browser one second try, and no other test: on a busy machine a page may come too late.

    The closing line counts these as "rerun", and the report shows why the first try failed.
    """
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(autouse=True)
def dutch():
    """Each test starts in Dutch: a page in English leaves its language behind in the process."""
    with translation.override("nl"):
        yield


@pytest.fixture(autouse=True)
def fresh_names(monkeypatch):
    """The names of places are asked for anew each time: a test may change them without an action."""
    monkeypatch.setattr("signals.places.gazetteer.SECONDS", 0)


@pytest.fixture(scope="session")
def servers():
    """The embedded servers; ``restart_postgres``, ``stop_redis``, ``start_redis`` and ``redis.freeze`` for faults."""
    return rig.servers


@pytest.fixture(scope="session")
def stack(servers):
    """A complete Meldpunt on its own database with the real roles: web, worker and beat as processes.

    ``url``, ``env["web"|"worker"|"migration"]``, ``accounts``, ``worker.kill9()`` and ``worker.start()``,
    ``manage(command)``, ``servers``.
    """
    if not servers.postgres:
        pytest.skip("the servers come from the environment: no database can be made for the processes")
    addresses = servers.postgres.make_database("meldpunt_stack", fresh=True)
    addresses["REDIS_URL"] = servers.redis.url(1)
    running = Stack(addresses, rig.STACK, port=free_port(), known=rig.known, mode="test")
    running.servers = servers
    try:
        running.prepare()
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def worked_stack(stack):
    """The stack with practice reports in each state, at the desk and at the networks."""
    practice.fill(stack)
    return stack


def chromium() -> str | None:
    """The browser: CHROMIUM, else the machine's, else (None) Playwright's own."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="session")
def browser():
    """A real Chromium."""
    flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=flags)
        yield launched
        launched.close()


def bring_to_rest(page) -> None:
    """Leave ``page`` empty: Chromium may never end a context while a page of it is on its way to the next.

    A page on its way may arrive, or find that it cannot, right now and so break this off; then it is asked again.
    """
    for _patience in range(5):
        with contextlib.suppress(Error):
            page.goto("about:blank")
            return


@pytest.fixture
def new_page(browser):
    """Make a page in a context of its own: ``new_page(width=320, dark=True, javascript=False)``."""
    contexts = []

    def make(width: int = 1280, height: int = 900, *, dark: bool = False, javascript: bool = True, **more):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            **more,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        for opened in context.pages:
            bring_to_rest(opened)
        context.close()


@pytest.fixture
def live_server(live_server, transactional_db):
    """The server in this process; the tables are emptied only after it has answered whatever a page still asked for."""
    yield live_server
    quiet, give_up_at = 0, time.monotonic() + 30
    while quiet < 5 and time.monotonic() < give_up_at:
        with connection.cursor() as cursor:
            cursor.execute(BUSY)
            quiet = 0 if cursor.fetchone()[0] else quiet + 1
        time.sleep(0.05)


@pytest.fixture
def page(new_page):
    """One page on a desktop."""
    return new_page()


@pytest.fixture(scope="session")
def cookie_jars():
    """What the browser keeps of each person who has signed in, by e-mail address."""
    return {}


@pytest.fixture
def signed_in(stack, new_page, cookie_jars):
    """A page of somebody who is signed in: ``signed_in("coordinator")``, ``signed_in("lead", "Almelo", width=320)``.

    One sign-in serves the session of the tests; a test that signs out or locks passes ``fresh=True``.
    """

    def make(role: str, team: str | None = None, *, fresh: bool = False, **more):
        account = account_of(stack, role, team)
        kept = None if fresh else cookie_jars.get(account["email"])
        page = new_page(storage_state=kept, **more)
        if not kept:
            sign_in(page, stack, account)
            if not fresh:
                cookie_jars[account["email"]] = page.context.storage_state()
        return page

    return make
