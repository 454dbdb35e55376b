"""Walks past taking in by telephone, and past what an administrator sees before it is kept (see tour.py)."""

from collections.abc import Iterator


def intake(page, url: str) -> Iterator[str]:
    """An empty page, one with what is not right, and the code to read out; the code is left."""
    page.goto(f"{url}/meldingen/invoer/")
    yield "invoer"
    page.check("[name=contact-allowed][value=yes]")
    page.click(".asked .send button.btn")
    page.wait_for_selector("[data-summary]")
    yield "invoer-fout"
    page.fill("[name=signs-words]", "Een buurvrouw belt over een meisje dat laat in een auto stapt.")
    page.select_option("[name=contact-how]", "code")
    page.click(".asked .send button.btn")
    page.wait_for_url("**/klaar/")
    page.click("details.more summary")
    yield "invoer-klaar"
    page.click("button[value=queue]")


def kept(page, url: str) -> Iterator[str]:
    """A sign, a text, the clocks and the coverage before they are kept; nothing is kept."""
    page.goto(f"{url}/beheer/tekens/SC01/")
    page.fill("[name=ask_nl]", "Loopt vaak weg uit de les")
    page.click("[name=preview]")
    page.wait_for_selector("#voorbeeld .notice")
    yield "teken-voorbeeld"
    page.goto(f"{url}/beheer/teksten/")
    page.click("tbody a >> nth=0")
    page.wait_for_url("**/teksten/*/")
    yield "tekst"
    for name, folder in (("klokken", "klokken"), ("gemeenten", "gemeenten")):
        page.goto(f"{url}/beheer/{folder}/")
        page.select_option("main select >> nth=0", index=3)
        page.click("[name=preview]")
        page.wait_for_selector("#voorbeeld .notice")
        yield f"{name}-voorbeeld"
    page.goto(f"{url}/beheer/")
    page.click("a[href*='/toegang/'] >> nth=0")
    page.wait_for_url("**/toegang/")
    yield "opnieuw-toegang"
