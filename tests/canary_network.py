"""The canary in everything that a network writes about a case."""

import datetime

from tests import samples
from tests.people import Forms, Person, answer

TODAY = datetime.date.today().isoformat()


def do_the_work(lead: Person, case: str, canary: str) -> None:
    """Actions, contacts, notes, a file, drafts: with own words wherever they can be written, also refused and clashing."""
    page = f"/netwerk/{case}/werk/"
    lead.open(page)
    answer(lead, "note-words", words=canary)
    draft(lead, f"/netwerk/{case}/concept/note/", "note-words", canary)
    answer(lead, "action-words", 422, words=canary)
    answer(lead, "action-words", kind="school", words=canary)
    lead.submit("/afspraken/")
    contact = {"with_whom": "school", "who": canary, "on": TODAY, "at": "10:15", "reached": "spoke", "words": canary}
    answer(lead, "contact-words", 422, **contact)
    answer(lead, "contact-words", 422, how="phone", **contact | {"who": ""})
    answer(lead, "contact-words", how="phone", anyway=canary, **contact | {"who": "", "reached": "appointment"})
    lead.open(page)
    assert canary in lead.html
    add_file(lead, page, canary)
    one_action(lead, page, canary)
    lead.open(f"/netwerk/{case}/afdrukken/?contact=1")
    assert canary in lead.html


def draft(person: Person, address: str, has: str, canary: str) -> None:
    """Keep what is typed in a form without sending it, as the page does every few seconds."""
    form = next(form for form in Forms(person.html).found if has in form["fields"])
    here = person.at
    person.fill({**form, "action": address}, {has: canary})
    person.go("GET", here)


def one_action(lead: Person, page: str, canary: str) -> None:
    """Change it twice from one page, so that the second sees both values; then say how it went."""
    lead.open(page)
    address = next(form["action"] for form in Forms(lead.html).found if form["action"].endswith("/klaar/"))
    lead.open(address.removesuffix("klaar/"))
    stale = next(form for form in Forms(lead.html).found if "change-words" in form["fields"])
    draft(lead, address.removesuffix("klaar/") + "concept/change/", "change-words", canary)
    assert lead.fill(stale, {"change-words": f"{canary} een"}).status_code == 200
    lead.open(address.removesuffix("klaar/"))
    assert lead.fill(stale, {"change-words": f"{canary} twee"}).status_code == 409
    lead.open(address.removesuffix("klaar/"))
    answer(lead, "settle-result", result=canary)


def add_file(lead: Person, page: str, canary: str) -> None:
    """A file with the canary in its name and in what its camera wrote; and one that is refused."""
    form = next(form for form in Forms(lead.html).found if form["action"].endswith("/bestand/"))
    for name, data in ((f"{canary}.jpg", samples.photo(maker=canary)), (f"{canary}.pdf", canary.encode())):
        lead.post(
            lead.url + form["action"], data=form["fields"], files={"file": (name, data)}, timeout=60,
            headers={"Referer": lead.at, "Origin": lead.url},
        )  # fmt: skip
    lead.open(page)
    assert canary in lead.html
