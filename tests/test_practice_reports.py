"""All eighty practice reports, filed at concurrency eight while the worker runs: none lost, none twice, all codes open."""

import json

from meldpunt.stack import CHECKOUT
from signals.filing.robot import Referrer

REPORTS = CHECKOUT / "signals" / "data" / "practice_reports.jsonl"


def opens(url: str, code: str) -> str:
    """Come back with a code as a browser does; returns the reference that the page shows."""
    browser = Referrer(url)
    browser.open("code/")
    browser.submit({"code": code})
    return browser.page.texts["ref"]


def test_eighty_reports_become_eighty_signals_as_expected(stack, tmp_path):
    results = tmp_path / "results.jsonl"
    stack.manage("file_reports", str(REPORTS), "--url", stack.url, "--results", str(results))
    rows = [json.loads(row) for row in results.read_text().splitlines()]
    assert len({row["id"] for row in rows}) == len({row["reference"] for row in rows}) == 80
    assert len({row["code"] for row in rows}) == 80
    compared = json.loads(stack.manage("compare_expected", str(REPORTS), str(results), "--format", "json"))
    right = {
        name: sum(line[name] == line["expected"][name] for line in compared["lines"])
        for name in ("network", "urgency", "form")
    }
    assert right["network"] >= 76 and right["urgency"] >= 72 and right["form"] >= 64
    played_down = [
        line["id"]
        for line in compared["lines"]
        if line["expected"]["urgency"] == "acute" and line["urgency"] == "normal"
    ]
    assert not played_down
    for row in rows:
        assert row["reference"] in opens(stack.url, row["code"])
