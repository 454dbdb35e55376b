"""Drafts of a member: what was typed in a form of a network waits, sealed to that person (signals/actions/keeping.py)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from meldpunt.teams.access import role
from networks import reading
from networks.models import Goal, Relation
from signals.views.typed import keep_or_drop

# The forms about a letter that wait for who types them, by their prefix; the room of each form adds its own.
FORMS = frozenset({
    "note", "action", "contact", "return", "outcome", "wish", "goal", "post_coordinator", "post_contact", "message",
    "pulse", "relation", "suspect", "transfer", "block", "minutes", "shield",
})  # fmt: skip
# The forms about one action.
ACTION_FORMS = frozenset({"change", "settle"})
# The forms about one goal.
GOAL_FORMS = frozenset({"how", "goal", "action"})
# The forms about one of the circle.
RELATION_FORMS = frozenset({"person", "answer", "action", "peer"})
FORMS_OF = {"action": ACTION_FORMS, "goal": GOAL_FORMS, "relation": RELATION_FORMS}


@role("member", "lead")
@require_POST
def keep_draft(request: HttpRequest, reference: str, form: str) -> HttpResponse:
    """Keep what is typed in one form about a letter, or drop it; called every few seconds, needs no open key."""
    if form not in FORMS:
        raise Http404
    letter = reading.held_or_404(request.user, reference)
    return keep_or_drop(request, letter, form, back=reverse("network_work", args=[reference]))


@role("member", "lead")
@require_POST
def keep_action_draft(request: HttpRequest, reference: str, pk, form: str) -> HttpResponse:
    """Keep what is typed in one form about an action, or drop it."""
    if form not in ACTION_FORMS:
        raise Http404
    action = reading.action_or_404(request.user, reference, pk)
    return keep_or_drop(request, action, form, back=reverse("network_action", args=[reference, pk]))


@role("member", "lead")
@require_POST
def keep_goal_draft(request: HttpRequest, reference: str, pk, form: str) -> HttpResponse:
    """Keep what is typed in one form about a goal, or drop it."""
    if form not in GOAL_FORMS:
        raise Http404
    goal = get_object_or_404(Goal.objects.visible_to(request.user), pk=pk, assignment__case__reference=reference)
    return keep_or_drop(request, goal, form, back=reverse("network_goal", args=[reference, pk]))


@role("member", "lead")
@require_POST
def keep_relation_draft(request: HttpRequest, reference: str, pk, form: str) -> HttpResponse:
    """Keep what is typed in one form about one of the circle, or drop it."""
    if form not in RELATION_FORMS:
        raise Http404
    found = Relation.objects.visible_to(request.user).current()
    relation = get_object_or_404(found, pk=pk, assignment__case__reference=reference)
    return keep_or_drop(request, relation, form, back=reverse("network_relation", args=[reference, pk]))
