"""What the desk's page of a signal shows: the report opened once, in words."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext

from meldpunt.teams.models import Team
from signals import content, reading, steps
from signals.gazetteer import proposal_for
from signals.models import Indicator, Signal, Transition
from signals.remaining import Clock, clock_to
from signals.routing import Proposal
from signals.said import Why, why_of
from signals.workflow import SignalState


@dataclass(frozen=True)
class Facts:
    """A signal in words; `signs` by topic, `history` with own words, `place` the proposed network with its reason."""

    report: content.Report
    signs: list[tuple[str, list[str]]]
    reasons: list[Why]
    place: str
    other: str
    network: str | None
    clock: Clock | None
    history: list[Transition]


def facts_of(keyring, signal: Signal) -> Facts:
    """Open a signal for its page; one row in the reading log, and one more where own words were opened.

    Raises Locked, CannotOpen.
    """
    report = reading.report_of(keyring, signal)
    proposal = proposal_for(signal, report.place)
    history = list(signal.transitions.select_related("by"))
    words = reading.words_of(keyring, history)
    for step in history:
        step.words = words.get(step.pk, "")
    undecided = signal.state not in (SignalState.DECIDED, SignalState.DESTROYED)
    return Facts(
        report=report,
        signs=signs_by_topic(report.signs),
        reasons=why_of(report.urgency.reasons),
        place=sentence_of(proposal, proposed_team(proposal, signal)),
        other=proposal.parts.get("other", ""),
        network=proposal.network,
        clock=clock_to(signal.due_at, signal.urgency) if undecided else None,
        history=history,
    )


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
        (str(steps.TOPICS.get(topic, topic)), [row.description for row in group])
        for topic, group in groupby(rows, key=lambda row: row.topic)
    ]
    lost = [code for code in codes if code not in known]
    return [*grouped, (gettext("Niet meer in gebruik"), lost)] if lost else grouped
