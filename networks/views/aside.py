"""Naming a colleague of the network who must not see a case, and stepping aside oneself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meldpunt.teams.access import role
from networks import reading
from networks.actions import aside as actions
from networks.views.inbox import menu
from networks.views.page import attempt, page_context, tab_of, unlock_first
from signals.actions import keeping
from signals.forms.shielding import KeepOutForm
from signals.models import Assignment
from signals.shielding import people
from signals.views.typed import start_with


def _page(request: HttpRequest, assignment: Assignment, *, status: int = 200, **typed) -> HttpResponse:
    drafts = keeping.kept_of(request.keyring, assignment)
    choice = people.of_team(assignment, but=request.user)
    form = typed.get("shield_form") or KeepOutForm(people=choice, initial=start_with(drafts, "shield"))
    out = people.how_many_out(assignment.team, assignment.case)["all"]
    context = page_context(request, assignment) | {
        "shield_form": form, "form": typed.get("shield_form"), "out": out, "page_title": _("Wie mag dit niet zien"),
    }  # fmt: skip
    return render(request, "networks/shield.html", context, status=status)


@role("member", "lead")
@require_http_methods(["GET", "HEAD", "POST"])
def shield(request: HttpRequest, reference: str) -> HttpResponse:
    """Say how many colleagues do not see the case, never who; a POST names one."""
    assignment = reading.held_or_404(request.user, reference)
    if request.keyring is None:
        return unlock_first(request, assignment)
    if request.method != "POST":
        return _page(request, assignment)
    form = KeepOutForm(request.POST, people=people.of_team(assignment, but=request.user))
    if not form.is_valid():
        return _page(request, assignment, status=422, shield_form=form)
    given = {"by": request.user, "keyring": request.keyring} | form.cleaned_data
    answer = attempt(request, assignment, lambda: actions.keep_out(assignment, **given), page=_page, shield_form=form)
    if answer is None:
        keeping.forget(assignment, "shield", by=request.user)
        messages.success(request, _("Deze collega ziet dit niet meer, ook niet in lijsten en berichten."))
    return answer or redirect("network_shield", reference)


@role("member", "lead")
@require_http_methods(["GET", "HEAD", "POST"])
def aside(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask whether one wants to step aside; a POST does it, without keys."""
    assignment = reading.held_or_404(request.user, reference)
    if request.method == "POST":
        actions.step_aside(assignment, by=request.user)
        return redirect("stepped_aside")
    back = reverse("network_case", args=[reference])
    context = menu(request, tab_of(assignment)) | {"name": reference, "back": back, "sends_to": request.path}
    return render(request, "signals/aside.html", context)
