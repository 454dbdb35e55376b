"""Lighthouse, mobile, median of five: python -m bench.lighthouse. Needs node with npm, and a Chromium.

It measures the first page and two pages of the form as production serves them. Lighthouse itself (npm) is kept in
.data/lighthouse. Not part of `make test`: node need not be there.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys

from bench.figures import Figure
from meldpunt.embedded import ServerProblem, Servers
from meldpunt.run import next_free_port, quietly_stop, tell
from meldpunt.stack import CHECKOUT, Stack
from signals.filing.robot import Referrer

STATE = CHECKOUT / ".data" / "lighthouse"
PACKAGE = "lighthouse@12.8.2"
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
RUNS = 5
TRIES = 3
BARS = {"performance": 95, "accessibility": 100, "best-practices": 100}
# Milliseconds and a share: check 26 of reference/ux.md §6.
TIMES = {"largest-contentful-paint": 1800, "cumulative-layout-shift": 0}


def main() -> int:
    """Start a stack of its own, measure, stop; 1 where a bar is missed or something is not there."""
    os.chdir(CHECKOUT)
    STATE.mkdir(parents=True, exist_ok=True)
    servers, stack = Servers(STATE, outside={}), None
    try:
        program, browser = installed(), chromium()
        addresses = servers.start()
        stack = served_as_production(servers, addresses)
        figures = [figure for name, page in pages(stack) for figure in measured(program, browser, stack, name, page)]
    except (ServerProblem, FileNotFoundError) as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    finally:
        quietly_stop(servers, stack)
    print(*figures, sep="\n")
    return 0 if all(figure.met is not False for figure in figures) else 1


def installed() -> str:
    """Return the path of Lighthouse, which npm fetches once."""
    program = STATE / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        if not shutil.which("npm"):
            raise FileNotFoundError("Lighthouse needs node with npm.")
        tell("fetching Lighthouse")
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", STATE, PACKAGE], check=True)
    return str(program)


def chromium() -> str:
    """Return the path of the browser."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        raise FileNotFoundError("Lighthouse needs a Chromium: name it with CHROMIUM=/path.")
    return found


def served_as_production(servers: Servers, addresses: dict[str, str]) -> Stack:
    """A fresh stack with its static files collected and compressed."""
    servers.postgres.make_database("meldpunt", fresh=True)
    for name in ("trust.json", "practice.json"):
        (STATE / name).unlink(missing_ok=True)
    stack = Stack(addresses, STATE, port=next_free_port(8300, 8400))
    stack.prepare(tell)
    stack.env["web"]["DJANGO_SETTINGS_MODULE"] = "bench.as_production"
    stack.manage("collectstatic", "--noinput", "--clear")
    stack.start()
    return stack


def pages(stack: Stack) -> list[tuple[str, tuple[str, str]]]:
    """Return [(name, (address, cookies))]: the first page, the first step, and the signs with a draft under way."""
    browser = Referrer(stack.url)
    browser.open("m/begin/parent/")
    browser.submit({})
    browser.submit({"danger": "no"})
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.session.cookies)
    return [
        ("landing", (stack.url + "/", "")),
        ("form, first step", (f"{stack.url}/m/begin/school/", "")),
        ("form, signs", (f"{stack.url}{browser.path}", cookies)),
    ]


def measured(program: str, browser: str, stack: Stack, name: str, page: tuple[str, str]) -> list[Figure]:
    """Return the medians of one page, with their bars."""
    address, cookies = page
    tell(f"measuring {name}")
    reports = [run(program, browser, address, cookies) for _turn in range(RUNS)]
    wrong = {
        audit["title"]
        for report in reports
        for category in BARS
        for part in report["categories"][category]["auditRefs"]
        if part["weight"] and (audit := report["audits"][part["id"]])["score"] not in (None, 1)
        and category != "performance"
    }
    for title in sorted(wrong):
        print(f"  {name}: {title}")
    figures = [
        Figure(f"lighthouse, {name}: {kind}", 100 * statistics.median(r["categories"][kind]["score"] for r in reports),
               "", at_least=bar)
        for kind, bar in BARS.items()
    ]  # fmt: skip
    for audit, bar in TIMES.items():
        values = [report["audits"][audit]["numericValue"] for report in reports]
        unit = "ms" if audit.endswith("paint") else ""
        figures.append(Figure(f"lighthouse, {name}: {audit}", round(statistics.median(values), 3), unit, at_most=bar))
    weight = statistics.median(report["audits"]["total-byte-weight"]["numericValue"] for report in reports)
    return [*figures, Figure(f"lighthouse, {name}: over the wire", weight / 1000, "kB", at_most=60)]


def run(program: str, browser: str, address: str, cookies: str) -> dict:
    """Run Lighthouse once on `address`; returns its report."""
    flags = "--headless=new --disable-dev-shm-usage" + (" --no-sandbox" if os.geteuid() == 0 else "")
    command = [
        program, address, "--quiet", "--output=json", "--form-factor=mobile", f"--chrome-flags={flags}",
        f"--only-categories={','.join(BARS)}",
    ]  # fmt: skip
    if cookies:
        command.append(f"--extra-headers={json.dumps({'Cookie': cookies})}")
    environment = os.environ | {"CHROME_PATH": browser}
    for _try in range(TRIES):  # on a busy machine the browser sometimes records nothing
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        if done.returncode == 0:
            return json.loads(done.stdout)
    raise ServerProblem(f"Lighthouse failed on {address}:\n{done.stderr[-600:]}")


if __name__ == "__main__":
    sys.exit(main())
