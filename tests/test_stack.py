"""The product as `make run` starts it: processes with their own secrets, a page, and a worker that comes back."""

import os
from pathlib import Path

import pytest
import redis
from django.db import connections


def environment_of(pid: int) -> dict[str, str]:
    """What the kernel says that a process was given."""
    path = Path(f"/proc/{pid}/environ")
    if not path.exists():
        pytest.skip("this machine does not show the environment of a process")
    pairs = (pair.partition("=") for pair in path.read_bytes().decode().split("\0") if pair)
    return {name: value for name, _, value in pairs}


def test_landing_page_opens_in_a_real_browser(stack, page):
    refused = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    assert page.goto(stack.url).status == 200
    assert page.locator("h1").count() == 1
    assert refused == []


def test_landing_page_works_without_javascript(stack, new_page):
    page = new_page(javascript=False)
    assert page.goto(stack.url).status == 200
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize(
    "role", ["coordinator", "lead", "member", "administrator", "analyst", "privacy_officer"]
)
def test_practice_account_gets_in_with_its_second_factor(signed_in, stack, role):
    page = signed_in(role)
    page.goto(f"{stack.url}/start/")
    assert "/aanmelden/" not in page.url


def test_worker_and_beat_are_given_no_secret_of_the_web(stack):
    for running in (stack.worker, stack.beat):
        given = environment_of(running.pid)
        assert not {"PEPPER", "WEB_SECRET", "TRUST_ROOT", "TRUST_ROOT_SECRET", "DATABASE_URL"} & set(given)
        assert given["SECRET_KEY"] != stack.secrets["SECRET_KEY"]
        assert stack.secrets["PEPPER"] not in given.values()


def test_web_is_given_neither_the_owner_of_the_tables_nor_the_secret_root(stack):
    given = environment_of(stack.web.pid)
    assert not {"MIGRATION_DATABASE_URL", "WORKER_DATABASE_URL", "TRUST_ROOT_SECRET"} & set(given)


def test_secrets_are_readable_to_their_owner_only(stack):
    for path in (stack.state / "practice.json", stack.state.parent / "secrets.json"):
        assert path.stat().st_mode & 0o077 == 0
        assert path.stat().st_uid == os.geteuid()


def test_worker_that_was_killed_comes_back(stack):
    old = stack.worker.pid
    stack.worker.kill9()
    assert stack.worker.pid is None
    stack.worker.start()
    assert stack.worker.pid not in (None, old)


def test_web_survives_a_restart_of_postgresql(stack, page):
    stack.servers.restart_postgres()
    connections.close_all()  # those of this process: other tests come after
    assert page.goto(f"{stack.url}/aanmelden/").status == 200


def test_landing_page_opens_while_redis_is_down(stack, page):
    stack.servers.stop_redis()
    try:
        assert page.goto(stack.url).status == 200
    finally:
        stack.servers.start_redis()
    assert redis.Redis.from_url(stack.env["web"]["REDIS_URL"], retry=None).ping()


def test_preparing_twice_changes_nothing(stack):
    before = stack.accounts
    stack.prepare()
    assert stack.accounts == before
