"""Filing: the final POST at concurrency 8 against a view that checks CSRF and inserts one row."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

from bench.client import Client
from bench.figures import Figure
from meldpunt.run import PRACTICE_REPORTS
from signals.filing.practice_reports import answers_of
from signals.filing.robot import Referrer
from signals.models import Signal

AT_ONCE = 8
WARM = 16  # each process reads places and keys once
ROUNDS, PER_ROUND = 4, 45
CHARACTERS = 4000  # the longest that the form takes
TOWNS = ("Almelo", "Deventer", "Enschede", "Hengelo", "Zwolle")


def measure(stack) -> list[Figure]:
    """File 180 reports that real forms have prepared, in rounds that alternate with the control view."""
    waiting = _prepare(stack, WARM + 1 + ROUNDS * PER_ROUND)
    client = Client(stack.port)
    _run(lambda one: _final(client, one), waiting[:WARM], [])
    _run(lambda one: _control(client, one), waiting[:WARM], [])
    cookies, token = waiting[WARM]
    statements = client.post("/m/controle/", {"csrfmiddlewaretoken": token}, cookies, count=True)[2]
    waiting, before = waiting[WARM + 1 :], Signal.objects.count()
    filing = control = 0.0
    answers: list[int] = []
    for number in range(ROUNDS):
        batch = waiting[number * PER_ROUND : (number + 1) * PER_ROUND]
        control += _run(lambda one: _control(client, one), batch * 2, [])
        filing += _run(lambda one: _final(client, one), batch, answers)
    lost = len(answers) - (Signal.objects.count() - before)
    rate, bare = len(answers) / filing, 2 * len(answers) / control
    return [
        Figure("filing: final POST, 4 KB, concurrency 8", rate, "a second"),
        Figure("filing: control view, CSRF and one row", bare, "a second"),
        Figure("filing: throughput of the control view", rate / bare, "x", at_least=0.25),
        Figure("filing: SQL statements, BEGIN and COMMIT apart", statements, "", at_most=15),
        Figure("filing: lost at concurrency 8", lost, f"of {len(answers)}", at_most=0),
    ]


def _prepare(stack, number: int) -> list[tuple[dict, str]]:
    """Walk through the forms up to the check page; cookies and CSRF token of each browser."""
    line = json.loads(PRACTICE_REPORTS.read_text(encoding="utf-8").splitlines()[0])
    line["narrative"] = (line["narrative"] + " ") * (CHARACTERS // len(line["narrative"]) + 1)
    line["narrative"] = line["narrative"][:CHARACTERS].strip()

    def walk(turn: int):
        line_here = {**line, "about": {**line["about"], "place": TOWNS[turn % len(TOWNS)]}}
        who, answers = answers_of(line_here)
        browser = Referrer(stack.url)
        browser.open(f"m/begin/{who}/")
        browser.submit(answers["you"])
        while not browser.path.endswith("/m/controle/"):
            browser._next(who, answers)
        form = next(form for form in browser.page.forms if "csrfmiddlewaretoken" in form.values)
        return {cookie.name: cookie.value for cookie in browser.session.cookies}, form.values["csrfmiddlewaretoken"]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(walk, range(number)))


def _final(client: Client, one) -> int:
    cookies, token = one
    return client.post("/m/controle/", {"csrfmiddlewaretoken": token}, cookies)[1]


def _control(client: Client, one) -> int:
    cookies, token = one
    fields = {"csrfmiddlewaretoken": token, "words": "w" * CHARACTERS}
    status = client.post("/bench/one-row/", fields, cookies)[1]
    assert status == 303, f"the control view answers {status}"
    return status


def _run(what, batch: list, answers: list) -> float:
    """Do `what` for the whole batch, eight at a time; the seconds it took."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers.extend(pool.map(what, batch))
    return time.perf_counter() - begun
