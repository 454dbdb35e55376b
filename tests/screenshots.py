"""Pictures of every page in screenshots/: on a phone and on a desktop, and the main ones in the dark.

`make screenshots` starts it. It uses its own servers and practice data, as the tests do.
"""

import sys

from playwright.sync_api import sync_playwright

from meldpunt.embedded import ServerProblem
from meldpunt.embedded.child import free_port
from meldpunt.stack import CHECKOUT, Stack
from tests import (
    practice,
    rig,
    tour,
    tour_acts,
    tour_consent,
    tour_dispatch,
    tour_intake,
    tour_matches,
    tour_partners,
    tour_plan,
    tour_rights,
    tour_shield,
    tour_together,
    tour_work,
)
from tests.browsing import account_of, sign_in
from tests.conftest import chromium

FOLDER = CHECKOUT / "screenshots"
LOOKS = (
    ("phone", 390, 844, "light"),
    ("desktop", 1280, 900, "light"),
    ("phone-dark", 390, 844, "dark"),
    ("desktop-dark", 1280, 900, "dark"),
)
MAIN = ("landing", "melden-3-tekens", "melden-9-klaar", "meldingen", "melding", "zaak-3", "netwerk-bevestigen", "netwerk-zaak")
TOURS = (
    ("", lambda page, stack: tour.texts(page, stack.url)),
    ("", tour.door),
    ("", lambda page, stack: tour.filing(page, stack.url)),
    ("", lambda page, stack: tour.advice(page, stack.url)),
    ("", lambda page, stack: tour.oneself(page, stack.url)),
    ("coordinator", lambda page, stack: tour.desk(page, stack.url)),
    ("coordinator", lambda page, stack: tour_acts.acts(page, stack.url)),
    ("coordinator", lambda page, stack: tour_matches.matches(page, stack.url)),
    ("coordinator", lambda page, stack: tour_shield.shields(page, stack.url)),
    ("coordinator", lambda page, stack: tour_rights.rights(page, stack.url)),
    ("coordinator", lambda page, stack: tour_consent.consents(page, stack.url)),
    ("coordinator", lambda page, stack: tour_dispatch.dispatches(page, stack.url)),
    ("lead", lambda page, stack: tour_shield.at_a_network(page, stack.url)),
    ("coordinator", lambda page, stack: tour.figures(page, stack.url)),
    ("coordinator", lambda page, stack: tour_intake.intake(page, stack.url)),
    ("lead", lambda page, stack: tour.network(page, stack.url)),
    ("lead", lambda page, stack: tour_work.work(page, stack.url)),
    ("lead", lambda page, stack: tour_plan.plans(page, stack.url)),
    ("lead", lambda page, stack: tour_together.circle(page, stack.url)),
    ("lead", lambda page, stack: tour_together.meetings(page, stack.url)),
    ("coordinator", lambda page, stack: tour_plan.again(page, stack.url)),
    ("lead", lambda page, stack: tour.account(page, stack.url)),
    ("administrator", lambda page, stack: tour.administrator(page, stack.url)),
    ("administrator", lambda page, stack: tour_intake.kept(page, stack.url)),
    ("administrator", lambda page, stack: tour_partners.partners(page, stack.url)),
)


def main() -> int:
    """Start everything, make the pictures, stop everything; returns the exit code."""
    try:
        rig.begin()
        running = started()
        try:
            practice.fill(running, 60)
            print(f"{pictures(running)} pictures in {FOLDER.relative_to(CHECKOUT)}/")
        finally:
            running.stop()
    except ServerProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    finally:
        if hasattr(rig, "servers"):
            rig.servers.stop()
    return 0


def started() -> Stack:
    """A complete Meldpunt on a database of its own."""
    addresses = rig.servers.postgres.make_database("meldpunt_stack", fresh=True)
    addresses["REDIS_URL"] = rig.servers.redis.url(1)
    stack = Stack(addresses, rig.STACK, port=free_port(), known=rig.known)
    stack.prepare()
    stack.start()
    return stack


def pictures(stack: Stack) -> int:
    """Walk each tour in each look; returns how many pictures there are."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    kept = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for look in LOOKS:
            for role, stops in TOURS:
                walk(browser, stack, look, role and account_of(stack, role), stops, kept)
        browser.close()
    return len(list(FOLDER.glob("*.png")))


def walk(browser, stack: Stack, look: tuple, account: dict | str, stops, kept: dict) -> None:
    """Take a picture at each stop of a tour; in the dark only of the main pages."""
    name, width, height, scheme = look
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        storage_state=account and kept.get(account["email"]) or None,
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    if account and account["email"] not in kept:
        sign_in(page, stack, account)
        kept[account["email"]] = context.storage_state()
    for stop in stops(page, stack):
        if scheme == "light" or stop in MAIN:
            page.screenshot(path=FOLDER / f"{stop}-{name}.png", full_page=True)
    context.close()


if __name__ == "__main__":
    sys.exit(main())
