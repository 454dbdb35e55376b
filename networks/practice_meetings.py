"""Practice: a circle with an open question, and a meeting that was and one that comes, by the actions that people use."""

import datetime

from django.utils import timezone

from meldpunt.vault.unlocking import Keyring
from networks.actions import casework, circle, meetings, suspects
from networks.content import RelationContent, SuspectContent
from networks.models import ActionKind, Approached, MeetingItem, RelationKind
from signals.models import Assignment

AROUND = (
    (RelationKind.FRIEND, "Oefening Bo", "", "school", "sure"),
    (RelationKind.CLASSMATE, "Oefening Lin", Approached.SUSPECTED, "school", "likely"),
    (RelationKind.SIBLING, "Oefening Noa", Approached.NO, "family", "sure"),
    (RelationKind.FAMILY, "Oefening tante", "", "family", "sure"),
    (RelationKind.HELPER, "Oefening mentor", "", "own", "sure"),
)
SUSPECTED = SuspectContent(
    nickname="Oefening R.", words="Oefening: rijdt in een grijze auto.", source="school", certainty="unsure"
)
ANSWERS = {"youth_care": "no", "surroundings": "yes", "surroundings_who": "Oefening: de tante", "peers": "partly"}
LAST, NEXT = datetime.timedelta(days=-21), datetime.timedelta(days=7)


def draw_circle(letter: Assignment, lead: Keyring) -> None:
    """Put people around the person, answer some of the questions, plan a measure, write a suspect down."""
    common = {"by": lead.user, "keyring": lead}
    for kind, name, approached, source, certainty in AROUND:
        said = RelationContent(name=name, source=source, certainty=certainty)
        row = circle.add_relation(letter, kind=kind, said=said, **common)
        if approached:
            row = circle.answer(row, version=row.version, approached=approached, **common)
        if approached == Approached.SUSPECTED:
            words = "Oefening: de mentor praat met de ouders."
            casework.plan_action(letter, kind=ActionKind.PREVENTIVE, words=words, owner=lead.user, peer=row, **common)
    suspects.add_suspect(letter, said=SUSPECTED, **common)


def meet(team, lead: Keyring) -> None:
    """Hold the meeting of three weeks ago over its first case, and plan the next one."""
    common = {"by": lead.user, "keyring": lead}
    at_ten = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)
    held = meetings.plan(team, begins_at=at_ten + LAST, where="Oefening: stadhuis", **common)
    for item in MeetingItem.objects.visible_to(lead.user).filter(meeting=held).select_related("assignment")[:1]:
        meetings.decide(item, version=item.version, answers=ANSWERS, **common)
        meetings.write_minutes(item, words="Oefening: we blijven bellen.", **common)
    meetings.close(held, words="Oefening: volgende keer eerst de kring.", **common)
    meetings.plan(team, begins_at=at_ten + NEXT, where="Oefening: stadhuis", **common)
