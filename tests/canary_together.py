"""The canary in what networks do together: a meeting with its report and ties, a case handed on, and aftercare."""

import datetime
import re
from contextlib import closing

from tests import leftovers
from tests.canary_network import draft
from tests.people import Forms, Person, answer

NEXT = (datetime.date.today() + datetime.timedelta(days=7)).isoformat()


def meet(lead: Person, case: str, canary: str) -> None:
    """Plan a meeting, talk about the case, close it, add to its report; then a tie."""
    lead.open("/netwerk/overleg/")
    answer(lead, "meeting-where", 422, on="", where=canary)
    answer(lead, "meeting-where", on=NEXT, at="10:00", where=canary)
    lead.open("/netwerk/overleg/")
    meeting = re.search(r"/netwerk/overleg/[0-9a-f-]{36}/", lead.html).group()
    lead.open(meeting)
    lead.submit("/agenda/", case=case)
    lead.open(meeting)
    answer(lead, "there-guests", guests=canary)
    lead.open(f"{meeting}zaak/{case}/")
    lead.submit("/nu/")
    said = {"youth_care": "no", "youth_care_why": canary, "surroundings_who": canary, "peers": "yes"}
    answer(lead, "block-youth_care_why", 422, **said)
    stale = next(form for form in Forms(lead.html).found if "block-youth_care_why" in form["fields"])
    answer(lead, "block-youth_care_why", surroundings="yes", **said)
    again = {f"block-{name}": value for name, value in said.items()} | {"block-surroundings": "no"}
    assert lead.fill(stale, again).status_code == 409
    for has, values in (("minutes-words", {}), ("action-words", {"kind": "school"})):
        lead.open(f"{meeting}zaak/{case}/")
        answer(lead, has, words=canary, **values)
    lead.open(f"{meeting}zaak/{case}/")
    assert canary in lead.html
    draft(lead, f"/netwerk/{case}/concept/minutes/", "minutes-words", canary)
    lead.open(meeting)
    answer(lead, "closing-words", words=canary)
    answer(lead, "closing-words", confirmed="1")
    lead.open(meeting)
    answer(lead, "later-words", words=canary)
    assert canary in lead.html
    lead.open(f"/netwerk/{case}/")
    form = {"fields": Forms(lead.html).found[0]["fields"], "action": f"/netwerk/{case}/band/"}
    assert lead.fill(form, {"tie-words": canary}).status_code == 200


def hand_on(lead: Person, case: str, canary: str, *, to: str) -> None:
    """Ask the network `to` to take the case over, with all that may go along, and own words."""
    lead.open(f"/netwerk/{case}/doorgeven/")
    answer(lead, "transfer-words", 422, reason="other", words=canary)
    notes = re.findall(r'value="(note:[0-9a-f-]+)"', lead.html)
    along = [*notes, "actions", "contacts", "goals", "relations", "suspects"]
    answer(lead, "transfer-words", team=to, reason="other", words=canary, wanted=along)
    assert notes and canary in lead.html
    answer(lead, "transfer-words", confirmed="1", wanted=along)


def refuse(other: Person, case: str, canary: str) -> None:
    """Say no, with own words, on the page of a case that another network asked to take over."""
    other.open(f"/netwerk/{case}/")
    assert canary in other.html
    answer(other, "return-words", reason="other", words=canary)


def take_back(lead: Person, case: str, canary: str, *, to: str) -> None:
    """Read why the other network said no, ask it again, and take that back: the parcels stay behind, sealed."""
    lead.open(f"/netwerk/{case}/doorgeven/")
    assert canary in lead.html
    hand_on(lead, case, canary, to=to)
    lead.open(f"/netwerk/{case}/doorgeven/")
    lead.submit("/intrekken/")


def look_after(stack, lead: Person, case: str, canary: str) -> None:
    """Answer the first pulse of a closed case, whose day has come."""
    with closing(leftovers.database(stack)) as connection, connection.cursor() as cursor:
        cursor.execute("UPDATE networks_pulse SET due_at = now() WHERE number = 1 AND answered_at IS NULL")
    lead.open(f"/netwerk/{case}/uitkomst/")
    answer(lead, "pulse-words", 422, words=canary)
    answer(lead, "pulse-words", safe_now="yes", words=canary)
    lead.open(f"/netwerk/{case}/uitkomst/")
    assert canary in lead.html
