"""Choosing who works a case: the proposal with its reason, what they will see, confirm, and ten seconds to undo."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meldpunt.audit.log import at_once
from meldpunt.teams.access import role, unlocked
from meldpunt.teams.models import Team, TeamKind
from meldpunt.vault.trust import NotTrusted
from signals.actions import Clash, keeping, routing
from signals.desk import sending
from signals.forms.routing import RouteForm
from signals.models import Case
from signals.queue.rail import desk_rail
from signals.shielding.people import lines_about
from signals.views.cases import case_or_404, too_late
from signals.views.typed import keep_all, start_with, unlocked_or_kept
from signals.workflow import CaseState, NotAllowed


@role("coordinator")
@unlocked_or_kept("case", here=True)
def route(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose (GET), go on to see what will happen (POST: `confirm`), and send (POST with confirmed).

    Every POST that succeeds leads to an address that can be shown again, so that "back" always works.
    """
    case = case_or_404(request, reference)
    if case.state != CaseState.ASSESSED or case.rests:
        unsent = "\n".join(filter(None, (request.POST.get(f"route-{name}", "") for name in ("note", "words"))))
        return too_late(request, reference, unsent=unsent) if request.method == "POST" else redirect("case", reference)
    if request.method != "POST":
        return page(request, case)
    form = RouteForm(request.POST, networks=networks())
    if not form.is_valid():
        return page(request, case, form, status=422)
    if request.POST.get("confirmed") != "1":
        if keep_all(request, case, {"route"}):
            return redirect(f"{reverse('route_confirm', args=[reference])}?versie={form.cleaned_data['version']}")
        return ask(request, case, form)
    return hand_over(request, case, form) if form.outside else send(request, case, form)


def networks() -> list[Team]:
    """Return the networks to choose from."""
    return list(Team.objects.filter(kind=TeamKind.NETWORK))


def page(request: HttpRequest, case: Case, typed: RouteForm | None = None, *, status: int = 200) -> HttpResponse:
    """Show the proposal, the choice (as typed, or as it was sent and undone), and what a network will see."""
    teams = networks()
    kept = typed is None and "route" in case.has_drafts
    with at_once():
        preview = sending.preview_of(request.keyring, case)
        letters = sending.letters_before(request.user, case) if case.was_sent else []
        undone = sending.undone(request.keyring, case, letters) if not (typed or kept) else {}
    choice = sending.choice_for(case, preview.shared, teams, sending.given_back(letters))
    first = sending.first_choice(case, choice, preview, undone)
    if kept:
        first = start_with(keeping.kept_of(request.keyring, case), "route", **first)
    lines = {"hints": choice.hints, "support_hints": choice.concerned}
    form = RouteForm(typed.data if typed else None, networks=teams, initial=first, **lines)
    form.let_choose_reason()
    context = desk_rail(request.user, "cases") | {
        "case": case, "form": form, "proposal": choice, "preview": preview, "kept_out": lines_about(case),
        "seen_by": [choice.chosen] if choice.chosen else [],
        "back_to": reverse("route", args=[case.reference]),
    }  # fmt: skip
    return render(request, "signals/desk/route.html", context, status=status)


