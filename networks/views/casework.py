"""A letter at a network: open it, take it on or give it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meldpunt.teams.access import role
from networks import reading
from networks.actions import moving
from networks.forms.casework import return_form
from networks.views.page import attempt, case_page, page_context
from signals.actions import keeping, routing
from signals.models.assignment import Part
from signals.workflow import AssignmentState


@role("member", "lead")
@require_safe
def network_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a case that the own network holds; one that is only delivered stays closed until somebody opens it."""
    assignment = reading.held_or_404(request.user, reference)
    if assignment.state == AssignmentState.DELIVERED:
        return render(request, "networks/closed_letter.html", page_context(request, assignment))
    return case_page(request, assignment)


@role("member", "lead")
@require_POST
def open_letter(request: HttpRequest, reference: str) -> HttpResponse:
    """Open a letter; opening it twice changes nothing."""
    assignment = reading.held_or_404(request.user, reference)
    failed = attempt(request, assignment, lambda: routing.open_letter(assignment, by=request.user))
    return failed or redirect("network_case", reference)


@role("member", "lead")
@require_POST
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the case on for the network."""
    assignment = reading.held_or_404(request.user, reference)
    failed = attempt(request, assignment, lambda: moving.accept(assignment, by=request.user, keyring=request.keyring))
    if failed:
        return failed
    messages.success(request, _("Jullie hebben deze zaak aangenomen. Jij bent nu de eigenaar."))
    return redirect("network_case", reference)


@role("member", "lead")
@require_POST
def give_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the case back to the desk, with a reason; the network then sees nothing of it any more."""
    assignment = reading.held_or_404(request.user, reference)
    form = return_form(assignment, request.POST)
    if not form.is_valid():
        return case_page(request, assignment, status=422, return_form=form)
    failed = attempt(
        request,
        assignment,
        lambda: moving.give_back(assignment, by=request.user, keyring=request.keyring, **form.cleaned_data),
        return_form=form,
    )
    if failed:
        return failed
    keeping.forget(assignment, "return", by=request.user)
    said_no = assignment.part == Part.NEXT
    told = _("Jullie zeiden nee tegen zaak %s.") if said_no else _("Zaak %s is terug bij het meldpunt.")
    messages.success(request, told % reference)
    return redirect("inbox")
