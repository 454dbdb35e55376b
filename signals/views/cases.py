"""Cases at the desk: where each one is, its clocks and its history. The networks' own notes are not the desk's."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from meldpunt.audit.log import record
from meldpunt.teams.access import role, unlocked
from signals import desk_case
from signals.actions import Clash, routing
from signals.forms.routing import HandOverForm, RecallForm
from signals.forms.triage import VersionedForm
from signals.models import Assignment, Case
from signals.rail import desk_rail, tally
from signals.workflow import AssignmentState, CaseState, NotAllowed

ROWS = 50
TABS = (CaseState.ASSESSED, CaseState.ROUTING, CaseState.WITH_NETWORK, CaseState.CLOSED)
EMPTY = {
    CaseState.ASSESSED: gettext_lazy("Er ligt geen zaak bij het meldpunt die nog een netwerk nodig heeft."),
    CaseState.ROUTING: gettext_lazy("Er is geen zaak onderweg. Alles is bezorgd."),
    CaseState.WITH_NETWORK: gettext_lazy("Er ligt nu geen zaak bij een netwerk."),
    CaseState.CLOSED: gettext_lazy("Er is nog geen zaak afgesloten."),
}


@role("coordinator")
@unlocked
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Show one tab of the cases, without names, with where the letter is and its clock."""
    tab = request.GET.get("stand") if request.GET.get("stand") in TABS else CaseState.WITH_NETWORK
    counted = tally(request.user)
    found = Case.objects.for_desk(request.user).filter(state=tab).select_related("municipality")
    found = found.defer("shared", "desk_notes").order_by("-opened_at", "pk")
    pages = Paginator(found, ROWS)
    pages.count = counted.of("case", tab)
    page = pages.get_page(request.GET.get("pagina"))
    rows = desk_case.with_letters(list(page.object_list))
    if rows:
        record("list", by=request.user, purpose="cases", rows=rows)
    tabs = [
        {"key": key, "label": key.label, "count": counted.of("case", key), "current": key == tab}
        for key in TABS
    ]
    context = desk_rail(request.user, "cases", counted) | {
        "rows": rows, "page": page, "tabs": tabs, "tab": tab, "empty": EMPTY[tab],
    }  # fmt: skip
    return render(request, "signals/desk/cases.html", context)


def case_or_404(request: HttpRequest, reference: str) -> Case:
    """Return the case where this user may see it at the desk; raises Http404."""
    return get_object_or_404(
        Case.objects.for_desk(request.user).select_related("municipality"), reference=reference
    )


def may_recall(request: HttpRequest, found: Case) -> list[Assignment]:
    """Return the letters of a case that no network has accepted yet, who leads first."""
    letters = Assignment.objects.visible_to(request.user).unconfirmed().filter(case=found)
    return list(letters.select_related("team").order_by("part", "pk"))


def page(request: HttpRequest, found: Case, *, status: int = 200, unsent: str = "", **typed) -> HttpResponse:
    """Show a case; `typed` (recall_form, hand_over_form) carries what was filled in, `unsent` words without a form."""
    forms = {"recall_form": RecallForm(letters=may_recall(request, found)), "hand_over_form": HandOverForm(initial={"version": found.version})}
    context = (
        desk_rail(request.user, "cases")
        | forms
        | typed
        | {
            "case": found,
            "about": desk_case.about_case(request.keyring, found),
            "unsent": unsent,
            "form": next(iter(typed.values()), None),
            "back_to": reverse("case", args=[found.reference]),
        }
    )
    return render(request, "signals/desk/case.html", context, status=status)


@role("coordinator")
@unlocked
@require_safe
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one case: its state, the delivery of its letters, its signals and what networks may read."""
    return page(request, case_or_404(request, reference))


def too_late(request: HttpRequest, reference: str, *, unsent: str = "", **typed) -> HttpResponse:
    """Say that somebody was first, and show the case as it is now with what was typed (409)."""
    messages.warning(request, _("De zaak is veranderd sinds je deze pagina opende. Kijk wat er nu staat."))
    found = case_or_404(request, reference)
    for form in typed.values():
        if isinstance(form, VersionedForm):
            form.renew(found.version)
    return page(request, found, status=409, unsent=unsent, **typed)


@role("coordinator")
@unlocked
@require_POST
def recall(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the letter back, as long as the network has not accepted."""
    found = case_or_404(request, reference)
    form = RecallForm(request.POST, letters=may_recall(request, found))
    if not form.is_valid():
        return page(request, found, status=422, recall_form=form)
    letter = form.chosen()
    try:
        if letter is None:
            raise NotAllowed("nothing to recall")
        routing.recall(letter, by=request.user, keyring=request.keyring, **form.cleaned_data)
    except (NotAllowed, Clash):
        return too_late(request, reference, recall_form=form)
    messages.success(request, _("De zaak is terug bij het meldpunt."))
    return redirect("case", reference)


@role("coordinator")
@unlocked
@require_POST
def hand_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand the case over to a body outside the networks, and close it."""
    found = case_or_404(request, reference)
    form = HandOverForm(request.POST)
    if not form.is_valid():
        return page(request, found, status=422, hand_over_form=form)
    try:
        routing.hand_over_outside(found, by=request.user, keyring=request.keyring, **form.cleaned_data)
    except (NotAllowed, Clash):
        return too_late(request, reference, unsent=form.cleaned_data["words"], hand_over_form=form)
    messages.success(request, _("De zaak is overgedragen en afgesloten."))
    return redirect("case", reference)
