"""What the desk's pages of a case show: letters with their clocks, shared parts in words, history, the proposed network."""

from dataclasses import dataclass

from django.db.models import Case as Switch
from django.db.models import Q, Value, When
from django.utils.translation import gettext, gettext_lazy

from signals import content, reading
from signals.desk import timeline
from signals.desk.signal_page import signs_by_topic
from signals.desk.timeline import Moment
from signals.models import Assignment, Case, Signal, Transition
from signals.remaining import Clock, clock_to
from signals.vocabulary import URGENCY_RANK, who
from signals.workflow import AssignmentState, CaseState

# The delivery chain, in order: the state and the moment that says it was reached.
CHAIN = (
    (AssignmentState.QUEUED, "queued_at"),
    (AssignmentState.DELIVERED, "delivered_at"),
    (AssignmentState.OPENED, "opened_at"),
    (AssignmentState.ACCEPTED, "accepted_at"),
)

# What the running clock of a letter is for, by the state that it is in.
LEGS = {
    AssignmentState.QUEUED: gettext_lazy("Afleveren"),
    AssignmentState.DELIVERED: gettext_lazy("Openen"),
    AssignmentState.OPENED: gettext_lazy("Aannemen"),
}


@dataclass(frozen=True)
class Shared:
    """What networks may read of a case, with its signs in words by topic."""

    parts: content.Shared
    signs: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class About:
    """A case in words: letters (open first, then newest first), its signals, what is shared, what happened, and what may come next."""

    letters: list[Assignment]
    signals: list[Signal]
    shared: Shared
    moments: list[Moment]
    may_route: bool
    may_recall: bool
    unconfirmed: list[Assignment]


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
    """Open a case for its page; one row in the reading log.

    Raises Locked, CannotOpen.
    """
    history = Transition.objects.filter(Q(case=case) | Q(assignment__case=case))
    steps = list(history.select_related("by", "own_words").defer("by__password"))
    data, words = reading.with_words(keyring, case, "shared", steps)
    parts = content.from_bytes(content.Shared, data)
    letters = list(case.assignments.select_related("team", "owner").defer("owner__password").order_by("-queued_at"))
    letters.sort(key=lambda letter: not letter.is_open)
    for letter in letters:
        letter.clock, letter.chain, letter.leg = clock_of(letter, case), chain_of(letter), LEGS.get(letter.state, "")
    own = [step for step in steps if step.case_id]
    of_letters = [step for step in steps if step.assignment_id and step.by_id]
    waiting = [letter for letter in letters if letter.is_open and not letter.accepted_at]
    signals = case.signals.defer("report", "headline", "filed_once").order_by("filed_at")
    return About(
        letters=letters,
        signals=list(signals),
        shared=Shared(parts, signs_by_topic(parts.signs)),
        moments=timeline.of_steps(own, words) + timeline.of_letters(letters, of_letters, words),
        may_route=case.state == CaseState.ASSESSED and not case.rests,
        may_recall=bool(waiting),
        unconfirmed=sorted(waiting, key=lambda letter: (letter.part, str(letter.pk))),
    )


def to_pick(user, signal: Signal, wanted: str = "") -> list[Case]:
    """Return at most eight open cases to join `signal` to, each with a line about it: the most alike first, newest.

    The case with reference `wanted` comes before all others, where it is open and this user may see it.
    """
    found = Case.objects.for_desk(user).exclude(state__in=[CaseState.CLOSED, CaseState.DESTROYED])
    found = found.exclude(pk=signal.case_id).select_related("municipality").defer("shared")
    far = _far("age_band", signal.age_band, 4) + _far("gender", signal.gender, 2)
    if signal.municipality_id:
        far += Switch(When(municipality=signal.municipality_id, then=Value(0)), default=Value(1))
    turn = Switch(When(reference=wanted, then=Value(0)), default=Value(1))
    cases = list(found.annotate(far=far, turn=turn).order_by("turn", "far", "-opened_at", "pk")[:8])
    for case in cases:
        where = [case.municipality.name] if case.municipality else []
        case.in_short = " · ".join([who(case), *where, str(case.get_state_display())])
    return cases


def _far(field: str, value: str, weight: int) -> Switch:
    """Count `weight` where a case says something else than `value`; half where one of both does not know."""
    unsure = Value(weight // 2)
    if value == "unknown":
        return Switch(default=unsure)
    return Switch(When(**{field: value}, then=Value(0)), When(**{field: "unknown"}, then=unsure), default=Value(weight))


def consequences(signal: Signal, case: Case) -> list[str]:
    """Return in sentences what joining `signal` to `case` will do."""
    said = [gettext("De melding %(signal)s hoort daarna bij zaak %(case)s.") % {"signal": signal, "case": case}]
    letters = case.assignments.still_open().select_related("team")
    said += [
        gettext("Netwerk %s leest daarna ook wat uit deze melding gedeeld mag worden. Het krijgt bericht.") % letter.team
        for letter in letters
    ]
    if signal.case_id and not signal.case.signals.exclude(pk=signal.pk).exists():
        said.append(gettext("Zaak %s heeft dan geen melding meer en gaat dicht.") % signal.case)
    elif signal.case_id:
        said.append(gettext("Zaak %s houdt de andere meldingen.") % signal.case)
    if URGENCY_RANK[signal.urgency] < URGENCY_RANK[case.urgency]:
        said.append(gettext("De zaak wordt net zo dringend als de melding: %s.") % signal.get_urgency_display().lower())
    return [*said, gettext("Je kunt dit ongedaan maken. Er gaat niets verloren.")]
