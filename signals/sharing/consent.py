"""What a consent allows today, and who may give it. What stands for a case is kept with it, for the one door to read.

Source of who answers: reference/domain-nl.md, 4.1 (AVG article 8, UAVG article 5, Jeugdwet 7.3): from 16 the person, from
12 to 16 the person with a parent or guardian, below 12 a parent or guardian. To take a yes back is as easy as to give it
(GDPR article 7(3)): there one of both is enough.
"""

import datetime
from collections.abc import Collection, Iterable

from django.utils import timezone

from meldpunt.teams.agreement import Part
from signals.models.consent import ConsentState, ConsentStep, Giver
from signals.vocabulary import AgeBand

# {receiver: {part: last day or None}}, as a case keeps it; days are ISO texts.
Standing = dict[str, dict[str, str | None]]

GIVES = {AgeBand.UNDER_12: {Giver.PARENTS}, AgeBand.FROM_12: {Giver.BOTH}, AgeBand.UNKNOWN: set(Giver)}
STOPS = {AgeBand.UNDER_12: {Giver.PARENTS}, AgeBand.FROM_12: set(Giver), AgeBand.UNKNOWN: set(Giver)}
NEXT = {
    ConsentState.ASKED: {ConsentState.GIVEN, ConsentState.REFUSED, ConsentState.NOT_ASKED},
    ConsentState.NOT_ASKED: {ConsentState.ASKED, ConsentState.GIVEN, ConsentState.REFUSED},
    ConsentState.GIVEN: {ConsentState.WITHDRAWN},
    ConsentState.REFUSED: set(),
    ConsentState.WITHDRAWN: set(),
}
FIRST = (ConsentState.ASKED, ConsentState.GIVEN, ConsentState.REFUSED, ConsentState.NOT_ASKED)
# What of a handing over outside (signals/dispatch/parts.py) is which part of a case; the facts need a yes, of no part.
OF_DISPATCH = {
    "person": Part.WHO,
    "must_not_know": Part.CONTACT,
    "signs": Part.SIGNS,
    "places": Part.WHERE,
    "suspects": Part.SUSPECTS,
    "others": Part.OTHERS,
}


def who_answers(age_band: str, state: str) -> set[str]:
    """Return who may give the answer `state` for a person of this age (Giver); nobody where nobody is asked."""
    if state == ConsentState.NOT_ASKED:
        return set()
    rule = GIVES if state == ConsentState.GIVEN else STOPS
    return set(rule.get(age_band, {Giver.SELF}))


def standing_after(steps: Iterable[ConsentStep]) -> Standing:
    """Return what stands after all `steps` of a case, each with its consent: the last word about a part and a receiver counts.

    A question without an answer, and one that nobody asks, change nothing.
    """
    stands: Standing = {}
    for step in sorted(steps, key=lambda one: (one.on, one.at)):
        if step.state in (ConsentState.ASKED, ConsentState.NOT_ASKED):
            continue
        until = step.consent.until.isoformat() if step.consent.until else None
        for receiver in step.consent.receivers:
            parts = stands.setdefault(receiver, {})
            for part in step.consent.parts:
                if step.state == ConsentState.GIVEN:
                    parts[part] = until
                else:
                    parts.pop(part, None)
    return {receiver: parts for receiver, parts in stands.items() if parts}


def consented(standing: Standing, receiver: str, *, today: datetime.date | None = None) -> frozenset[str]:
    """Return the parts (Part) that may go to a kind of receiver today, as `standing` of the case says."""
    day = (today or timezone.localdate()).isoformat()
    return frozenset(part for part, until in standing.get(receiver, {}).items() if until is None or until >= day)


def covers(standing: Standing, body: str, chosen: Collection[str]) -> bool:
    """Tell whether what is `chosen` of a handing over outside (names of its parts) may go to `body` by consent today."""
    allowed = consented(standing, body)
    return bool(allowed) and {OF_DISPATCH[name] for name in chosen if name in OF_DISPATCH} <= allowed
