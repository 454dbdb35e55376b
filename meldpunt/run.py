"""`make run`: everything on this machine with embedded servers, for trying out.

Called by bootstrap.py once the packages are there.
"""

import contextlib
import fcntl
import json
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path

from meldpunt import versions
from meldpunt.embedded import ServerProblem, Servers
from meldpunt.embedded.child import stop_orphan
from meldpunt.stack import CHECKOUT, Stack

STATE = CHECKOUT / ".data"
PRACTICE_REPORTS = CHECKOUT / "signals" / "data" / "practice_reports.jsonl"
HISTORY = CHECKOUT / "networks" / "data" / "balans_2007.jsonl"
NOTICE = "embedded servers: for trying out, not for production"


def main() -> int:
    """Start, tell the addresses and accounts, and stay until Ctrl-C; returns the exit code."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.default_int_handler)
    STATE.mkdir(mode=0o711, exist_ok=True)
    lock = open(STATE / "run.lock", "a+")  # noqa: SIM115 - held until the end
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        where = lock.read().strip() or "starting at this moment"
        print(f"Meldpunt runs already: {where}. Stop it there with Ctrl-C.", file=sys.stderr)
        return 1
    servers, stack = Servers(STATE), None
    try:
        if not {"DATABASE_URL", "DATABASE_URL_FILE"} & set(os.environ):  # else the data are not in this folder
            versions.check(STATE)
        stop_left_overs(STATE)
        port = next_free_port()
        tell("servers")
        stack = Stack(servers.start(), STATE, port=port)
        stack.prepare(tell)
        versions.note(STATE)
        tell("web, worker and beat")
        stack.start()
        fill_practice(stack)
        lock.truncate(0)
        lock.write(stack.url)
        lock.flush()
        show(stack, embedded=servers.embedded)
        return stay(stack)
    except KeyboardInterrupt:
        return 0
    except ServerProblem as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"\n{in_words(problem)}", file=sys.stderr)
        return 1
    finally:
        quietly_stop(servers, stack)
        lock.truncate(0)
        lock.close()


def fill_practice(stack: Stack) -> None:
    """File the practice reports through the forms, once, and carry a part of them on."""
    results = stack.state / "practice_results.jsonl"
    if results.exists():
        return
    tell("80 practice reports")
    fresh = results.with_suffix(".new")
    stack.manage("file_reports", str(PRACTICE_REPORTS), "--url", stack.url, "--results", str(fresh))
    stack.manage("carry_on_practice", str(PRACTICE_REPORTS), str(fresh))
    stack.manage("load_history", str(HISTORY))
    fresh.rename(results)


def tell(words: str) -> None:
    """One line for each step."""
    print(f"  {words} …", flush=True)


def in_words(problem: OSError) -> str:
    """A sentence for what the machine refuses."""
    if problem.errno == 28:
        return "The disk is full: make room and run this again."
    if problem.errno in (1, 13, 30):
        return (
            f"This user may not write {problem.filename}: give yourself that folder or clone somewhere else."
        )
    return f"The machine refuses: {problem}"


def next_free_port(first: int = 8000, last: int = 8100) -> int:
    """The first port that nobody has; the next one is taken without asking."""
    for port in range(first, last):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port != first:
            print(f"  port {first} is taken; this is {port}")
        return port
    raise ServerProblem(f"All ports from {first} to {last - 1} are taken.")


def stop_left_overs(state: Path) -> None:
    """Stop processes that a command left which was itself killed."""
    note = state / "processes.json"
    if note.exists():
        for pid in json.loads(note.read_text()):
            stop_orphan(pid, "meldpunt", signal.SIGTERM)
        note.unlink()


def show(stack: Stack, *, embedded: bool) -> None:
    """The address, the accounts and the warning."""
    print(f"\n  {stack.url}\n")
    print("  Practice accounts (sign in with password and second factor):")
    for account in stack.accounts:
        print(f"\n  {account['name']} - {account['role']}, {account['team']}")
        print(f"    e-mail         {account['email']}")
        print(f"    password       {account['password']}")
        print(f"    authenticator  {account['totp_secret']}")
        print(f"    recovery code  {account['recovery_code']}")
    print(f"\n  {stack.url}")
    if embedded:
        print(f"  {NOTICE}")
    print(
        "  Ctrl-C stops everything; `make run` goes on with the same data; `make clean` forgets it.\n",
        flush=True,
    )


def stay(stack: Stack) -> int:
    """Wait; 1 when a process ends by itself, and say which."""
    while all(running.pid for running in stack.processes):
        time.sleep(0.5)
    for running in stack.processes:
        if not running.pid:
            print(f"{running.name} stopped. See {running.log}", file=sys.stderr)
    return 1


def quietly_stop(servers: Servers, stack: Stack | None) -> None:
    """Stop everything in order, also when Ctrl-C is pressed twice."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    stopping = threading.Timer(0.3, lambda: print("\n  stopping …", flush=True))
    stopping.start()
    with contextlib.suppress(ProcessLookupError):
        if stack:
            stack.stop()
        servers.stop()
    stopping.cancel()


if __name__ == "__main__":
    os.chdir(CHECKOUT)
    sys.exit(main())
