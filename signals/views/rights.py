"""What the person concerned asks about the own data: the list with terms, writing down, answering, and what is handed out."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldpunt.audit.log import record
from meldpunt.audit.models import Act
from meldpunt.teams.access import role, unlocked
from meldpunt.teams.rail import rail
from signals.actions import Clash, keeping, rights
from signals.forms.rights import AnswerForm, CopyForm, RightForm, VersionForm
from signals.models import Case, RightRequest
from signals.queue.rail import desk_rail
from signals.rights import listing
from signals.rights.copy import copy_of
from signals.rights.looking import looks_at
from signals.shielding.people import coordinators_for
from signals.views.cases import case_or_404
from signals.views.typed import keep_all, start_with, unlocked_or_kept
from signals.workflow import NotAllowed


def _menu(request: HttpRequest) -> dict:
    return desk_rail(request.user, "rights") if request.user.is_coordinator else rail(request)


@role("coordinator", "privacy_officer")
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All requests: those to answer first, by their last day. The privacy officer sees terms, and opens nothing."""
    found = listing.page_of(request.user, request.GET.get("na", ""))
    record("list", by=request.user, rows=[str(one.pk) for one in found.rows])
    return render(request, "signals/rights/overview.html", _menu(request) | {"found": found})


def _case_page(request: HttpRequest, case: Case, *, status: int = 200, **typed) -> HttpResponse:
    drafts = keeping.kept_of(request.keyring, case)
    own = {"received_on": timezone.localdate(), "decider": request.user.pk}
    people = coordinators_for(case)
    forms = {"right_form": RightForm(initial=start_with(drafts, "right", **own), coordinators=people)}
    context = desk_rail(request.user, "cases") | forms | typed
    context |= {"case": case, "rows": listing.of_case(request.user, case), "form": next(iter(typed.values()), None)}
    return render(request, "signals/rights/case.html", context, status=status)


@role("coordinator")
@unlocked_or_kept("case", here=True)
@require_http_methods(["GET", "HEAD", "POST"])
def of_case(request: HttpRequest, reference: str) -> HttpResponse:
    """The requests about one case; a POST writes one down."""
    case = case_or_404(request, reference)
    if request.method != "POST":
        return _case_page(request, case)
    form = RightForm(request.POST, coordinators=coordinators_for(case))
    if not form.is_valid():
        return _case_page(request, case, status=422, right_form=form)
    made = rights.register(case, by=request.user, **form.cleaned_data)
    keeping.forget(case, "right", by=request.user)
    messages.success(request, _("Opgeschreven. Antwoord voor %s.") % listing.day(made.due_on))
    return redirect("right", reference, made.pk)


def _found(request: HttpRequest, reference: str, pk) -> RightRequest:
    rows = RightRequest.objects.visible_to(request.user).filter(case__reference=reference)
    rows = rows.select_related("case", "decider", "by", "decided_by")
    return get_object_or_404(rows.defer("case__shared", "decider__password", "by__password", "decided_by__password"), pk=pk)


def _page(request: HttpRequest, row: RightRequest, *, status: int = 200, **typed) -> HttpResponse:
    drafts = keeping.kept_of(request.keyring, row.case)
    version = {"version": row.version}
    forms = {
        "answer_form": AnswerForm(initial=start_with(drafts, "answer") | version),
        "longer_form": VersionForm(initial=version),
        "copy_form": CopyForm(),
    }
    context = desk_rail(request.user, "rights") | forms | typed
    mine = drafts["answer"].typed.get("answer", "") if "answer" in drafts else ""
    context |= {"row": row, "case": row.case, "said": listing.opened(request.keyring, row), "mine": mine}
    return render(request, "signals/rights/one.html", context | {"form": next(iter(typed.values()), None)}, status=status)


def _too_late(request: HttpRequest, reference: str, pk) -> HttpResponse:
    messages.warning(request, _("Een collega was eerder. Dit staat er nu."))
    return _page(request, _found(request, reference, pk), status=409)


@role("coordinator")
@unlocked_or_kept("case", here=True)
@require_http_methods(["GET", "HEAD", "POST"])
def right(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """One request; a POST answers it."""
    row = _found(request, reference, pk)
    if request.method != "POST":
        return _page(request, row)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, row, status=422, answer_form=form)
    try:
        rights.decide(row, by=request.user, **form.cleaned_data)
    except (Clash, NotAllowed):
        keep_all(request, row.case)
        return _too_late(request, reference, pk)
    keeping.forget(row.case, "answer", by=request.user)
    messages.success(request, _("Het antwoord is opgeschreven."))
    return redirect("right", reference, pk)


@role("coordinator")
@unlocked_or_kept("case")
@require_POST
def longer(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Make the term two months longer, once."""
    row = _found(request, reference, pk)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return _page(request, row, status=422)
    try:
        rights.extend(row, by=request.user, **form.cleaned_data)
    except (Clash, NotAllowed):
        return _too_late(request, reference, pk)
    messages.success(request, _("De termijn is twee maanden langer. Laat het de persoon weten, en waarom."))
    return redirect("right", reference, pk)


@role("coordinator")
@unlocked_or_kept("case")
@require_POST
def lift(request: HttpRequest, reference: str) -> HttpResponse:
    """Let the case be used again."""
    case = case_or_404(request, reference)
    try:
        rights.lift_restriction(case, by=request.user)
    except NotAllowed:
        messages.warning(request, _("Deze zaak mag al gebruikt worden."))
        return redirect("case_rights", reference)
    messages.success(request, _("De zaak mag weer gebruikt worden."))
    return redirect("case_rights", reference)


@role("coordinator")
@unlocked
@require_safe
@transaction.atomic
def who_looked(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Who looked and why, on paper for the person concerned."""
    row = _found(request, reference, pk)
    context = {"row": row, "looks": looks_at(row.case), "printed_at": timezone.now()}
    response = render(request, "signals/rights/looked.html", context)
    record(Act.EXPORT, by=request.user, obj=row.case, purpose="right_looked")
    return response


@role("coordinator")
@unlocked
@require_safe
@transaction.atomic
def copy(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """A copy for the person concerned, with the parts that were chosen."""
    row = _found(request, reference, pk)
    form = CopyForm(request.GET)
    if not form.is_valid():
        return _page(request, row, status=422, copy_form=form)
    case = case_or_404(request, reference)
    made = copy_of(request.keyring, case, form.cleaned_data["parts"])
    return render(request, "signals/rights/copy.html", {"row": row, "made": made, "printed_at": timezone.now()})
