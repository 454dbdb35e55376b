"""Walks past the plan of a case, contact with a referrer, its outcome and aftercare, and opening a case again."""

from collections.abc import Iterator


def opened(page, url: str, tab: str, number: int = 0) -> str:
    """Open a case in a tab of the inbox; returns its address."""
    page.goto(f"{url}/netwerk/?stand={tab}")
    page.goto(url + page.locator("tbody a.id").nth(number).get_attribute("href"))
    return page.url.partition("?")[0].partition("#")[0]


def plans(page, url: str) -> Iterator[str]:
    """The plan, a goal, both with an error; contact with the referrer; closing, with an error and to confirm; aftercare."""
    case = opened(page, url, "lopend")
    page.goto(f"{case}plan/")
    yield "netwerk-plan"
    page.locator("#nieuw-doel").evaluate("form => { form.open = true; }")
    page.click("form[action$='/plan/doel/'] button.btn")
    yield "netwerk-plan-fout"
    page.goto(f"{case}plan/")
    page.click("#doelen tbody th a >> nth=0")
    yield "netwerk-doel"
    page.goto(f"{case}melder/")
    if page.locator("[name=message-words]").count():
        yield "netwerk-melder"
        page.click("form[action*='/melder/'] button.btn >> text=Verstuur")
        yield "netwerk-melder-fout"
    page.goto(f"{case}uitkomst/")
    yield "netwerk-uitkomst"
    page.goto(f"{opened(page, url, 'klaar')}uitkomst/")
    yield "netwerk-nazorg"


def again(page, url: str) -> Iterator[str]:
    """A closed case at the desk that may open again, and handing contact over."""
    page.goto(f"{url}/zaken/?stand=closed")
    for link in [a.get_attribute("href") for a in page.locator("tbody a.id").all()][:20]:
        page.goto(f"{url}{link}heropenen/")
        if page.locator("[name=reopen-where]").count():
            yield "zaak-heropenen"
            page.click("form[action$='/heropenen/'] button.btn")
            yield "zaak-heropenen-fout"
            break
