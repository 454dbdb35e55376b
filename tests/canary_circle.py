"""The canary in the circle of a case: who is around, answers, measures, a peer as a signal, and suspects."""

import re

from tests.people import Forms, Person, answer


def write_down_the_circle(lead: Person, case: str, canary: str) -> None:
    """Somebody added, changed twice, waived and reported; suspects; refused and clashing forms too."""
    page = f"/netwerk/{case}/kring/"
    lead.open(page)
    answer(lead, "relation-words", 422, name=canary, words=canary)
    said = {"name": canary, "age": canary, "school": canary, "words": canary, "source": "school", "certainty": "sure"}
    answer(lead, "relation-words", kind="classmate", **said)
    if any("overnemen" in form["action"] for form in Forms(lead.html).found):
        lead.submit("/overnemen/")
    one = re.search(rf'href="({page}[0-9a-f-]{{36}}/)"', lead.html).group(1)
    lead.open(one)
    assert canary in lead.html
    lead.submit("/onthul/", kind="others", reason="contact")
    _change(lead, one, canary)
    lead.open(one)
    answer(lead, "answer-because", 422, approached="waived")
    answer(lead, "answer-because", approached="waived", because=canary)
    lead.open(one)
    answer(lead, "action-words", kind="preventive", words=canary)
    lead.open(f"{one}melden/")
    assert canary in lead.html
    answer(lead, "peer-words", 422, words="", place=canary)
    answer(lead, "peer-words", words=canary, place=canary)
    _suspects(lead, case, canary)


def _change(lead: Person, one: str, canary: str) -> None:
    """Change it twice from one page, so that the second sees both values."""
    lead.open(one)
    stale = next(form for form in Forms(lead.html).found if "person-words" in form["fields"])
    assert lead.fill(stale, {"person-words": f"{canary} een"}).status_code == 200
    lead.open(one)
    assert lead.fill(stale, {"person-words": f"{canary} twee"}).status_code == 409
    assert canary in lead.html


def _suspects(lead: Person, case: str, canary: str) -> None:
    page = f"/netwerk/{case}/verdachten/"
    lead.open(page)
    answer(lead, "suspect-words", 422, plate="X" * 40, words=canary)
    names = ("name", "nickname", "handle", "words")
    answer(lead, "suspect-words", phone="0612345678", plate="AA-12-BB", **dict.fromkeys(names, canary))
    lead.open(page)
    assert canary in lead.html
    lead.submit("/onthul/", kind="suspect", reason="contact")
    stale = next(form for form in Forms(lead.html).found if "known-words" in form["fields"])
    assert lead.fill(stale, {"known-words": f"{canary} een"}).status_code == 200
    lead.open(page)
    assert lead.fill(stale, {"known-words": f"{canary} twee"}).status_code == 409
