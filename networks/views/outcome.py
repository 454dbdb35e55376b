"""Closing a case with an outcome: fill in, confirm, done. Only for a lead of the network that leads it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meldpunt.teams.access import role
from meldpunt.teams.models import Role
from networks import reading
from networks.actions import outcome
from networks.forms.outcome import OutcomeForm
from networks.views.page import attempt, case_page, page_context


@role("member", "lead")
@require_POST
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Check the outcome and ask to confirm it; when confirmed, close the case."""
    assignment = reading.held_or_404(request.user, reference)
    if request.user.role_in(assignment.team) != Role.LEAD:
        raise PermissionDenied
    form = OutcomeForm(request.POST)
    if not form.is_valid() or "change" in request.POST:
        return case_page(request, assignment, status=422 if form.errors else 200, outcome_form=form)
    if "confirmed" not in request.POST:
        return render(request, "networks/confirm.html", page_context(request, assignment) | {"form": form})
    failed = attempt(
        request,
        assignment,
        lambda: outcome.close(assignment, by=request.user, keyring=request.keyring, **form.cleaned_data),
        outcome_form=form,
    )
    if failed:
        return failed
    messages.success(request, _("Zaak %s is afgesloten.") % reference)
    return redirect("inbox")
