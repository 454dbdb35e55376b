"""The queue of 50 rows, at ever more signals, against a view that reads 50 rows along one index."""

import statistics

from bench.bulk import Bulk
from bench.client import Client
from bench.figures import Figure
from signals.filing.robot import Referrer
from tests.people import one_time_code

TIMES = 30
SIZES = (1_000, 10_000, 100_000)  # the last: a decade of the whole country
QUEUE, BARE = "/meldingen/", "/bench/fifty-rows/"


def measure(stack) -> list[Figure]:
    """Fill up, warm up and measure both pages in turns; medians."""
    client = Client(stack.port, _signed_in(stack))
    bulk = Bulk(stack.env["migration"]["MIGRATION_DATABASE_URL"])
    bulk.put_first()
    figures, first = [], None
    for size in SIZES:
        bulk.fill_up_to(size)
        statements = client.get(QUEUE, count=True)[2]
        queue, bare = _medians(client)
        first = first or queue
        name = f"queue at {size} signals"
        figures += [
            Figure(f"{name}: median", queue * 1000, "ms"),
            Figure(f"{name}: of that at 1000", queue / first, "x", at_most=1.3),
            Figure(f"{name}: of 50 rows by one index", queue / bare, "x", at_most=12),
            Figure(f"{name}: SQL statements", statements, "", at_most=10),
        ]
    bulk.close()
    return figures


def _signed_in(stack) -> dict[str, str]:
    """The cookies of a coordinator who signed in with password and second factor."""
    account = next(account for account in stack.accounts if account["role"] == "coordinator")
    browser = Referrer(stack.url)
    browser.open("aanmelden/")
    browser.submit({"login": account["email"], "password": account["password"]})
    browser.submit({"code": one_time_code(account["totp_secret"])})
    browser.open(QUEUE)
    assert browser.path == QUEUE, browser.path
    return {cookie.name: cookie.value for cookie in browser.session.cookies}


def _medians(client: Client) -> tuple[float, float]:
    """The median seconds of the queue and of the bare view, in turns, after a warm-up."""
    seconds: dict[str, list[float]] = {QUEUE: [], BARE: []}
    for turn in range(TIMES + 5):
        for path, found in seconds.items():
            took, status, _count = client.get(path)
            assert status == 200, f"{path} answers {status}"
            if turn >= 5:
                found.append(took)
    return statistics.median(seconds[QUEUE]), statistics.median(seconds[BARE])
