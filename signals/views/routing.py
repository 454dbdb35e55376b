"""Choosing the network of a case: the proposal with its reason, what the network will see, confirm."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meldpunt.teams.access import role, unlocked
from meldpunt.teams.models import Team, TeamKind
from meldpunt.vault.trust import NotTrusted
from signals import desk_case
from signals.actions import Clash, routing
from signals.forms.routing import RouteForm
from signals.models import Case
from signals.rail import desk_rail
from signals.views.cases import case_or_404, too_late
from signals.workflow import CaseState, NotAllowed


@role("coordinator")
@unlocked
def route(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose (GET, POST), see what will happen (POST), and send (POST with confirmed)."""
    case = case_or_404(request, reference)
    if case.state != CaseState.ASSESSED:
        unsent = request.POST.get("route-words", "")
        return too_late(request, reference, unsent=unsent) if request.method == "POST" else redirect("case", reference)
    proposal = desk_case.proposal_for_case(case)
    if request.method != "POST":
        chosen = proposal.team.slug if proposal.team else None
        form = RouteForm(networks=networks(), initial={"version": case.version, "team": chosen})
        return page(request, case, form, proposal)
    form = RouteForm(request.POST, networks=networks())
    if not form.is_valid():
        return page(request, case, form, proposal, status=422)
    if request.POST.get("confirmed") != "1":
        changing = request.POST.get("change") == "1"
        return page(request, case, form, proposal) if changing else confirm(request, case, form)
    return send(request, case, form)


def networks() -> list[Team]:
    """Return the networks to choose from."""
    return list(Team.objects.filter(kind=TeamKind.NETWORK))


def page(request: HttpRequest, case: Case, form: RouteForm, proposal, *, status: int = 200) -> HttpResponse:
    """Show the proposal, the choice, and what the network will see."""
    context = desk_rail(request.user, "cases") | {
        "case": case,
        "form": form,
        "proposal": proposal,
        "preview": desk_case.preview_of(request.keyring, case),
        "back_to": reverse("route", args=[case.reference]),
    }
    return render(request, "signals/desk/route.html", context, status=status)


def confirm(request: HttpRequest, case: Case, form: RouteForm) -> HttpResponse:
    """Ask once more: to whom, why, and what follows."""
    context = desk_rail(request.user, "cases") | {"case": case, "form": form}
    return render(request, "signals/desk/route_confirm.html", context)


def send(request: HttpRequest, case: Case, form: RouteForm) -> HttpResponse:
    """Seal the case to the chosen network and queue the letter."""
    try:
        letter = routing.route(case, by=request.user, keyring=request.keyring, **form.cleaned_data)
    except (NotAllowed, Clash):
        return changed(request, case.reference, form)
    except NotTrusted:
        messages.error(
            request,
            _("Netwerk %s heeft geen geldige sleutel. Vraag hun regisseur om die te vernieuwen.")
            % form.cleaned_data["team"].name,
        )
        return page(request, case, form, desk_case.proposal_for_case(case), status=409)
    messages.success(
        request, _("De zaak gaat naar netwerk %s. Tot ze aannemen, kun je hem terughalen.") % letter.team.name
    )
    return redirect("case", case.reference)


def changed(request: HttpRequest, reference: str, form: RouteForm) -> HttpResponse:
    """Say that the case was changed meanwhile; where it still needs a network, what was typed stays (409)."""
    case = case_or_404(request, reference)
    if case.state != CaseState.ASSESSED:
        return too_late(request, reference, unsent=form.cleaned_data["words"])
    messages.warning(request, _("De zaak is veranderd sinds je deze pagina opende. Kijk wat er nu staat."))
    form.renew(case.version)
    return page(request, case, form, desk_case.proposal_for_case(case), status=409)
