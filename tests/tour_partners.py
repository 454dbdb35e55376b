"""Walks past the register of partners; nothing is kept."""

from collections.abc import Iterator


def partners(page, url: str) -> Iterator[str]:
    """The list, one partner, adding and changing with an error, ending, and to whom somebody belongs."""
    page.goto(f"{url}/partners/")
    yield "partners"
    page.click("tbody a:has-text('Gemeente') >> nth=0")
    page.wait_for_url("**/partners/*/")
    yield "partner"
    one = page.url
    page.goto(f"{one}wijzigen/")
    page.fill("[name=contact]", "")
    page.click("main form[novalidate] button.btn >> nth=0")
    page.wait_for_selector("[data-summary]")
    yield "partner-wijzigen-fout"
    page.goto(f"{one}beeindigen/")
    yield "partner-beeindigen"
    page.goto(f"{url}/partners/erbij/")
    yield "partner-erbij"
    page.goto(f"{url}/partners/delen/")
    yield "partners-delen"
    page.goto(f"{url}/partners/delen/?soort=school")
    yield "partners-delen-open"
    page.goto(one)
    page.click("main a[href*='/partners/lid/'] >> nth=0")
    page.wait_for_url("**/lid/*/")
    yield "partner-lid"
