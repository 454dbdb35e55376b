"""What the desk's pages of a case show: letters with their clocks, shared parts in words, history, the proposed network."""

from dataclasses import dataclass

from meldpunt.teams.models import Team
from signals import content, reading
from signals.desk import proposed_team, sentence_of, signs_by_topic
from signals.gazetteer import gazetteer, proposal_for
from signals.models import Assignment, Case, Signal, Transition
from signals.remaining import Clock, clock_to
from signals.routing import network_for
from signals.workflow import AssignmentState, CaseState

# The delivery chain, in order: the state and the moment that says it was reached.
CHAIN = (
    (AssignmentState.QUEUED, "queued_at"),
    (AssignmentState.DELIVERED, "delivered_at"),
    (AssignmentState.OPENED, "opened_at"),
    (AssignmentState.ACCEPTED, "accepted_at"),
)


@dataclass(frozen=True)
class Shared:
    """What networks may read of a case, with its signs in words by topic."""

    parts: content.Shared
    signs: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class About:
    """A case in words: letters (newest first), its signals, what is shared, what happened, and what may come next."""

    letters: list[Assignment]
    signals: list[Signal]
    shared: Shared
    history: list[Transition]
    may_route: bool
    may_recall: bool


@dataclass(frozen=True)
class CaseProposal:
    """The proposed network, or None where the desk keeps the case, and the reason as a sentence."""

    team: Team | None
    sentence: str
    other: str


def with_letters(cases: list[Case]) -> list[Case]:
    """Give each case its newest letter and that letter's clock, in one statement for all."""
    newest: dict = {}
    for letter in Assignment.objects.filter(case__in=cases).select_related("team").order_by("queued_at"):
        newest[letter.case_id] = letter
    for case in cases:
        case.letter = newest.get(case.pk)
        case.clock = case.letter and clock_of(case.letter, case)
    return cases


def clock_of(letter: Assignment, case: Case) -> Clock | None:
    """Return the clock that runs for a letter until the network has answered."""
    return clock_to(letter.due_at, case.urgency) if letter.is_open and not letter.accepted_at else None


def chain_of(letter: Assignment) -> list[tuple[str, object]]:
    """Return (state in words, moment) for the steps of the delivery that were reached, and how it ended."""
    steps = [(state.label, getattr(letter, moment)) for state, moment in CHAIN if getattr(letter, moment)]
    return [*steps, (letter.get_state_display(), letter.ended_at)] if letter.ended_at else steps


def about_case(keyring, case: Case) -> About:
    """Open a case for its page; a row in the reading log, and one more where own words were opened.

    Raises Locked, CannotOpen.
    """
    shared = preview_of(keyring, case)
    letters = list(case.assignments.select_related("team", "owner").order_by("-queued_at"))
    for letter in letters:
        letter.clock, letter.chain = clock_of(letter, case), chain_of(letter)
    history = list(Transition.objects.filter(case=case).select_related("by"))
    words = reading.words_of(keyring, history)
    for step in history:
        step.words = words.get(step.pk, "")
    waiting = any(letter.is_open and not letter.accepted_at for letter in letters)
    signals = case.signals.defer("report", "headline", "filed_once").order_by("filed_at")
    return About(letters, list(signals), shared, history, case.state == CaseState.ASSESSED, waiting)


def preview_of(keyring, case: Case) -> Shared:
    """Return what a network that holds the case reads: opened by the very code that serves the network."""
    parts = reading.shared_of(keyring, case)
    return Shared(parts, signs_by_topic(parts.signs))


def proposal_for_case(case: Case) -> CaseProposal:
    """Propose a network for a case: its municipality decides, else the place of its first signal."""
    first = case.signals.order_by("filed_at").first()
    if case.municipality_id or first is None:
        known = gazetteer()
        proposal = network_for(case.municipality_id, known.coverage, None, known.municipalities)
    else:
        proposal = proposal_for(first)
    team = proposed_team(proposal)
    return CaseProposal(team, sentence_of(proposal, team), proposal.parts.get("other", ""))
