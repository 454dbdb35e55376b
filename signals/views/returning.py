"""Coming back with the code: one sentence about what happens, the same for everybody."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from meldpunt.audit.log import record
from meldpunt.teams.access import public
from meldpunt.teams.limits import allow
from meldpunt.vault import keys
from signals.forms.returning import WRONG, CodeForm
from signals.models import Signal
from signals.workflow import CaseState, SignalState

STATUS = {
    "received": _("Je melding is binnen. Wij gaan hem lezen."),
    "read": _("Je melding is gelezen."),
    "handling": _("Er wordt aan gewerkt."),
    "handled": _("Je melding is afgehandeld."),
}


def status_of(signal: Signal) -> str:
    """Return received, read, handling or handled; it never tells whether somebody was known already."""
    if signal.state == SignalState.RECEIVED:
        return "received"
    if signal.state in (SignalState.IN_TRIAGE, SignalState.ASKED):
        return "read"
    if signal.case is None or signal.case.state in (CaseState.CLOSED, CaseState.DESTROYED):
        return "handled"
    return "handling"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def return_with_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code, and answer in the same request: the code is never in an address."""
    if request.method != "POST":
        return render(request, "signals/return.html", {"form": CodeForm()})
    if not allow(request, "code", settings.CODES_PER_SOURCE):
        return render(request, "signals/return.html", {"form": CodeForm(), "busy": True}, status=429)
    form = CodeForm(request.POST)
    signal = _found(form.cleaned_data["code"]) if form.is_valid() else None
    if signal is None:
        if not form.errors:
            form.add_error("code", WRONG)
        return render(request, "signals/return.html", {"form": form}, status=422)
    record("read", obj=signal, purpose="status", source="code")
    context = {"reference": signal.reference, "status": STATUS[status_of(signal)]}
    return render(request, "signals/status.html", context)


def _found(code: str) -> Signal | None:
    key = keys.find_by_code(code)
    rows = Signal.objects.select_related("case").defer(
        "report", "headline", "case__shared", "case__desk_notes"
    )
    return rows.filter(pk=key.object_id).first() if key else None
