"""Snel weg and the small improvements of forms, in a real browser (reference/ux.md §2b)."""

import contextlib
import re

import pytest
from playwright.sync_api import Error

from tests.browsing import gone_from

ELSEWHERE = re.compile(r"https://www\.buienradar\.nl.*")


@pytest.fixture
def landing(stack, new_page):
    """The landing page. That the other site is asked for is enough: the tests need no network."""

    def opened(**options):
        page = new_page(**options)
        page.goto(stack.url)
        return page

    return opened


def test_snel_weg_replaces_the_page_by_another_site(landing):
    page = landing()
    with page.expect_request(ELSEWHERE):
        page.click("a.exit", no_wait_after=True)
    gone_from(page, "localhost")
    assert "zorgen" not in page.content()


def test_snel_weg_works_without_javascript(landing):
    page = landing(javascript=False)
    with page.expect_request(ELSEWHERE):
        page.click("a.exit", no_wait_after=True)


def test_back_does_not_show_the_page_that_was_left(landing, stack):
    page = landing()
    page.goto(f"{stack.url}/veilig-kijken/")
    with page.expect_request(ELSEWHERE):
        page.click("a.exit", no_wait_after=True)
    gone_from(page, "localhost")
    with contextlib.suppress(Error):  # a page before that leads away as well
        page.go_back(wait_until="commit")
    page.wait_for_timeout(300)
    assert page.title() != "Veilig kijken – Oever"


def test_the_second_tab_stop_leaves_too(landing):
    page = landing()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_request(ELSEWHERE):
        page.keyboard.press("Enter")


def test_three_times_shift_leaves_and_says_how_many_are_left(landing):
    page = landing()
    page.keyboard.press("Shift")
    assert page.text_content("[data-leave-status]") == "Shift, nog 2 keer."
    page.keyboard.press("Shift")
    assert page.text_content("[data-leave-status]") == "Shift, nog 1 keer."
    with page.expect_request(ELSEWHERE):
        page.keyboard.press("Shift")


def test_another_key_in_between_starts_the_count_again(landing, stack):
    page = landing()
    for key in ("Shift", "Shift", "a", "Shift", "Shift+B", "Shift"):
        page.keyboard.press(key)
    assert page.url.startswith(stack.url)


def test_a_phone_keyboard_never_leaves(landing, stack):
    page = landing(width=390, has_touch=True, is_mobile=True)
    for _press in range(3):
        page.keyboard.press("Shift")
    assert page.url.startswith(stack.url)


def test_the_page_breaks_no_rule_of_its_own_policy(landing):
    page = landing()
    found = []
    page.on("console", lambda message: found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    page.reload()
    page.keyboard.press("Shift")
    assert found == []


def test_nothing_comes_from_another_site_and_nothing_stays_in_the_browser(landing, stack):
    page = landing()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    assert asked
    assert all(address.startswith(stack.url) for address in asked)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
