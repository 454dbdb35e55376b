"""Walks past what a coordinator does from the page of a signal or a case, as tests/tour.py does past the pages themselves."""

from collections.abc import Iterator


def first(page, url: str, tab: str, number: int = 0) -> str:
    """Return the address of a signal in a tab of the queue."""
    page.goto(f"{url}/meldingen/?stand={tab}")
    return f"{url}/meldingen/{page.locator('tbody a.id').nth(number).inner_text().strip()}/"


def acts(page, url: str) -> Iterator[str]:
    """The line of time, joining, separating, paper, and both values at a clash; what was typed is thrown away again."""
    signal = first(page, url, "nieuw")
    page.goto(f"{signal}?stand=nieuw&toon=inzage")
    yield "melding-inzage"
    page.goto(f"{signal}voegen/")
    yield "melding-voegen"
    page.check("[name=join-case] >> nth=0")
    page.click("main form.slim button.btn >> nth=0")
    page.wait_for_selector("main .summary")
    yield "melding-voegen-fout"
    page.select_option("[name=join-reason]", value="same_person")
    page.click("main form.slim button.btn >> nth=0")
    page.wait_for_selector("#zeker")
    yield "melding-voegen-zeker"
    for name, query in (("melding-afdruk", ""), ("melding-afdruk-met-namen", "?contact=1")):
        page.goto(f"{signal}afdrukken/{query}")
        yield name
    yield from clash(page, signal)
    page.goto(f"{url}/zaken/")
    case = page.locator("tbody a.id").first.get_attribute("href")
    page.goto(f"{url}{case}afdrukken/")
    yield "zaak-afdruk"
    page.goto(f"{url}{case}")
    page.click(".lines.members a.id >> nth=0")
    yield "melding-in-zaak"
    page.goto(f"{page.url}losmaken/")
    yield "melding-losmaken"


def clash(page, signal: str) -> Iterator[str]:
    """Send a correction against an old version: both values; then what was typed and not sent, thrown away."""
    page.goto(signal)
    page.locator("[name=place-version]").evaluate("field => { field.value = 0; field.closest('details').open = true; }")
    page.select_option("[name=place-municipality]", index=2)
    page.click("form[action*='/plaats/'] button.btn")
    page.wait_for_selector("#ck")
    yield "melding-twee-keuzes"
    page.goto(signal)
    yield "melding-niet-verstuurd"
    page.click(".unsent button[name=drop]")
    page.wait_for_load_state()
