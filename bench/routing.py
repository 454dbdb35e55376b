"""Routing: how soon letters are delivered at ten a second, and how many a second against empty Celery tasks."""

import statistics
import time
import uuid

from redis import Redis

from bench.figures import Figure
from meldpunt.celery import app
from meldpunt.stack import Running
from networks.practice import Practice
from signals.models import Assignment, Signal
from signals.workflow import AssignmentState

PACED, AT_ONCE, EMPTY = 80, 80, 600
A_SECOND = 10
SECONDS = 60


def measure(stack) -> list[Figure]:
    """Decide on filed signals with the coordinator's keys, then route the cases; one worker, no sweep to help it."""
    stack.beat.stop()
    rows = Signal.objects.filter(reference__startswith="OV-", state="received").order_by("filed_at")
    results = [{"id": row.reference, "reference": row.reference} for row in rows[: PACED + AT_ONCE]]
    lines = [{**row, "same_victim_as": None, "referrer_role": "school", "narrative": ""} for row in results]
    people = Practice(stack.accounts, results, lines)
    cases = [people.decide(line) for line in lines]
    late = _paced(people, cases[:PACED])
    broker = Redis.from_url(stack.env["worker"]["REDIS_URL"])
    stack.worker.stop()
    letters = [people.route(case) for case in cases[PACED:]]
    delivering = _drain(stack, broker)
    left = Assignment.objects.filter(pk__in=[letter.pk for letter in letters], state=AssignmentState.QUEUED).count()
    stack.worker.stop()
    for _ in range(EMPTY):
        app.send_task("bench.tasks.nothing", [str(uuid.uuid4())], ignore_result=True)
    empty = _drain(stack, broker)
    return [
        Figure("routing: delivered within, median, 10 cases a second", statistics.median(late), "s"),
        Figure("routing: delivered within, 95th percentile", statistics.quantiles(late, n=20)[-1], "s", at_most=2),
        Figure("routing: letters that were not delivered", PACED - len(late) + left, "", at_most=0),
        Figure("routing: deliveries by one worker", delivering, "a second"),
        Figure("routing: empty Celery tasks by that worker", empty, "a second"),
        Figure("routing: rate of empty tasks", delivering / empty, "x", at_least=0.5),
    ]


def _paced(people: Practice, cases: list) -> list[float]:
    """Route ten cases a second; the seconds between queueing and delivering each, as the rows tell."""
    begun, letters = time.perf_counter(), []
    for number, case in enumerate(cases):
        time.sleep(max(0, begun + number / A_SECOND - time.perf_counter()))
        letters.append(people.route(case).pk)
    mine = Assignment.objects.filter(pk__in=letters)
    until = time.monotonic() + SECONDS
    while mine.filter(state=AssignmentState.QUEUED).exists() and time.monotonic() < until:
        time.sleep(0.1)
    return [
        (delivered - queued).total_seconds()
        for queued, delivered in mine.exclude(delivered_at=None).values_list("queued_at", "delivered_at")
    ]


def _drain(stack, broker: Redis) -> float:
    """Start the worker on a full queue; tasks a second, without the first tenth, in which it warms up."""
    full = broker.llen("celery")
    Running.start(stack.worker)
    until, begun, at = time.monotonic() + SECONDS, 0.0, full
    while (left := broker.llen("celery") + broker.hlen("unacked")) and time.monotonic() < until:
        if not begun and left <= full * 0.9:
            begun, at = time.perf_counter(), left
        time.sleep(0.005)
    return (at - left) / (time.perf_counter() - begun)
