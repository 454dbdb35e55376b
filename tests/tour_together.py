"""Walks past what a network does together: the circle, handing a case on, and meetings, with an error on the way."""

from collections.abc import Iterator


def circle(page, url: str) -> Iterator[str]:
    """The circle of the first running case, one of it, the step to a signal, suspects, and handing on."""
    page.goto(f"{url}/netwerk/?stand=lopend")
    page.click("tbody a.id >> nth=0")
    start = page.url.partition("#")[0]
    page.goto(f"{start}kring/")
    yield "netwerk-kring"
    page.locator("#erbij").evaluate("form => { form.open = true; }")
    page.click("form[action$='/erbij/'] button.btn")
    yield "netwerk-kring-fout"
    page.goto(f"{start}kring/")
    page.click("tbody th a >> nth=0")
    one = page.url
    yield "netwerk-kring-een"
    page.goto(f"{one}melden/")
    yield "netwerk-kring-melden"
    page.goto(f"{start}verdachten/")
    yield "netwerk-verdachten"
    page.goto(f"{start}doorgeven/")
    yield "netwerk-doorgeven"
    page.click("form:not([action]) button.btn")
    yield "netwerk-doorgeven-fout"


def meetings(page, url: str) -> Iterator[str]:
    """The meetings, the agenda of the one ahead, the question before it ends, a case on the screen with an error, one over."""
    page.goto(f"{url}/netwerk/overleg/")
    yield "overleg"
    over = page.locator(".lines a").first.get_attribute("href")
    page.click("a.btn >> nth=0")
    yield "overleg-agenda"
    ahead = page.url
    page.click("form[action$='/sluiten/'] button.btn")
    page.wait_for_url("**/sluiten/")
    yield "overleg-sluiten"
    page.goto(ahead)
    page.click(".agenda a >> nth=0")
    yield "overleg-zaak"
    page.click("form[action$='/vragen/'] button.btn >> nth=0")
    yield "overleg-zaak-fout"
    page.goto(f"{url}{over}")
    yield "overleg-verslag"
