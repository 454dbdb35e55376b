"""The canary in what is handed over outside, and in the receipt."""

import datetime

from tests.people import Person, answer

TODAY = datetime.date.today().isoformat()


def hand_outside(person: Person, case: str, canary: str) -> None:
    """A handing over that the form refuses first, then one that is written down, and its receipt; the page shows the words."""
    person.open(f"/overdracht/{case}/")
    words = dict.fromkeys(("recipient", "contact", "why"), canary)
    answer(person, "dispatch-why", 422, **words)
    answer(person, "dispatch-why", body="police", basis="public_task", way="portal", parts="person", **words)
    assert canary in person.html
    answer(person, "receipt-who", 422, who=canary, received_on="")
    answer(person, "receipt-who", who=canary, received_on=TODAY)
    assert canary in person.html
