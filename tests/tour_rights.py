"""Walks past what the person concerned may ask: writing down, answering, who looked, a copy, and the list with terms."""

from collections.abc import Iterator


def rights(page, url: str) -> Iterator[str]:
    """The pages at the desk, of the first case in the list."""
    page.goto(f"{url}/rechten/")
    yield "rechten-leeg"
    page.goto(f"{url}/zaken/")
    reference = page.locator("main a[href^='/zaken/ZK']").first.get_attribute("href").strip("/").split("/")[1]
    page.goto(f"{url}/zaken/{reference}/rechten/")
    page.click("main form.slim button.btn:not(.alt)")
    yield "rechten-fout"
    page.check("[name=right-kind][value=restriction]")
    page.check("[name=right-asked_by][value=self]")
    page.fill("[name=right-asked]", "Zij wil weten wat wij bewaren. Paspoort gezien. Antwoord aan de balie.")
    page.click("main form.slim button.btn:not(.alt)")
    page.wait_for_selector(".next form")
    yield "recht"
    page.click("a[href$='/inzage/']")
    yield "recht-wie-keek"
    page.go_back()
    page.click("form[action$='/afschrift/'] button")
    yield "recht-afschrift"
    page.go_back()
    page.check("[name=answer-state][value=granted]")
    page.fill("[name=answer-answer]", "Gebeld op het veilige nummer.")
    page.click(".next form button.btn")
    page.wait_for_selector("text=Dit is beantwoord.")
    yield "recht-beantwoord"
    page.goto(f"{url}/zaken/{reference}/rechten/")
    yield "rechten-zaak"
    page.click("form[action$='/rechten/weer/'] button")  # the tours after this one use the case
    page.wait_for_selector("text=De zaak mag weer gebruikt worden.")
    page.goto(f"{url}/rechten/")
    yield "rechten"
