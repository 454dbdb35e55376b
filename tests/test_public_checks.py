"""Checks of reference/ux.md §6 that axe does not make, on every public page: targets, spacing, large text, titles, help."""

import pytest

from tests import tour

WALKS = {"texts": tour.texts, "filing": tour.filing, "advice": tour.advice, "oneself": tour.oneself}
DOORS = ("aanmelden", "uitnodiging-verlopen", "cijfers")
# A link inside a sentence may be as high as the sentence (WCAG 2.5.8).
SMALL = """() => [...document.querySelectorAll('a[href], button, summary, select, textarea, label.opt, input.in')]
  .filter(e => e.checkVisibility() && !e.closest('.vh, .skips') && !e.classList.contains('vh'))
  .filter(e => !(getComputedStyle(e).display === 'inline' && e.closest('p, li, dd')))
  .filter(e => { const box = e.getBoundingClientRect(); return box.width < 24 || box.height < 24; })
  .map(e => e.outerHTML.slice(0, 100))"""
SPACED = """() => {
  for (const e of document.querySelectorAll('body *')) {
    for (const [name, value] of [['line-height', '1.5'], ['letter-spacing', '.12em'], ['word-spacing', '.16em']])
      e.style.setProperty(name, value, 'important');
    if (e.tagName === 'P') e.style.setProperty('margin-bottom', '2em', 'important');
  }
  return document.documentElement.scrollWidth - innerWidth;
}"""
TWICE = """() => {
  const root = document.documentElement;
  root.style.fontSize = 2 * parseFloat(getComputedStyle(root).fontSize) + 'px';
  return root.scrollWidth - innerWidth;
}"""


def walk(page, stack, name):
    """Yield each stop that is framed as a public page, when it has come in."""
    for stop in WALKS[name](page, stack.url):
        page.wait_for_load_state()
        if page.locator("footer.foot").count() and not stop.startswith(DOORS):
            yield stop


@pytest.mark.parametrize("name", WALKS)
def test_titles_tell_pages_apart_and_help_is_at_the_same_place(stack, new_page, name):
    page, titles, wrong = new_page(), {}, []
    for stop in walk(page, stack, name):
        title, address = page.title(), page.url.split("?")[0].split("#")[0]
        if not title.endswith(" – Oever") or title.startswith("Fout:") != bool(page.locator("[data-summary]").count()):
            wrong.append(f"{stop}: {title}")
        if titles.setdefault(title, address) != address:
            wrong.append(f"{stop}: {title} is also {titles[title]}")
        help_links = page.locator("footer nav").first.locator("a")
        if not help_links.first.get_attribute("href").endswith("/advies/"):
            wrong.append(f"{stop}: help does not come first in the footer")
        if page.locator("a").first.get_attribute("href") != "#inhoud" or not page.locator("#inhoud").count():
            wrong.append(f"{stop}: the first stop does not lead to the content")
        if "mensenhandel" in title.lower() or "loverboy" in title.lower():
            wrong.append(f"{stop}: {title} names the subject")
    assert wrong == []


@pytest.mark.parametrize("name", WALKS)
def test_every_target_is_at_least_24_pixels(stack, new_page, name):
    page = new_page(width=390)
    assert [f"{stop}: {found}" for stop in walk(page, stack, name) if (found := page.evaluate(SMALL))] == []


@pytest.mark.parametrize("name", WALKS)
def test_wider_spacing_and_letters_twice_as_large_cut_nothing_off(stack, new_page, name):
    wrong, page = [], new_page(width=1280)
    for stop in walk(page, stack, name):
        page.set_viewport_size({"width": 320, "height": 700})
        if (over := page.evaluate(SPACED)) > 0:
            wrong.append(f"{stop}: {over} pixels too wide when spaced")
        page.set_viewport_size({"width": 1280, "height": 900})
        if (over := page.evaluate(TWICE)) > 0:
            wrong.append(f"{stop}: {over} pixels too wide at 200%")
    assert wrong == []


def test_colours_that_somebody_forces_keep_borders_and_marks(stack, new_page):
    page = new_page(forced_colors="active")
    page.goto(f"{stack.url}/advies/")
    page.check("[name=danger][value=no]")
    for what, rule in (("label.opt:has(:checked)", "outlineStyle"), ("main form button.btn", "borderTopStyle")):
        assert page.locator(what).first.evaluate(f"e => getComputedStyle(e).{rule}") == "solid"


def test_who_wants_no_motion_sees_none(stack, new_page):
    page = new_page(reduced_motion="reduce")
    page.goto(stack.url)
    moving = "() => [...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0).length"
    assert page.evaluate(moving) == 0


def test_paper_has_no_way_out_and_no_menus(stack, new_page):
    page = new_page()
    page.goto(stack.url)
    page.emulate_media(media="print")
    assert not page.locator("a.exit").is_visible()
    assert not page.locator("footer.foot").is_visible()


def test_the_focus_is_a_ring_of_two_colours(stack, new_page):
    page = new_page()
    page.goto(f"{stack.url}/code/")
    page.focus("[name=code]")
    ring = page.locator("[name=code]").evaluate("e => [getComputedStyle(e).outlineStyle, getComputedStyle(e).boxShadow]")
    assert ring[0] == "solid"
    assert ring[1] != "none"
