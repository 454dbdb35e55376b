"""Walks past what the person concerned agrees to share: the form, the answer, taking it back, and copies."""

from collections.abc import Iterator


def consents(page, url: str) -> Iterator[str]:
    """The pages at the desk, of the first case in the list."""
    page.goto(f"{url}/zaken/")
    reference = page.locator("main a[href^='/zaken/ZK']").first.get_attribute("href").strip("/").split("/")[1]
    page.goto(f"{url}/toestemming/{reference}/")
    yield "toestemming-leeg"
    page.click("main .next form button.btn")
    page.wait_for_selector("[role=alert], .error-summary, .summary")
    yield "toestemming-fout"
    for receiver in ("school", "health_care"):
        page.check(f"[name=consent-receivers][value={receiver}]")
    for part in ("signs", "where"):
        page.check(f"[name=consent-parts][value={part}]")
    page.check("[name=consent-state][value=given]")
    page.locator("[name=consent-said_by]").first.check()
    page.fill("[name=consent-words]", "Aan de keukentafel gevraagd. ‘Ja, als mijn mentor het maar weet.’")
    page.click("main .next form button.btn")
    page.wait_for_selector("text=Het geldt meteen.")
    yield "toestemming"
    page.locator("main article h3 a").first.click()
    page.wait_for_selector("[name=answered-words]")
    yield "toestemming-een"
    page.check("[name=answered-state][value=withdrawn]")
    page.locator("[name=answered-said_by]").first.check()
    page.click("main .next form button.btn")
    page.wait_for_selector("text=Het geldt meteen.")
    yield "toestemming-ingetrokken"
    page.goto(f"{url}/kopieen/")
    yield "kopieen"
