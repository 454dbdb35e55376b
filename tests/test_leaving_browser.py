"""Leaving at once, from the middle of the form, in Chromium: Back and Forward show nothing of ours. Time that runs out."""

import contextlib
import re

import pytest
from playwright.sync_api import Error, expect

from tests.browsing import gone_from
from tests.conftest import QUIET, chromium

ELSEWHERE = re.compile(r"https://www\.buienradar\.nl.*")
ONWARD = "main form button.btn:not(.alt)"
BFCACHE = "--enable-features=CacheControlNoStoreEnterBackForwardCache:level/restore-unless-cookie-change"
UNDER_THE_BAR = """() => {
  const at = document.activeElement, bar = document.querySelector('.top').getBoundingClientRect();
  if (!at || at === document.body || at.closest('.top, .skips')) return '';
  const box = (at.closest('label') ?? at).getBoundingClientRect();
  return box.top < bar.bottom - 1 && box.bottom > bar.top ? at.outerHTML.slice(0, 120) : '';
}"""


def to_the_third_step(page, url: str) -> None:
    """Three pages of the form, each in the history."""
    page.goto(f"{url}/m/begin/self/")
    page.click(ONWARD)
    page.check("[name=danger][value=no]")
    page.click(ONWARD)
    page.fill("[name=words]", "Geheim verhaal")
    page.click(ONWARD)
    page.wait_for_url("**/m/3/")


def nothing_of_ours(page) -> None:
    """Go back and forward; each page that held an answer leads to the other site (which the tests do not reach)."""
    for go in (page.go_back, page.go_back, page.go_back, page.go_forward, page.go_forward):
        with contextlib.suppress(Error):
            go(wait_until="commit")
        page.wait_for_timeout(300)
        assert "Geheim" not in page.content()
        gone_from(page, r"/m/\d/|/m/controle/")
        assert "Geheim" not in page.content() and "Stap" not in page.title()


def leave(page) -> None:
    """Click on Snel weg; that the other site is asked for is enough."""
    with page.expect_request(ELSEWHERE):
        page.click("a.exit", no_wait_after=True)
    gone_from(page, r"/m/|/weg/")
    page.wait_for_timeout(500)


@pytest.mark.parametrize("javascript", [True, False])
def test_back_and_forward_show_nothing_after_leaving(stack, new_page, javascript):
    page = new_page(width=390, javascript=javascript)
    to_the_third_step(page, stack.url)
    leave(page)
    assert not [cookie for cookie in page.context.cookies() if "localhost" in cookie["domain"]]
    nothing_of_ours(page)


def test_back_shows_nothing_where_the_browser_keeps_pages_in_memory(stack, browser):
    memory = browser.browser_type.launch(
        executable_path=chromium(),
        args=[*QUIET, "--no-sandbox", BFCACHE],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    try:
        page = memory.new_context().new_page()
        to_the_third_step(page, stack.url)
        leave(page)
        nothing_of_ours(page)
    finally:
        memory.close()


def test_the_page_is_empty_before_anything_is_asked_for(stack, page):
    to_the_third_step(page, stack.url)
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.evaluate("addEventListener('beforeunload', () => console.log(document.title, document.body.innerText.trim()))")
    leave(page)
    assert "Laden Laden." in said


PUBLIC = ("/", "/advies/", "/m/begin/school/", "/m/begin/self/", "/m/verlopen/", "/code/", "/bestaat-niet/", "/en/privacy/")


@pytest.mark.parametrize("path", PUBLIC)
def test_every_public_page_has_the_way_out_as_second_stop_and_on_paper_not(stack, new_page, path):
    page = new_page(width=320)
    page.goto(stack.url + path)
    stops = []
    for _time in range(2):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("(at => [at.className, new URL(at.href).pathname])(document.activeElement)"))
    assert stops[1][0] == "skip" and stops[1][1].endswith("/weg/")
    assert page.locator("a.exit").is_visible()
    page.emulate_media(media="print")
    assert not page.locator("a.exit").is_visible()


def test_no_field_hides_under_the_bar_while_tabbing_at_320_pixels(stack, new_page):
    page = new_page(width=320, height=560)
    page.goto(f"{stack.url}/m/begin/school/")
    page.click(ONWARD)
    page.check("[name=danger][value=no]")
    page.click(ONWARD)
    page.wait_for_url("**/m/3/")
    for key, presses in (("Tab", 70), ("Shift+Tab", 70)):
        for _time in range(presses):
            page.keyboard.press(key)
            assert page.evaluate(UNDER_THE_BAR) == ""
    page.keyboard.press("Escape")


