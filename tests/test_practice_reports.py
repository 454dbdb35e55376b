"""All eighty practice reports, filed at concurrency eight while the worker runs: none lost, none twice, all codes open."""

import json

import requests

from meldpunt.stack import CHECKOUT
from signals.referrer import Page

REPORTS = CHECKOUT / "signals" / "data" / "practice_reports.jsonl"


def opens(url: str, code: str) -> str:
    """Come back with a code as a browser does; returns the reference that the page shows."""
    with requests.Session() as browser:
        page = browser.get(f"{url}/code/", timeout=30)
        token = Page(page.text).forms[0].values["csrfmiddlewaretoken"]
        cookies = {cookie.name: cookie.value for cookie in browser.cookies}
        answer = requests.post(
            f"{url}/code/",
            data={"csrfmiddlewaretoken": token, "code": code},
            cookies=cookies,
            headers={"Origin": url, "Referer": f"{url}/code/"},
            timeout=30,
        )
        return Page(answer.text).texts["ref"]


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
