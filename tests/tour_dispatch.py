"""Walks past handing a case over outside: the form, what leaves with its password, and the receipt."""

import datetime
from collections.abc import Iterator


def dispatches(page, url: str) -> Iterator[str]:
    """The pages at the desk, of the first case in the list."""
    page.goto(f"{url}/zaken/")
    reference = page.locator("main a[href^='/zaken/ZK']").first.get_attribute("href").strip("/").split("/")[1]
    page.goto(f"{url}/overdracht/{reference}/")
    page.click("main form.slim button.btn")
    yield "overdracht-fout"
    page.check("[name=dispatch-body][value=safe_home]")
    page.fill("[name=dispatch-recipient]", "Veilig Thuis Twente")
    page.fill("[name=dispatch-contact]", "Ria de Boer, aandachtsfunctionaris")
    page.check("[name=dispatch-basis][value=reporting_right]")
    page.fill("[name=dispatch-why]", "Willen jullie de veiligheid in het gezin beoordelen?")
    page.check("[name=dispatch-way][value=secure_mail]")
    page.click("main form.slim button.btn")
    page.wait_for_selector("form[action$='/wachtwoord/'], [name=receipt-who]")
    yield "overdracht"
    page.fill("[name=receipt-who]", "Ria de Boer, per telefoon")
    page.fill("[name=receipt-received_on]", datetime.date.today().isoformat())
    page.click("form:has([name=receipt-who]) button")
    page.wait_for_selector("text=De ontvangst is vastgelegd.")
    yield "overdracht-ontvangen"
    page.goto(f"{url}/overdracht/{reference}/")
    yield "overdracht-zaak"
    page.goto(f"{url}/zaken/{reference}/als/")
    yield "zaak-als"
