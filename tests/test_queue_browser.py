"""The queue in a real browser: single keys, live without moving anything, the height of a row, and no JavaScript."""

import json
import re

import pytest

ROW = "tbody [data-row]"


@pytest.fixture
def queue(worked_stack, signed_in):
    """The queue of somebody whose shortcuts are on."""
    page = signed_in("coordinator")
    page.goto(f"{worked_stack.url}/meldingen/?stand=nieuw")
    return page


def reference(page) -> str:
    """The signal that has the focus."""
    return page.evaluate("document.activeElement.closest('[data-row]')?.querySelector('a.id').textContent.trim() ?? ''")


def references(page) -> list[str]:
    return [one.strip() for one in page.locator(f"{ROW} a.id").all_inner_texts()]


def test_a_row_has_two_lines_and_is_at_most_64_pixels_high(queue):
    heights = queue.evaluate(f"[...document.querySelectorAll('{ROW}')].map(row => row.getBoundingClientRect().height)")
    assert heights and max(heights) <= 65  # a hairline of one pixel lies between rows


def test_keys_go_through_the_rows_open_one_and_come_back_to_it(queue):
    rows = references(queue)
    for key, where in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        queue.keyboard.press(key)
        assert reference(queue) == rows[where]
    queue.keyboard.press("Enter")
    queue.wait_for_url(f"**/meldingen/{rows[1]}/**")
    queue.keyboard.press("Escape")
    queue.wait_for_url("**/meldingen/?stand=nieuw*")
    assert reference(queue) == rows[1]


def test_x_chooses_and_h_asks_until_when(queue):
    rows = references(queue)
    for key in ("j", "x", "j", "j", "Shift+X", "h"):
        queue.keyboard.press(key)
    queue.wait_for_url("**/meldingen/kiezen/")
    assert set(references_of(queue)) <= set(rows) and len(references_of(queue)) == 3


def references_of(page) -> list[str]:
    return [one.strip() for one in page.locator("main .lines a.id").all_inner_texts()]


def test_a_takes_a_row_and_the_focus_is_on_the_next(queue):
    rows = references(queue)
    for key in ("j", "j", "a"):
        queue.keyboard.press(key)
    queue.wait_for_selector("text=staat op jouw naam")
    assert reference(queue) == rows[2]
    assert rows[1] not in references(queue)


def test_keys_do_nothing_where_somebody_types_and_slash_goes_there(queue):
    queue.keyboard.press("/")
    queue.keyboard.type("jxa?")
    assert queue.input_value("[name=q]") == "jxa?"
    assert queue.locator("dialog[open]").count() == 0
    assert queue.locator(".tick:checked").count() == 0


def test_the_list_of_keys_opens_closes_and_switches_them_off(queue):
    queue.keyboard.press("?")
    assert queue.locator("dialog[open] h2").inner_text() == "Toetsen"
    queue.keyboard.press("Escape")
    assert queue.locator("dialog[open]").count() == 0
    queue.click("[data-keys-open]")
    queue.click("text=Zet sneltoetsen uit")
    queue.wait_for_selector("text=Sneltoetsen staan uit.")
    queue.keyboard.press("j")
    assert reference(queue) == ""
    queue.click("[data-keys-open]")
    queue.click("text=Zet sneltoetsen aan")
    queue.wait_for_selector("text=Sneltoetsen staan aan.")


def test_live_says_how_many_are_new_and_leaves_the_list_as_it_is(worked_stack, signed_in):
    page = signed_in("coordinator")
    answers = {"new": 0}
    page.route("**/meldingen/stand/**", lambda route: route.fulfill(json={"acute": 0, "alarm": 0, "at": "14.22", **answers}))
    page.clock.install()
    page.goto(f"{worked_stack.url}/meldingen/?stand=nieuw")
    before = references(page)
    page.check(f"{ROW} .tick >> nth=2")
    answers["new"] = 3
    page.clock.run_for(1_000)
    page.wait_for_selector("text=3 nieuw – tonen")
    assert "Live · 14.22" in page.inner_text(".live")
    assert references(page) == before
    assert page.is_checked(f"{ROW} .tick >> nth=2")
    page.unroute("**/meldingen/stand/**")
    page.route("**/meldingen/stand/**", lambda route: route.abort())
    page.clock.run_for(80_000)
    page.wait_for_selector("text=Niet live. Ververs de pagina.")
    assert references(page) == before


def test_what_a_page_asks_says_that_it_is_no_work(worked_stack, signed_in):
    page = signed_in("coordinator")
    with page.expect_request("**/meldingen/stand/**") as asked:
        page.goto(f"{worked_stack.url}/meldingen/")
    assert asked.value.headers["x-live"] == "1"
    assert set(json.loads(asked.value.response().text())) == {"new", "acute", "alarm", "at"}


def test_everything_works_without_javascript(worked_stack, signed_in):
    page = signed_in("coordinator", javascript=False)
    page.goto(f"{worked_stack.url}/meldingen/?stand=nieuw")
    assert page.locator("[data-keys-open]").is_hidden()
    page.click("details.filter summary")
    page.select_option("[name=van]", "school")
    page.click("text=Toon")
    assert "van=school" in page.url
    page.click(".chips .pill.on")
    page.check(f"{ROW} .tick >> nth=0")
    page.click("#kies [value=nemen]")
    page.click("main form button.btn")
    assert re.search(r"bijgewerkt|Dit kon niet", page.inner_text("main"))
    page.click(f"{ROW} button[form=neem] >> nth=0")
    assert "staat op jouw naam" in page.inner_text("main")
    page.fill("[name=q]", "te laat")
    page.click("[role=search] button")
    assert "laat=1" in page.url


def test_a_phone_shows_cards_and_nothing_is_wider_than_the_screen(worked_stack, signed_in):
    page = signed_in("coordinator", width=390)
    page.goto(f"{worked_stack.url}/meldingen/?stand=open&van=school")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
