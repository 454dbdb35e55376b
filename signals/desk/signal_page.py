"""What the desk's page of a signal shows: the report opened once, in words."""

import re
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import get_language, gettext

from meldpunt.teams.models import Team
from signals import content, reading
from signals.desk import timeline
from signals.desk.timeline import Moment
from signals.filing import steps as form_steps
from signals.models import Indicator, Signal
from signals.places.gazetteer import proposal_for
from signals.places.resolving import Gazetteer
from signals.remaining import Clock, clock_to
from signals.routing import Proposal
from signals.weighing.said import Why, why_of
from signals.workflow import SignalState

# What the lists of places say in the words of their makers.
CODE = re.compile(r" ?\bGM\d{4}\b")
IN_DUTCH = (
    ("a part is in", "een deel ligt in"),
    ("hamlets", "buurtschappen"),
    ("hamlet", "buurtschap"),
    ("(grown together)", "(aan elkaar gegroeid)"),
    ("about 60 people of the village live in", "ongeveer 60 mensen van het dorp wonen in"),
    ("Germany", "Duitsland"),
    ("North Brabant", "Noord-Brabant"),
    ("South Holland", "Zuid-Holland"),
    ("North Holland", "Noord-Holland"),
    (" and ", " en "),
)


@dataclass(frozen=True)
class Facts:
    """A signal in words; `signs` by topic, `place` the proposed network with its reason, `moments` what happened."""

    report: content.Report
    signs: list[tuple[str, list[str]]]
    why: list[Why]
    place: str
    other: str
    network: str | None
    clock: Clock | None
    moments: list[Moment]


def facts_of(keyring, signal: Signal, known: Gazetteer) -> Facts:
    """Open a signal for its page with the names of places; one row in the reading log. Raises Locked, CannotOpen."""
    steps = list(signal.transitions.select_related("by", "own_words").defer("by__password"))
    data, words = reading.with_words(keyring, signal, "report", steps)
    report = content.from_bytes(content.Report, data)
    proposal = proposal_for(signal, report.place, known=known)
    undecided = signal.state not in (SignalState.DECIDED, SignalState.DESTROYED)
    return Facts(
        report=report,
        signs=signs_by_topic(report.signs),
        why=why_of(report.urgency.reasons),
        place=sentence_of(proposal, proposed_team(proposal, signal)),
        other=in_words(proposal.parts.get("other", "")),
        network=proposal.network,
        clock=clock_to(signal.due_at, signal.urgency) if undecided else None,
        moments=timeline.of_steps(steps, words),
    )


def in_words(other: str) -> str:
    """Return what the data says about namesakes without its codes, and in Dutch where the reader reads Dutch."""
    text = CODE.sub("", other)
    if get_language() == "nl":
        for english, dutch in IN_DUTCH:
            text = text.replace(english, dutch)
    return text


def proposed_team(proposal: Proposal, signal: Signal | None = None) -> Team | None:
    """Return the proposed network; no statement where the signal's municipality was fetched with its network."""
    if proposal.network is None:
        return None
    if signal is not None and signal.municipality is not None:
        return signal.municipality.coverage.team
    return Team.objects.filter(slug=proposal.network).first()


def sentence_of(proposal: Proposal, team: Team | None) -> str:
    """Return the reason of a proposal as a sentence, with the name of the network."""
    return gettext(proposal.sentence) % {**proposal.parts, **({"network": team.name} if team else {})}


def signs_by_topic(codes: list[str]) -> list[tuple[str, list[str]]]:
    """Return signs in words by topic title; a code that is not known stays a code."""
    known = Indicator.objects.in_bulk(codes)
    rows = sorted((known[code] for code in codes if code in known), key=lambda row: (row.topic, row.step))
    grouped = [
        (str(form_steps.TOPICS.get(topic, topic)), [row.description for row in group])
        for topic, group in groupby(rows, key=lambda row: row.topic)
    ]
    lost = [code for code in codes if code not in known]
    return [*grouped, (gettext("Niet meer in gebruik"), lost)] if lost else grouped
