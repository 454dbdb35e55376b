"""The canary in the plan of a case, in contact with a referrer that was handed over, and in opening a case again."""

import re

from tests.people import Forms, Person, answer


def plan_and_write(desk: Person, lead: Person, case: str, reference: str, canary: str) -> None:
    """Who coordinates, the wish, a goal and how it goes; contact handed over, a message, and contact given back."""
    page = f"/netwerk/{case}/plan/"
    lead.open(page)
    answer(lead, "post_coordinator-who", 422, whom="outside", words=canary)
    answer(lead, "post_coordinator-who", whom="outside", who=canary, organisation=canary, words=canary)
    stale = next(form for form in Forms(lead.html).found if "wish-wish" in form["fields"])
    answer(lead, "wish-wish", wish=canary, made_with=canary)
    assert lead.fill(stale, {"wish-wish": f"{canary} twee"}).status_code == 409
    lead.open(page)
    answer(lead, "goal-words", words=canary, who=canary)
    assert canary in lead.html
    address = re.search(r'href="([^"]*/doelen/[^"]+)"', lead.html).group(1)
    lead.open(address)
    answer(lead, "how-words", state="under_way", words=canary)
    lead.open(address)
    answer(lead, "action-words", kind="school", words=canary)
    _hand_contact(desk, lead, case, reference, canary)


def _hand_contact(desk: Person, lead: Person, case: str, reference: str, canary: str) -> None:
    desk.open(f"/meldingen/{reference}/contact-geven/")
    answer(desk, "hand-never", say=canary, never=canary, must_not_know=canary, when=canary)
    answer(desk, "hand-never", confirmed="1")
    lead.open(f"/netwerk/{case}/melder/")
    assert canary in lead.html
    answer(lead, "message-words", 422, words=canary)
    answer(lead, "message-words", words=canary, read_terms="on")


def open_again(desk: Person, case: str, canary: str) -> None:
    """Open a closed case again, at the desk, with own words."""
    desk.open(f"/zaken/{case}/heropenen/")
    answer(desk, "reopen-words", 422, reason="other", words=canary)
    answer(desk, "reopen-words", where="desk", reason="other", words=canary)
