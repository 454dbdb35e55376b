"""What a member finds: the own letters, their tabs and clocks, and what belongs to a letter. All of it in clear."""

from django.db.models import CharField, Count, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from meldpunt.teams.agreement import Part
from meldpunt.teams.models import User
from networks.casework import own_work
from networks.casework.contract_reads import read_by
from networks.casework.counts import with_counts
from networks.models import Action, Tie
from signals.models import Assignment, CopyCheck, Handover, Indicator, Transition
from signals.querysets import shields_against
from signals.remaining import Clock, clock_to
from signals.sharing.door import may_read
from signals.shielding.people import workers_for
from signals.workflow import AssignmentState

TABS = {
    "bevestigen": (_("Te bevestigen"), (AssignmentState.DELIVERED, AssignmentState.OPENED)),
    "lopend": (_("Lopend"), (AssignmentState.ACCEPTED,)),
    "teruggegeven": (_("Teruggegeven"), (AssignmentState.RETURNED,)),
    "klaar": (_("Klaar"), (AssignmentState.ENDED,)),
}
COPIES = "copies"
FIRST_TAB, RETURNED_TAB, LAST_TAB = "bevestigen", "teruggegeven", "klaar"


def held(user) -> QuerySet[Assignment]:
    """The letters that `user`'s own networks hold, with what a page says about them in clear."""
    found = Assignment.objects.visible_to(user).held_by(user.network_teams())
    return found.select_related("case__municipality", "team", "owner")


def held_or_404(user, reference: str) -> Assignment:
    """Return the newest letter about the case `reference` that `user` holds, with `contract_read`: whether `user` has read
    what was agreed about contact, `has_contact`: whether the desk handed contact with a referrer over, `has_tie`: whether
    `user` said to have a tie with the case, and the counts of networks.casework.counts. Raises Http404.
    """
    newest = held(user).filter(case__reference=reference).order_by("-queued_at").values("pk")[:1]
    contact = Exists(Handover.objects.running().filter(assignment=OuterRef("pk")))
    tie = Exists(Tie.objects.current().filter(assignment=OuterRef("pk"), user=user.pk))
    found = with_counts(held(user), user).annotate(contract_read=read_by(user), has_contact=contact, has_tie=tie)
    letter = get_object_or_404(found, pk__in=newest)
    letter.has_contact = letter.has_contact and may_read(user, letter.team_id, letter.case, Part.REFERRER)
    return letter


def action_or_404(user, reference: str, pk) -> Action:
    """Return an action about the case `reference` with its letter, where `user` reads it; raises Http404."""
    letter = held_or_404(user, reference)
    found = Action.objects.visible_to(user).select_related("owner", "by", "settled_by")
    action = get_object_or_404(found, pk=pk, assignment=letter)
    action.assignment = letter
    if not own_work.may_read(user, letter, action):
        raise Http404
    return action


def workers_of(assignment: Assignment) -> list[User]:
    """Return who may own an action of this letter: who works in its network now and is not kept away from it."""
    return list(workers_for(assignment).defer("password").order_by("name"))


def in_tab(user, tab: str) -> QuerySet[Assignment]:
    """The letters of one tab (a key of TABS), the most pressing first: a clock or an action that is late, then the first due.

    Each with `next_due` and `next_kind` of the open action that is due first.
    """
    found = held(user).defer("case__shared", "owner__password").filter(state__in=TABS[tab][1])
    if tab == LAST_TAB:
        return found.order_by("-ended_at", "-queued_at", "pk")
    due_first = Action.objects.still_open().filter(assignment=OuterRef("pk")).exclude(due_on=None).order_by("due_on", "at")
    found = found.annotate(
        next_due=Subquery(due_first.values("due_on")[:1]), next_kind=Subquery(due_first.values("kind")[:1])
    )
    return found.order_by("due_at", F("next_due").asc(nulls_last=True), "queued_at", "pk")


def returned(user) -> QuerySet[Transition]:
    """What `user`'s networks gave back: when, by whom and the preset reason; the letter itself is gone."""
    own = Transition.objects.filter(assignment__team__in=user.network_teams(), new=AssignmentState.RETURNED)
    given_back = own.exclude(assignment__case__in=shields_against(user).order_by().cases())
    return given_back.select_related("assignment__case", "by").defer("assignment__case__shared", "by__password")


def tab_counts(user) -> dict[str, int]:
    """Return how many letters each tab of `user` holds, and under COPIES how many questions about copies wait; one query."""
    own = Assignment.objects.filter(team__in=user.network_teams()).order_by()
    own = own.filter(let_go_at=None).exclude(case__in=shields_against(user).order_by().cases())
    asked = CopyCheck.objects.visible_to(user).waiting().order_by().annotate(of=Value(COPIES, CharField())).values("of")
    letters = own.values_list("state").annotate(n=Count("pk"))
    by_state = dict(letters.union(asked.annotate(n=Count("pk")).values_list("of", "n"), all=True))
    counts = {tab: sum(by_state.get(state, 0) for state in states) for tab, (_label, states) in TABS.items()}
    return counts | {COPIES: by_state.get(COPIES, 0)}


def clock_of(assignment: Assignment) -> Clock | None:
    """Return the clock that runs for this letter, or None once the network has answered."""
    if not assignment.is_open or assignment.state == AssignmentState.ACCEPTED:
        return None
    return clock_to(assignment.due_at, assignment.case.urgency)


def sign_texts(codes: list[str]) -> list[str]:
    """Return the signs with these codes in words, in their order; a code that is not known stays a code."""
    known = Indicator.objects.in_bulk(codes)
    return [known[code].description if code in known else code for code in codes]
