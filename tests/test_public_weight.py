"""What a public page costs and leaves behind: bytes over the wire, scripts, other sites, storage, cookies.

Production serves static files compressed (whitenoise). The landing page and the steps of the form are compressed too:
no other site can ask for them with our cookies, which are SameSite=Strict, so BREACH has no way in, and Django adds
bytes by chance. A page with a code or a message never is. The test serves static files as they are, so these count here
as gzip -9 would make them.
"""

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import tour

ROOT = Path(__file__).parent.parent
PAGE_BYTES, SCRIPT_BYTES = 60_000, 10_000
COOKIES = {"__Host-d", "__Host-c"}
ASKED = "() => [...new Set(performance.getEntriesByType('resource').map(entry => entry.name))]"
BODY = "() => performance.getEntriesByType('navigation')[0].encodedBodySize"
LEFT = "() => [Object.keys(localStorage), Object.keys(sessionStorage)].flat()"
RIGHT_TO_LEFT = """() => {
  document.documentElement.dir = 'rtl';
  return document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
    .filter(e => { const box = e.getBoundingClientRect(); return box.width && (box.right > innerWidth + 1 || box.left < -1); })
    .slice(0, 5).map(e => e.outerHTML.slice(0, 120));
}"""
WALKS = {
    "texts": tour.texts,
    "filing": tour.filing,
    "advice": tour.advice,
    "oneself": tour.oneself,
}


def weight(page) -> dict[str, int]:
    """Return bytes by address of the page on the screen and of every file that it asked for, as for a first visit."""
    found = {page.url: page.evaluate(BODY) or len(page.content().encode())}
    for address in page.evaluate(ASKED):
        file = ROOT / urlsplit(address).path.lstrip("/")
        if "/static/" in address:
            found[address] = len(file.read_bytes() if file.suffix == ".woff2" else gzip.compress(file.read_bytes(), 9))
    return found


def too_much(page, url: str, stop: str) -> list[str]:
    """What is wrong with the page on the screen, in lines of text."""
    page.wait_for_load_state("networkidle")
    found = weight(page)
    total = sum(found.values())
    scripts = sum(size for address, size in found.items() if address.endswith(".js"))
    wrong = [f"{stop}: asks {address}" for address in page.evaluate(ASKED) if not address.startswith(url)]
    wrong += [f"{stop}: keeps {key}" for key in page.evaluate(LEFT)]
    if total > PAGE_BYTES or scripts > SCRIPT_BYTES:
        wrong.append(f"{stop}: {total} bytes, {scripts} of them scripts")
    return wrong


@pytest.mark.parametrize("name", WALKS)
def test_a_public_page_is_light_and_leaves_nothing_behind(stack, new_page, name):
    page = new_page(width=390)
    elsewhere, wrong, cookies = [], [], set()
    page.on("request", lambda request: None if request.url.startswith(stack.url) else elsewhere.append(request.url))
    for stop in WALKS[name](page, stack.url):
        wrong += too_much(page, stack.url, stop)
        cookies |= {cookie["name"] for cookie in page.context.cookies()}
    assert wrong + elsewhere == []
    assert cookies <= COOKIES


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", WALKS)
def test_a_page_that_is_read_from_right_to_left_fits_the_screen(stack, new_page, name, width):
    page = new_page(width=width)
    wrong = []
    for stop in WALKS[name](page, stack.url):
        page.wait_for_load_state()
        if found := page.evaluate(RIGHT_TO_LEFT):
            wrong.append(f"{stop}: {found}")
    assert wrong == []
