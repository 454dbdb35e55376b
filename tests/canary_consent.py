"""The canary in what the person concerned said about being shared."""

import datetime
import re

from tests.people import Person, answer

TODAY = datetime.date.today().isoformat()


def ask_consent(person: Person, case: str, canary: str) -> None:
    """A question that the form refuses first, one that waits for an answer, and a refusal; the pages show the words."""
    person.open(f"/toestemming/{case}/")
    answer(person, "consent-words", 422, words=canary)
    for_school = {"receivers": "school", "parts": "signs", "on": TODAY}
    answer(person, "consent-words", state="not_asked", danger="person", words=canary, **for_school)
    assert canary in person.html
    person.open(re.search(rf"/toestemming/{case}/[0-9a-f-]{{36}}/", person.html)[0])
    answer(person, "answered-words", 422, words=canary)
    assert canary in person.html