def test_the_warning_after_25_minutes_goes_on_with_esc_and_with_the_button_and_typing_goes_on_too(stack, page):
    page.clock.install()
    page.goto(f"{stack.url}/m/begin/parent/")
    page.click(ONWARD)
    page.wait_for_url("**/m/2/")
    assert not page.locator("dialog").is_visible()
    for how in ("Escape", "Enter") * 5:
        page.clock.fast_forward("25:01")
        assert page.evaluate("document.activeElement.textContent") == "Ga door"
        with page.expect_response(lambda response: response.url.endswith("/m/blijf/") and response.status == 204):
            page.keyboard.press(how)
        assert not page.locator("dialog").is_visible()
    page.check("[name=danger][value=no]")
    page.click(ONWARD)
    page.wait_for_url("**/m/3/")
    page.clock.fast_forward("06:00")
    with page.expect_response("**/m/blijf/"):
        page.type("[name=words]", "x")
    page.clock.fast_forward("24:00")
    assert not page.locator("dialog").is_visible()
    page.clock.fast_forward("06:01")
    page.wait_for_url("**/m/verlopen/")


def test_wipe_and_stop_in_the_warning_leaves(stack, page):
    page.clock.install()
    page.goto(f"{stack.url}/m/begin/parent/")
    page.click(ONWARD)
    page.wait_for_url("**/m/2/")
    page.clock.fast_forward("25:01")
    with page.expect_request(ELSEWHERE):
        page.click("text=Wis en stop")


def test_without_javascript_the_page_says_on_top_how_long_it_keeps(stack, new_page):
    page = new_page(javascript=False)
    page.goto(f"{stack.url}/m/begin/parent/")
    page.click(ONWARD)
    page.wait_for_url("**/m/2/")
    assert "Doe je 30 minuten niets?" in page.inner_text("main").split("Is er nu gevaar?")[1]


def test_help_shows_on_ticking_with_and_without_javascript(stack, new_page):
    for javascript in (True, False):
        page = new_page(width=390, javascript=javascript)
        page.goto(f"{stack.url}/m/begin/self/")
        page.click(ONWARD)
        page.check("[name=danger][value=no]")
        page.click(ONWARD)
        page.wait_for_selector("[value=DW06]", state="attached")
        page.wait_for_load_state()
        assert not page.locator(".help").first.is_visible()
        page.check("[value=DW06]")
        assert page.locator(".help a[href='tel:113']").first.is_visible()
        if javascript:
            assert "113" in page.text_content("[data-help-status]")


def test_enter_in_a_box_never_shows_all_signs_and_none_excludes(stack, page):
    page.goto(f"{stack.url}/m/begin/school/")
    page.click(ONWARD)
    page.check("[name=danger][value=no]")
    page.click(ONWARD)
    page.check("[name=signs] >> nth=0")
    page.check("[name=none]")
    assert not page.is_checked("[name=signs] >> nth=0")
    page.check("[name=signs] >> nth=1")
    assert not page.is_checked("[name=none]")
    page.focus("[name=signs] >> nth=1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/m/4/")


@pytest.mark.parametrize("javascript", [True, False])
def test_sending_twice_back_and_refresh_make_one_report(stack, new_page, javascript):
    page = new_page(width=360, javascript=javascript)
    to_the_third_step(page, stack.url)
    page.check("[name=age_band] >> nth=2")
    page.click("text=Verstuur nu wat ik heb")
    page.wait_for_url("**/m/controle/")
    page.dblclick(ONWARD)
    expect(page).to_have_url(re.compile("/m/klaar/"))  # the first click's way is broken off by the second
    page.wait_for_selector(".ref")
    reference = re.search(r"OV-\w{3}-\w{3}", page.content())[0]
    page.reload()
    page.go_back()
    expect(page).to_have_url(re.compile("/m/klaar/"))
    page.wait_for_selector(".ref")
    assert reference in page.content()


def test_the_form_uses_little_javascript(stack, page):
    page.goto(f"{stack.url}/m/begin/school/")
    page.click(ONWARD)
    page.wait_for_url("**/m/2/")
    names = page.evaluate("[...document.querySelectorAll('script')].map(s => s.src)")
    assert sum(len(page.request.get(name).body()) for name in names) <= 10_000
