"""Joining a signal to a case and separating it again: first what will happen, then the act."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meldpunt.teams.access import role
from signals.actions import Clash, joining, keeping
from signals.desk import case_page as desk_case
from signals.desk import matches
from signals.forms.triage import JoinForm, SeparateForm
from signals.models import Case, Signal
from signals.queue.rail import desk_rail
from signals.queue.search import reference_of
from signals.views.clash import clash
from signals.views.signal_page import signal_or_404
from signals.views.typed import start_with, unlocked_or_kept
from signals.workflow import NotAllowed, Reason, SignalState


def ask(request: HttpRequest, signal: Signal, form, *, status: int = 200, **more) -> HttpResponse:
    """Show the page on which joining or separating is chosen, or asked once more."""
    own = signal.case
    more = {
        "signal": signal, "join_form": form, "form": form if form.is_bound else None, "own": own,
        "alone": own is not None and own.signals.count() == 1,
    } | more  # fmt: skip
    name = "signals/desk/join.html" if isinstance(form, JoinForm) else "signals/desk/separate.html"
    return render(request, name, desk_rail(request.user, "queue") | more, status=status)


def done(request: HttpRequest, signal: Signal, form, act) -> HttpResponse | None:
    """Call `act`; None where it succeeded, else what is there now with what was typed (409)."""
    try:
        act()
    except Clash:
        now = signal_or_404(request, signal.reference)
        return clash(request, now, form, kept=form.cleaned_data["version"])
    except NotAllowed:
        messages.warning(request, _("Dat kan nu niet. Kijk hoe de melding en de zaak er nu voor staan."))
        return ask(request, signal_or_404(request, signal.reference), form, status=409)
    keeping.forget(signal, form.prefix, by=request.user)
    return None


def from_match(wanted: str, cases: list[Case]) -> dict:
    """Return how the form starts: who comes from a match said which case, and that it is the same person."""
    if any(case.reference == wanted for case in cases):
        return {"case": wanted, "reason": Reason.SAME_PERSON}
    return {"number": wanted}


@role("coordinator")
@unlocked_or_kept("signal")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose the case, see what will happen, and join."""
    signal = signal_or_404(request, reference)
    wanted = reference_of(request.GET.get("zaak", "")[:12])
    cases = desk_case.to_pick(request.user, signal, wanted)
    if request.method != "POST":
        drafts = keeping.kept_of(request.keyring, signal)
        initial = start_with(drafts, "join", **from_match(wanted, cases)) | {"version": signal.version}
        return ask(request, signal, JoinForm(initial=initial, cases=cases, user=request.user))
    form = JoinForm(request.POST, cases=cases, user=request.user)
    if not form.is_valid():
        return ask(request, signal, form, status=422)
    case = form.cleaned_data["case"]
    if "confirmed" not in request.POST:
        change = "change" in request.POST
        if change:
            return ask(request, signal, form)
        sure = desk_case.consequences(signal, case)
        return ask(request, signal, form, sure=sure, other=case, facts=matches.facts_of(signal, case))
    chosen = {name: form.cleaned_data[name] for name in ("reason", "version", "words")}
    failed = done(
        request, signal, form, lambda: joining.join(signal, case, by=request.user, keyring=request.keyring, **chosen)
    )
    if failed:
        return failed
    messages.success(request, _("%(signal)s hoort nu bij zaak %(case)s.") % {"signal": reference, "case": case})
    return redirect(f"{case.get_absolute_url()}?erbij={reference}")


@role("coordinator")
@unlocked_or_kept("signal")
@require_http_methods(["GET", "HEAD", "POST"])
def separate(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what separating will do and why, and separate; undoing a join is the same with a reason of its own."""
    signal = signal_or_404(request, reference)
    if request.method != "POST":
        drafts = keeping.kept_of(request.keyring, signal)
        initial = start_with(drafts, "separate") | {"version": signal.version}
        return ask(request, signal, SeparateForm(initial=initial), goes_to=goes_to(signal))
    data = request.POST.copy()
    if data.get("undo") == "1":
        data["separate-reason"] = Reason.MISTAKE
    form = SeparateForm(data)
    if not form.is_valid():
        return ask(request, signal, form, status=422, goes_to=goes_to(signal))
    case: Case | None = signal.case
    failed = done(
        request,
        signal,
        form,
        lambda: joining.separate(signal, by=request.user, keyring=request.keyring, **form.cleaned_data),
    )
    if failed:
        return failed
    messages.success(request, _("%(signal)s is los van zaak %(case)s.") % {"signal": reference, "case": case})
    return redirect(reverse("signal", args=[reference]))


def goes_to(signal: Signal) -> str:
    """Return in words what a signal becomes when it is separated."""
    if signal.was_case_id:
        return _("De melding gaat terug naar zaak %s.") % signal.was_case.reference
    if signal.was_decision in ("advice", "referred", "no_signal", "withdrawn"):
        return _("Het besluit wordt weer: %s.") % signal.get_was_decision_display()
    return _("De melding staat daarna %s, op jouw naam.") % SignalState.IN_TRIAGE.label.lower()
