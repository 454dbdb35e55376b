"""Walks past the pages of the shield: who must not see it, stepping aside, and what somebody outside the team reads."""

from collections.abc import Iterator


def shields(page, url: str) -> Iterator[str]:
    """The pages at the desk, of the first case in the list."""
    page.goto(f"{url}/zaken/")
    reference = page.locator("main a[href^='/zaken/ZK']").first.get_attribute("href").strip("/").split("/")[1]
    page.goto(f"{url}/afscherming/case/{reference}/")
    yield "afscherming"
    page.click("main form button.btn:not(.alt)")
    yield "afscherming-fout"
    page.goto(f"{url}/opzij/case/{reference}/")
    yield "opzij"
    page.goto(f"{url}/opzij/")
    yield "opzij-gedaan"
    page.goto(f"{url}/buiten/")
    yield "buiten-het-team"


def at_a_network(page, url: str) -> Iterator[str]:
    """The pages of a network, of its first running case."""
    page.goto(f"{url}/netwerk/?stand=lopend")
    reference = page.locator("main a[href^='/netwerk/ZK']").first.get_attribute("href").strip("/").split("/")[1]
    page.goto(f"{url}/netwerk/{reference}/afscherming/")
    yield "netwerk-afscherming"
    page.goto(f"{url}/netwerk/{reference}/opzij/")
    yield "netwerk-opzij"
