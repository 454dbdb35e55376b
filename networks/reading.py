"""What a member sees: the own inbox in clear, and a letter with its notes, opened through the vault."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from meldpunt.vault import sealed
from networks.models import Note
from signals.content import Shared
from signals.models import Assignment, Indicator, Transition
from signals.reading import shared_of
from signals.remaining import Clock, clock_to
from signals.workflow import AssignmentState

TABS = {
    "bevestigen": (_("Te bevestigen"), (AssignmentState.DELIVERED, AssignmentState.OPENED)),
    "lopend": (_("Lopend"), (AssignmentState.ACCEPTED,)),
    "teruggegeven": (_("Teruggegeven"), (AssignmentState.RETURNED,)),
    "klaar": (_("Klaar"), (AssignmentState.ENDED,)),
}
FIRST_TAB, RETURNED_TAB = "bevestigen", "teruggegeven"


@dataclass(frozen=True)
class Letter:
    """What a network reads of a case: the shared parts, the signs in words, its own notes and its own history."""

    shared: Shared
    signs: list[str]
    notes: list[tuple[Note, str]]
    history: list[Transition]


def held(user) -> QuerySet[Assignment]:
    """The letters that `user`'s own networks hold, with what a page says about them in clear."""
    found = Assignment.objects.visible_to(user).held_by(user.network_teams())
    return found.select_related("case__municipality", "team", "owner")


def held_or_404(user, reference: str) -> Assignment:
    """Return the newest letter about the case `reference` that `user` holds; raises Http404."""
    newest = held(user).filter(case__reference=reference).order_by("-queued_at").values("pk")[:1]
    return get_object_or_404(held(user), pk__in=newest)


def in_tab(user, tab: str) -> QuerySet[Assignment]:
    """The letters of one tab (a key of TABS), the most pressing first."""
    late_first = ("-ended_at", "-queued_at") if tab == "klaar" else ("due_at", "queued_at")
    return held(user).filter(state__in=TABS[tab][1]).order_by(*late_first, "pk")


def returned(user) -> QuerySet[Transition]:
    """What `user`'s networks gave back: when, by whom and the preset reason; the letter itself is gone."""
    given_back = Transition.objects.filter(
        assignment__team__in=user.network_teams(), new=AssignmentState.RETURNED
    )
    return given_back.select_related("assignment__case", "by")


def tab_counts(user) -> dict[str, int]:
    """Return how many letters each tab of `user` holds, in one query."""
    own = Assignment.objects.filter(team__in=user.network_teams()).order_by()
    by_state = dict(own.values_list("state").annotate(n=Count("pk")))
    return {tab: sum(by_state.get(state, 0) for state in states) for tab, (_label, states) in TABS.items()}


def clock_of(assignment: Assignment) -> Clock | None:
    """Return the clock that runs for this letter, or None once the network has answered."""
    if not assignment.is_open or assignment.state == AssignmentState.ACCEPTED:
        return None
    return clock_to(assignment.due_at, assignment.case.urgency)


def letter_of(keyring, assignment: Assignment) -> Letter:
    """Open a letter with its notes; two rows in the reading log. Raises CannotOpen."""
    keyring.load([assignment.case_id, assignment.pk])
    shared = shared_of(keyring, assignment.case, purpose="casework")
    history = list(assignment.transitions.select_related("by").exclude(new=AssignmentState.QUEUED))
    return Letter(shared, sign_texts(shared.signs), notes_of(keyring, assignment), history)


def sign_texts(codes: list[str]) -> list[str]:
    """Return the signs with these codes in words, in their order; a code that is not known stays a code."""
    known = Indicator.objects.in_bulk(codes)
    return [known[code].description if code in known else code for code in codes]


def notes_of(keyring, assignment: Assignment) -> list[tuple[Note, str]]:
    """Open the notes of a letter, newest first, with one row in the reading log.

    Raises Locked, CannotOpen where the keyring does not open them.
    """
    notes = list(Note.objects.visible_to(keyring.user).filter(assignment=assignment).select_related("by"))
    if not notes:
        return []
    words = sealed.read_list(keyring, notes, "words")
    return [(note, words[note.pk].decode()) for note in notes if note.pk in words]
