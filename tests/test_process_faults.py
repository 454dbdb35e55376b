"""Servers and workers fail while cases travel: afterwards each is delivered exactly once (quality.md, Faults)."""

import json
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.db import connections

from meldpunt.stack import CHECKOUT

REPORTS = CHECKOUT / "signals" / "data" / "practice_reports.jsonl"
SECONDS = 90


@pytest.fixture
def filed(stack, tmp_path):
    """Sixteen reports with a known place, filed through the forms; returns two files of results with eight each."""
    lines = [json.loads(line) for line in REPORTS.read_text(encoding="utf-8").splitlines()]
    known = [line for line in lines if line["about"]["municipality"]][:16]
    reports, results = tmp_path / "reports.jsonl", tmp_path / "results.jsonl"
    reports.write_text("\n".join(json.dumps(line) for line in known), encoding="utf-8")
    stack.manage("file_reports", str(reports), "--url", stack.url, "--results", str(results))
    rows = results.read_text().splitlines()
    assert len({json.loads(row)["reference"] for row in rows}) == len({json.loads(row)["code"] for row in rows}) == 16
    halves = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    halves[0].write_text("\n".join(rows[:8]))
    halves[1].write_text("\n".join(rows[8:]))
    return halves


def route(stack, results: Path) -> int:
    """Decide and route in a process with the web's role; returns how many letters were queued."""
    practice = stack.env["web"]["PRACTICE_FILE"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.route_all", practice, str(results)],
        cwd=CHECKOUT, env=stack.env["web"], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return int(done.stdout)


def ask(stack, sql: str):
    """One row from the stack's database."""
    with closing(psycopg2.connect(stack.env["web"]["DATABASE_URL"])) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


def wait_until_delivered(stack) -> None:
    """Wait until no letter is queued any more."""
    until = time.monotonic() + SECONDS
    while ask(stack, "SELECT count(*) FROM signals_assignment WHERE state = 'queued'") != (0,):
        assert time.monotonic() < until, "letters are still queued"
        time.sleep(0.5)


def test_every_case_is_delivered_once_though_worker_broker_and_database_fail(stack, servers, filed):
    before = ask(stack, "SELECT count(*) FROM signals_assignment")[0]
    routing = subprocess.Popen(
        [sys.executable, "-m", "tests.route_all", stack.env["web"]["PRACTICE_FILE"], str(filed[0])],
        cwd=CHECKOUT, env=stack.env["web"], stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    until = time.monotonic() + SECONDS
    while ask(stack, "SELECT count(*) FROM signals_assignment")[0] < before + 3 and time.monotonic() < until:
        time.sleep(0.02)
    stack.worker.kill9()
    first = int(routing.communicate(timeout=SECONDS)[0])
    servers.stop_redis()
    try:
        second = route(stack, filed[1])
        servers.restart_postgres()
        connections.close_all()  # those of this process: other tests come after
    finally:
        servers.start_redis()
        stack.worker.start()
    wait_until_delivered(stack)

    assert ask(stack, "SELECT count(*) FROM signals_assignment")[0] - before == first + second == 16
    once = """SELECT count(*), count(DISTINCT assignment_id) FROM signals_transition
              WHERE new = 'delivered' AND assignment_id IS NOT NULL"""
    times, letters = ask(stack, once)
    assert times == letters == ask(stack, "SELECT count(*) FROM signals_assignment WHERE delivered_at IS NOT NULL")[0]
    assert ask(stack, "SELECT count(*) FROM signals_case WHERE state = 'routing'") == (0,)
    assert stack.web.pid and stack.beat.pid