@role("coordinator")
@unlocked
@require_safe
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask once more whether to send what this person chose; back to the choice where that is not there or not whole."""
    case = case_or_404(request, reference)
    if case.state != CaseState.ASSESSED or case.rests:
        return redirect("case", reference)
    drafts = keeping.kept_of(request.keyring, case) if "route" in case.has_drafts else {}
    data = QueryDict(mutable=True)
    for name, value in start_with(drafts, "route").items():
        data.setlist(f"route-{name}", value if isinstance(value, list) else [value])
    data["route-version"] = request.GET.get("versie", "")
    form = RouteForm(data, networks=networks())
    return ask(request, case, form) if form.is_valid() else redirect("route", reference)


def ask(request: HttpRequest, case: Case, form: RouteForm) -> HttpResponse:
    """Ask once more: to whom, why, what they will read, and what follows."""
    context = desk_rail(request.user, "cases") | {
        "case": case, "form": form, "seen_by": form.teams(), "kept_out": lines_about(case), "hold": settings.ROUTE_HOLD_SECONDS,
        "back_to": reverse("route", args=[case.reference]),
    }  # fmt: skip
    if not form.outside:
        context["preview"] = sending.preview_of(request.keyring, case, note=form.cleaned_data["note"])
    return render(request, "signals/desk/route_confirm.html", context)


def send(request: HttpRequest, case: Case, form: RouteForm) -> HttpResponse:
    """Seal the case to the chosen networks and queue their letters."""
    given, teams = form.cleaned_data, form.teams()
    letter = routing.Letter(given["basis"], given["answer_by"], settings.ROUTE_HOLD_SECONDS)
    kept = {name: given[name] for name in ("reason", "version", "words", "urgency", "note")}
    try:
        routing.route(
            case, by=request.user, keyring=request.keyring, team=teams[0], support=teams[1:], letter=letter, **kept
        )
    except (NotAllowed, Clash):
        return changed(request, case.reference, form)
    except NotTrusted:
        named = ", ".join(team.name for team in teams)
        words = _("Een van deze netwerken heeft geen geldige sleutel: %s. Vraag hun regisseur om die te vernieuwen.")
        messages.error(request, words % named)
        return page(request, case, form, status=409)
    keeping.forget(case, "route", by=request.user)
    return redirect("route_sent", case.reference)


def hand_over(request: HttpRequest, case: Case, form: RouteForm) -> HttpResponse:
    """Hand the case over to a named body outside the networks, and close it."""
    words, version = form.handed_over(), form.cleaned_data["version"]
    try:
        routing.hand_over_outside(case, by=request.user, keyring=request.keyring, words=words, version=version)
    except (NotAllowed, Clash):
        return changed(request, case.reference, form)
    keeping.forget(case, "route", by=request.user)
    messages.success(request, _("De zaak is overgedragen en afgesloten."))
    return redirect("case", case.reference)


def changed(request: HttpRequest, reference: str, form: RouteForm) -> HttpResponse:
    """Say that the case was changed meanwhile; where it still needs a network, what was typed stays (409)."""
    case = case_or_404(request, reference)
    if case.state != CaseState.ASSESSED:
        unsent = "\n".join(filter(None, (form.cleaned_data["note"], form.cleaned_data["words"])))
        return too_late(request, reference, unsent=unsent)
    holding = case.assignments.still_open().filter(team__in=form.teams()).select_related("team")
    if names := ", ".join(letter.team.name for letter in holding):
        words = _("Deze zaak ligt nog bij: %s. Haal hem daar eerst terug, of kies een ander.")
        messages.warning(request, words % names)
    else:
        messages.warning(request, _("De zaak is veranderd sinds je deze pagina opende. Kijk wat er nu staat."))
    form.renew(case.version)
    return page(request, case, form, status=409)


@role("coordinator")
@unlocked
@require_safe
def sent(request: HttpRequest, reference: str) -> HttpResponse:
    """Say where the case goes, and for how long sending can be undone."""
    case = case_or_404(request, reference)
    held = sending.held_letters(request.user, case)
    letters = held or list(case.assignments.still_open().select_related("team").order_by("part", "team__name"))
    context = desk_rail(request.user, "cases") | {
        "case": case,
        "letters": letters,
        "held": held,
        "seconds": sending.seconds_left(held),
    }
    return render(request, "signals/desk/route_sent.html", context)


@role("coordinator")
@unlocked
@require_POST
def undo(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the letters back while the postman waits; after that recalling is the way."""
    case = case_or_404(request, reference)
    try:
        routing.undo(case, by=request.user, keyring=request.keyring)
    except NotAllowed:
        messages.warning(request, _("Dat kan niet meer: de zaak is bezorgd. Je kunt hem nog terughalen."))
        return redirect("case", reference)
    messages.success(request, _("Ongedaan gemaakt. Niemand heeft de zaak gezien."))
    return redirect("route", reference)


@role("coordinator")
@unlocked
@require_safe
def shared(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what exactly went to which network, and when."""
    case = case_or_404(request, reference)
    context = desk_rail(request.user, "cases") | {
        "case": case,
        "rows": sending.shared_before(request.keyring, case),
        "back_to": reverse("case_shared", args=[reference]),
    }
    return render(request, "signals/desk/route_shared.html", context)
