"""The page of the circle: who is around the person, the picture of it, and who is added."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from meldpunt.teams.access import role
from meldpunt.vault.crypto import CannotOpen
from networks import reading
from networks.actions import circle as acts
from networks.actions.casework import WRITABLE
from networks.circle.drawing import SIZE, spots
from networks.circle.reading import circle_of, kind_words, peers_named
from networks.forms.circle import RelationForm
from networks.views.page import attempt, page_context, unlock_first
from signals.actions import keeping
from signals.models import Assignment
from signals.views.typed import start_with
from signals.workflow import AssignmentState


def to_circle(reference: str) -> HttpResponse:
    """Go to the page of the circle."""
    return redirect(reverse("network_circle", args=[reference]))


def circle_page(request: HttpRequest, assignment: Assignment, *, status: int = 200, **typed) -> HttpResponse:
    """Show the circle of a letter; `typed` (relation_form) carries what was filled in."""
    if request.keyring is None:
        return unlock_first(request, assignment)
    try:
        found = circle_of(request.keyring, assignment)
    except CannotOpen:
        return render(request, "networks/no_key.html", page_context(request, assignment, "circle"), status=403)
    drafts = keeping.kept_of(request.keyring, assignment)
    forms = {"relation_form": RelationForm(initial=start_with(drafts, "relation"))}
    context = page_context(request, assignment, "circle") | forms | typed
    context |= {
        "circle": found, "spots": spots([shown.row for shown in found.relations]), "size": SIZE,
        "named": [(kind_words(peer), peer) for peer in found.named], "drafts": drafts,
        "may_write": assignment.state in WRITABLE, "form": next(iter(typed.values()), None),
    }  # fmt: skip
    return render(request, "networks/circle.html", context, status=status)


@role("member", "lead")
@require_safe
def circle(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the circle; a letter that nobody has opened stays closed."""
    assignment = reading.held_or_404(request.user, reference)
    if assignment.state == AssignmentState.DELIVERED:
        return redirect("network_case", reference)
    return circle_page(request, assignment)


@role("member", "lead")
@require_POST
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Add somebody."""
    assignment = reading.held_or_404(request.user, reference)
    form = RelationForm(request.POST)
    if not form.is_valid():
        return circle_page(request, assignment, status=422, relation_form=form)

    def act():
        acts.add_relation(
            assignment, by=request.user, keyring=request.keyring, kind=form.cleaned_data["kind"], said=form.said
        )

    if failed := attempt(request, assignment, act, page=circle_page, relation_form=form):
        return failed
    keeping.forget(assignment, "relation", by=request.user)
    messages.success(request, _("Toegevoegd aan de kring."))
    return to_circle(reference)


@role("member", "lead")
@require_POST
def take_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Put everybody whom the reports name into the circle."""
    assignment = reading.held_or_404(request.user, reference)
    made = []

    def act():
        named = peers_named(request.keyring, assignment)
        made.extend(acts.take_over_named(assignment, by=request.user, keyring=request.keyring, named=named))

    if failed := attempt(request, assignment, act, page=circle_page):
        return failed
    said = ngettext("%(n)d persoon staat nu in de kring.", "%(n)d personen staan nu in de kring.", len(made))
    messages.success(request, said % {"n": len(made)})
    return to_circle(reference)
