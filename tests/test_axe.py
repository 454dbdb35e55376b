"""Every page: no violation that axe finds (WCAG 2.2 A and AA, and good practice), and nothing wider than the screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import (
    tour,
    tour_consent,
    tour_dispatch,
    tour_matches,
    tour_partners,
    tour_plan,
    tour_rights,
    tour_shield,
    tour_together,
    tour_work,
)

LOOKS = pytest.mark.parametrize(
    "look",
    [{"width": 1280}, {"width": 1280, "dark": True}, {"width": 320}, {"width": 320, "dark": True}],
    ids=["light", "dark", "narrow", "narrow and dark"],
)
WIDER = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""
axe = Axe()


def findings(page, stop: str) -> list[str]:
    """What is wrong with the page on the screen, in lines of text."""
    found = [
        f"{stop}: {violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in axe.run(page).response["violations"]
        for node in violation["nodes"]
    ]
    too_wide = page.evaluate(WIDER)
    return found + ([f"{stop}: wider than the screen: {too_wide}"] if too_wide else [])


def walk(page, stops) -> int:
    """Look at each stop of a tour; fails with all that was found, returns how many stops there were."""
    found, seen = [], set()
    for stop in stops:
        page.wait_for_load_state()
        page.locator("h1").first.wait_for(state="attached")
        assert page.locator("h1").count() == 1, f"{stop}: {page.url} {page.inner_text('body')[:300]}"
        found += findings(page, stop)
        seen.add(stop)
    assert not found, "\n".join(found)
    return len(seen)


@LOOKS
def test_public_pages_have_no_violation(stack, new_page, look):
    page = new_page(**look)
    assert walk(page, tour.texts(page, stack.url)) == len(tour.TEXTS) + 1


@LOOKS
def test_filing_has_no_violation(stack, new_page, look):
    page = new_page(**look)
    assert walk(page, tour.filing(page, stack.url)) == 15
    page = new_page(**look)
    assert walk(page, tour.advice(page, stack.url)) == 3
    page = new_page(**look)
    assert walk(page, tour.oneself(page, stack.url)) == 3


@LOOKS
def test_signing_in_has_no_violation(stack, new_page, look):
    page = new_page(**look)
    assert walk(page, tour.door(page, stack)) == 2


@LOOKS
def test_the_desk_has_no_violation(worked_stack, signed_in, look):
    page = signed_in("coordinator", **look)
    assert walk(page, tour.desk(page, worked_stack.url)) >= 10


@LOOKS
def test_matches_have_no_violation(worked_stack, signed_in, look):
    page = signed_in("coordinator", **look)
    assert walk(page, tour_matches.matches(page, worked_stack.url)) >= 5


@LOOKS
def test_a_case_that_may_open_again_has_no_violation(worked_stack, signed_in, look):
    page = signed_in("coordinator", **look)
    assert walk(page, tour_plan.again(page, worked_stack.url)) >= 1
    assert walk(page, tour_shield.shields(page, worked_stack.url)) >= 5
    assert walk(page, tour_rights.rights(page, worked_stack.url)) == 8
    assert walk(page, tour_dispatch.dispatches(page, worked_stack.url)) == 5
    assert walk(page, tour_consent.consents(page, worked_stack.url)) == 6


@LOOKS
def test_the_figures_have_no_violation(worked_stack, signed_in, look):
    page = signed_in("coordinator", **look)
    assert walk(page, tour.figures(page, worked_stack.url)) >= 3


@LOOKS
def test_a_network_has_no_violation(worked_stack, signed_in, look):
    page = signed_in("lead", **look)
    assert walk(page, tour.network(page, worked_stack.url)) >= 5
    assert walk(page, tour_work.work(page, worked_stack.url)) == 7
    assert walk(page, tour_plan.plans(page, worked_stack.url)) >= 5
    assert walk(page, tour_together.circle(page, worked_stack.url)) == 7
    assert walk(page, tour_together.meetings(page, worked_stack.url)) == 6
    assert walk(page, tour_shield.at_a_network(page, worked_stack.url)) >= 2
    walk(page, tour.account(page, worked_stack.url))


@LOOKS
def test_the_pages_of_an_administrator_have_no_violation(stack, signed_in, look):
    page = signed_in("administrator", **look)
    assert walk(page, tour.administrator(page, stack.url)) >= len(tour.ADMINISTRATOR)
    assert walk(page, tour_partners.partners(page, stack.url)) >= 5


@LOOKS
@pytest.mark.parametrize("role", ["analyst", "privacy_officer"])
def test_the_first_page_of_other_roles_has_no_violation(stack, signed_in, look, role):
    page = signed_in(role, **look)
    for path in ("/start/", "/leesboek/") if role == "privacy_officer" else ("/start/",):
        page.goto(stack.url + path)
        walk(page, [path])
