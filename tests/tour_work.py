"""Walks past the work of a network: actions, contacts with what was agreed, one action, a wrong form, paper."""

from collections.abc import Iterator


def work(page, url: str) -> Iterator[str]:
    """The work of the first running case, with an error on the way and a contact that is refused."""
    page.goto(f"{url}/netwerk/?stand=lopend")
    page.click("tbody a.id >> nth=0")
    page.click("nav >> text=Werk")
    yield "netwerk-werk"
    if page.locator("form[action$='/afspraken/']").count():
        page.click("form[action$='/afspraken/'] button")
    address = page.url.partition("#")[0]
    page.goto(address)
    page.locator("#nieuwe-actie").evaluate("form => { form.open = true; }")
    page.click("form[action$='/werk/actie/'] button.btn")
    yield "netwerk-werk-actie-fout"
    page.goto(address)
    page.locator("#nieuw-contact").evaluate("form => { form.open = true; }")
    page.select_option("[name=contact-with_whom]", "family")
    page.select_option("[name=contact-how]", "phone")
    page.select_option("[name=contact-reached]", "spoke")
    page.fill("[name=contact-words]", "Ze wil dat we volgende week terugbellen.")
    yield "netwerk-werk-contact"
    page.goto(address)
    page.click("#acties tbody th a >> nth=0")
    yield "netwerk-actie"
    page.goto(address.replace("/werk/", "/afdrukken/"))
    yield "netwerk-afdrukken"
    page.goto(address.replace("/werk/", "/als/"))
    yield "netwerk-als"
    page.goto(address.replace("/werk/", "/als/") + "?deel=samen")
    yield "netwerk-als-samen"
