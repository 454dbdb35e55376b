"""The canary in what the person concerned asks, and in the answer."""

import datetime

from tests.people import Person, answer

TODAY = datetime.date.today().isoformat()


def ask_and_answer(desk: Person, case: str, canary: str) -> None:
    """A request written down, refused by the form first, then answered; both pages show the words."""
    page = f"/zaken/{case}/rechten/"
    desk.open(page)
    asked = {"kind": "access", "asked_by": "self", "received_on": TODAY}
    answer(desk, "right-asked", 422, asked=canary)
    answer(desk, "right-asked", asked=canary, **asked)
    assert canary in desk.html
    answer(desk, "answer-answer", 422, answer=canary)
    answer(desk, "answer-answer", state="partly", ground="protects_others", answer=canary)
    assert canary in desk.html
