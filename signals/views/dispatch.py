"""Handing a case over outside: writing it down, the receipt, and what leaves. For the desk, and the lead who leads the case."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldpunt.audit.log import record
from meldpunt.audit.models import Act
from meldpunt.teams.access import confirmed, role, unlocked
from meldpunt.teams.rail import rail
from meldpunt.web import paper
from signals.actions import Clash, dispatching, keeping
from signals.dispatch import document, reading, records
from signals.dispatch.parts import Sent
from signals.forms.dispatch import DispatchForm, ReceiptForm
from signals.models import Case, Dispatch
from signals.models.dispatch import letters_led_by
from signals.queue.rail import desk_rail
from signals.views.typed import start_with, unlock_here
from signals.workflow import NotAllowed

FORMS = ("dispatch", "receipt")
FILES = {
    "htcds.json": ("application/json", records.as_json),
    "htcds.csv": ("text/csv; charset=utf-8", records.as_csv),
    "landelijk.csv": ("text/csv; charset=utf-8", records.as_national),
}


def _case(request: HttpRequest, reference: str) -> Case:
    user = request.user
    mine = Case.objects.for_desk(user)
    if not user.is_coordinator:
        mine = Case.objects.visible_to(user).filter(pk__in=letters_led_by(user).values("case"))
    return get_object_or_404(mine.select_related("municipality"), reference=reference)


def _found(request: HttpRequest, reference: str, pk) -> Dispatch:
    rows = Dispatch.objects.visible_to(request.user).filter(case__reference=reference)
    rows = rows.select_related("case__municipality", "team", "by", "noted_by")
    return get_object_or_404(rows.defer("case__shared", "by__password", "noted_by__password"), pk=pk)


def _around(request: HttpRequest, case: Case) -> dict:
    if request.user.is_coordinator:
        return desk_rail(request.user, "cases") | {"case": case, "back_to": case.get_absolute_url()}
    return rail(request) | {"case": case, "back_to": reverse("network_case", args=[case.reference])}


def _case_page(request: HttpRequest, case: Case, form: DispatchForm, *, status: int = 200) -> HttpResponse:
    context = {"rows": reading.of_case(request.user, case), "dispatch_form": form, "form": form if form.is_bound else None}
    return render(request, "signals/dispatch/case.html", _around(request, case) | context, status=status)


@role("coordinator", "lead")
@require_http_methods(["GET", "HEAD", "POST"])
def of_case(request: HttpRequest, reference: str) -> HttpResponse:
    """What was handed over outside; a POST writes one down."""
    case = _case(request, reference)
    if request.keyring is None:
        return unlock_here(request, case, FORMS)
    if request.method != "POST":
        drafts = keeping.kept_of(request.keyring, case)
        return _case_page(request, case, DispatchForm(initial=start_with(drafts, "dispatch"), case=case))
    form = DispatchForm(request.POST, case=case)
    if not form.is_valid():
        return _case_page(request, case, form, status=422)
    made = dispatching.hand_outside(case, by=request.user, keyring=request.keyring, **form.cleaned_data)
    keeping.forget(case, "dispatch", by=request.user)
    messages.success(request, _("Opgeschreven. Maak nu wat je meegeeft."))
    return redirect("dispatch", reference, made.pk)


def _page(request: HttpRequest, row: Dispatch, *, status: int = 200, **more) -> HttpResponse:
    opened = reading.opened(request.keyring, row)
    sent_on = timezone.localdate(row.at)
    kept = start_with(keeping.kept_of(request.keyring, row.case), "receipt") | {"version": row.version}
    forms = {"receipt_form": ReceiptForm(initial=kept, sent_on=sent_on)}
    context = _around(request, row.case) | forms | {"row": row, "opened": opened, "national": records.national(opened.sent)}
    context["stopped"] = reading.stopped(row, opened.sent)
    context |= {"pdf_is_there": paper.is_there()} | more
    return render(request, "signals/dispatch/one.html", context, status=status)


@role("coordinator", "lead")
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """One handing over; a POST notes the receipt."""
    row = _found(request, reference, pk)
    if request.keyring is None:
        return unlock_here(request, row.case, FORMS)
    if request.method != "POST":
        return _page(request, row)
    form = ReceiptForm(request.POST, sent_on=timezone.localdate(row.at))
    if not form.is_valid():
        return _page(request, row, status=422, receipt_form=form, form=form)
    try:
        dispatching.note_receipt(row, by=request.user, **form.cleaned_data)
    except (Clash, NotAllowed):
        messages.warning(request, _("Een collega was eerder. Dit staat er nu."))
        return _page(request, _found(request, reference, pk), status=409, unsent=form.cleaned_data["who"])
    keeping.forget(row.case, "receipt", by=request.user)
    messages.success(request, _("De ontvangst is vastgelegd."))
    return redirect("dispatch", reference, pk)


def _leaving(request: HttpRequest, row: Dispatch) -> tuple[Sent, HttpResponse | None]:
    """Return what goes, and the answer where nothing of it leaves any more: back to its page, which says why."""
    sent = reading.sent_of(request.keyring, row)
    back = redirect("dispatch", row.case.reference, row.pk) if reading.stopped(row, sent) else None
    return sent, back


@role("coordinator", "lead")
@unlocked
@confirmed
@require_POST
def password(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Show a new password, once, with the button that makes the document under it. Nothing of it is kept."""
    row = _found(request, reference, pk)
    _sent, stops = _leaving(request, row)
    if stops:
        return stops
    made = document.new_password()
    return _page(request, row, password=made, token=document.signed(row, made))


@role("coordinator", "lead")
@unlocked
@confirmed
@require_POST
@transaction.atomic
def encrypted(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Give the document, encrypted with the password on the page that asks for it."""
    row = _found(request, reference, pk)
    given = document.password_in(row, request.POST.get("token", ""))
    if given is None or not paper.is_there():
        messages.warning(request, _("Dit wachtwoord geldt niet meer. Maak een nieuw document."))
        return redirect("dispatch", reference, pk)
    sent, stops = _leaving(request, row)
    if stops:
        return stops
    response = _attached(document.of(row, sent, given), "application/octet-stream", f"{reference}-overdracht.pdf")
    record(Act.EXPORT, by=request.user, team=row.team, obj=row.case, purpose="dispatch_pdf", rows=[row])
    return response


@role("coordinator", "lead")
@unlocked
@confirmed
@require_safe
@transaction.atomic
def file(request: HttpRequest, reference: str, pk, standard: str) -> HttpResponse:
    """Give the record of this one case in the standard of another."""
    row = _found(request, reference, pk)
    if standard not in FILES:
        raise Http404
    content_type, written = FILES[standard]
    sent, stops = _leaving(request, row)
    if stops:
        return stops
    response = _attached(written(row, sent), content_type, f"{reference}-{standard}")
    record(Act.EXPORT, by=request.user, team=row.team, obj=row.case, purpose="dispatch_file", rows=[row])
    return response


def _attached(data: bytes | str, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
