"""Run all measures, print a table and write bench/results.json: python -m bench (make bench)."""

import os
import shutil
import sys

import django

from bench.figures import Figure, keep
from bench.memory import megabytes
from meldpunt.embedded import ServerProblem, Servers
from meldpunt.run import next_free_port, quietly_stop, tell
from meldpunt.stack import CHECKOUT, Stack

STATE = CHECKOUT / ".data" / "bench"
PARTS = ("filing", "desk", "routing", "balance", "matching", "renewing", "flood")
# The load comes from one address; the flood sets the limits of production itself.
MANY = {"POSTS_PER_SOURCE": "1000000", "POSTS_OVERALL": "1000000"}


def main(parts: list[str]) -> int:
    """Start a stack of its own, measure, stop; returns the exit code, which says nothing about the bars."""
    os.chdir(CHECKOUT)
    servers, stack = Servers(STATE, outside={}), None
    try:
        addresses = servers.start()
        fresh(servers)
        stack = Stack(addresses, STATE, port=next_free_port(8200, 8300))
        stack.prepare(tell)
        for environment in stack.env.values():
            environment |= {"DJANGO_SETTINGS_MODULE": "bench.settings", "FILINGS_PER_SOURCE": "1000000", **MANY}
        tell("web, worker and beat")
        stack.start()
        figures = measure(stack, parts)
    except ServerProblem as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        quietly_stop(servers, stack)
    print("\n  " + "what".ljust(58) + "    value            bar")
    print(*figures, sep="\n")
    keep(figures)
    return 0


def fresh(servers: Servers) -> None:
    """Begin with an empty database, broker and state, so that two runs measure the same."""
    servers.postgres.make_database("meldpunt", fresh=True)
    servers.redis.client().flushall()
    for name in ("trust.json", "practice.json"):
        (STATE / name).unlink(missing_ok=True)
    shutil.rmtree(STATE / "audit-heads", ignore_errors=True)


def measure(stack: Stack, parts: list[str]) -> list[Figure]:
    """All measures, in an order in which each makes what the next needs."""
    os.environ.update(stack.env["web"])
    django.setup()
    from bench import balance, desk, filing, flood, matching, renewing, routing

    before = {one.name: megabytes(one.pid) for one in (stack.web, stack.worker)}
    figures = []
    for part in (filing, desk, routing, balance, matching, renewing, flood):
        if (name := part.__name__.split(".")[1]) in parts:
            tell(f"measuring {name}")
            figures += part.measure(stack)
    for one in (stack.web, stack.worker):
        figures += [
            Figure(f"memory: {one.name.lower()} before the load", before[one.name], "MB"),
            Figure(f"memory: {one.name.lower()} after it", megabytes(one.pid), "MB"),
        ]
    return figures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(PARTS)))
