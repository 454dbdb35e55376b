"""The desk decides whether a closed case opens again: a match or aftercare proposed it, or a coordinator saw cause."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meldpunt.teams.access import role
from signals.actions import Clash, keeping, reopening
from signals.desk import handing
from signals.forms.handing import LeaveClosedForm, ReopenCaseForm
from signals.models import Case
from signals.queue.rail import desk_rail
from signals.views.cases import case_or_404, too_late
from signals.views.typed import keep_all, start_with, unlocked_or_kept
from signals.workflow import CaseState, NotAllowed


def reopen_page(request: HttpRequest, case: Case, *, status: int = 200, **typed) -> HttpResponse:
    """Show why a closed case may open again, with the forms to decide; `typed` (reopen_form, stay_form) is what was sent."""
    closed = handing.closed_case(request.user, case)
    drafts = keeping.kept_of(request.keyring, case)
    version = {"version": case.version}
    forms = {
        "reopen_form": ReopenCaseForm(initial=start_with(drafts, "reopen") | version, teams=closed.teams),
        "stay_form": LeaveClosedForm(initial=version),
    }
    context = desk_rail(request.user, "cases") | forms | typed
    context |= {"case": case, "closed": closed, "form": next(iter(typed.values()), None)}
    return render(request, "signals/desk/reopen.html", context, status=status)


@role("coordinator")
@unlocked_or_kept("case")
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Decide whether a closed case opens again, and where."""
    case = case_or_404(request, reference)
    if case.state != CaseState.CLOSED or not case.outcome:
        return too_late(request, reference) if request.method == "POST" else redirect("case", reference)
    if request.method != "POST":
        return reopen_page(request, case)
    form = ReopenCaseForm(request.POST, teams=reopening.may_have_it_again(case))
    if not form.is_valid():
        return reopen_page(request, case, status=422, reopen_form=form)
    try:
        letter = reopening.reopen(case, by=request.user, keyring=request.keyring, **form.act())
    except (Clash, NotAllowed):
        keep_all(request, case)
        return too_late(request, reference)
    keeping.forget(case, "reopen", by=request.user)
    at_network = _("De zaak is weer open en gaat naar netwerk %s.") % letter.team.name if letter else ""
    messages.success(request, at_network or _("De zaak is weer open. Kies nu een netwerk."))
    return redirect("case", reference)


@role("coordinator")
@unlocked_or_kept("case")
@require_POST
def stay_closed(request: HttpRequest, reference: str) -> HttpResponse:
    """Decide that what was proposed does not open the case again."""
    case = case_or_404(request, reference)
    form = LeaveClosedForm(request.POST)
    if not form.is_valid():
        return reopen_page(request, case, status=422, stay_form=form)
    try:
        reopening.leave_closed(case, by=request.user, keyring=request.keyring, **form.cleaned_data)
    except (Clash, NotAllowed):
        return too_late(request, reference)
    messages.success(request, _("De zaak blijft dicht."))
    return redirect("case", reference)
