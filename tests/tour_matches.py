"""Walks past matches at the desk: comparing, a signal and a case that look like others, noise, and what search finds."""

from collections.abc import Iterator

MATCHED = "tr[data-row]:has(.chip:has-text('zelfde')) a.id"


def matches(page, url: str) -> Iterator[str]:
    """The queue before and after comparing, a signal with matches, side by side, noise, and a number that was searched."""
    page.goto(f"{url}/meldingen/?stand=open")
    while button := page.query_selector("form.compare button:visible"):
        yield "meldingen-vergelijken"
        button.click()
        page.locator(".compare [role=status]", has_text="Alles").wait_for(timeout=60_000)
        page.goto(f"{url}/meldingen/?stand=open")
    yield "meldingen-overeenkomsten"
    page.click(f"{MATCHED} >> nth=0")
    yield "melding-lijkt-op"
    page.click("#lijkt-op .match summary >> nth=0")
    yield "melding-naast-elkaar"
    page.goto(f"{url}/meldingen/ruis/")
    yield "ruis"
    page.goto(f"{url}/meldingen/?stand=open")
    page.fill("#zoek", "06-00005521")
    page.press("#zoek", "Enter")
    page.wait_for_load_state()
    yield "gevonden"
