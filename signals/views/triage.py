"""What a coordinator does with a signal: decide, correct, look again, write a note."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meldpunt.teams.access import role
from signals.actions import Clash, keeping, triage
from signals.forms.triage import DecideForm, FormForm, NoteForm, PlaceForm, ReopenForm, UrgencyForm
from signals.models import Signal
from signals.views.clash import clash
from signals.views.matching import keep_up
from signals.views.signal_page import page, signal_or_404, to_signal
from signals.views.typed import unlocked_or_kept
from signals.workflow import Decision, NotAllowed, Reason, SignalState


def attempt(request: HttpRequest, signal: Signal, act, **typed) -> HttpResponse | None:
    """Call `act`; None where it succeeded and the draft is gone, else what is there now (409) with what was typed.

    A form with a version gives both values to choose from; other forms come back on the page of the signal.
    """
    form = next(iter(typed.values()), None)
    try:
        act()
    except (Clash, NotAllowed):
        now = signal_or_404(request, signal.reference)
        if getattr(form, "STORED", None) is not None:
            return clash(request, now, form, kept=form.cleaned_data.get("version", signal.version))
        messages.warning(request, _("Een collega was je voor: de melding is veranderd. Kijk wat er nu staat."))
        return page(request, now, status=409, **typed)
    if form is not None and form.prefix:
        keeping.forget(signal, form.prefix, by=request.user)
    return None


@role("coordinator")
@unlocked_or_kept("signal")
@require_POST
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Decide; a new case goes on to the choice of its network."""
    found = signal_or_404(request, reference)
    form = DecideForm(request.POST, user=request.user)
    again = request.POST.get("again") == "1"
    if again and found.state == SignalState.DECIDED and form["decision"].value() == found.decision:
        messages.info(request, _("Het besluit van je collega blijft staan."))
        return to_signal(request, reference)
    if not form.is_valid():
        return page(request, found, status=422, decide_form=form)
    done = []

    def act():
        done.append(triage.decide(found, by=request.user, keyring=request.keyring, again=again, **form.act()))

    if failed := attempt(request, found, act, decide_form=form):
        return failed
    keep_up(request, done[0])
    return decided(request, done[0])


def decided(request: HttpRequest, signal: Signal) -> HttpResponse:
    """Go on after a decision: to the choice of a network, to the case, or back to the signal, where it can be undone."""
    messages.success(request, _("Je besluit over %s is bewaard.") % signal.reference)
    if signal.decision == Decision.NEW_CASE:
        return redirect("route", signal.case.reference)
    if signal.decision == Decision.JOINED:
        return redirect(f"{signal.case.get_absolute_url()}?erbij={signal.reference}")
    return to_signal(request, signal.reference)


def _correct(request: HttpRequest, reference: str, form_class, name: str, act, **extra) -> HttpResponse:
    """Take a form that corrects something, and come back to the signal."""
    found = signal_or_404(request, reference)
    form = form_class(request.POST)
    if not form.is_valid():
        return page(request, found, status=422, **{name: form})
    failed = attempt(
        request, found, lambda: act(found, by=request.user, **extra, **form.cleaned_data), **{name: form}
    )
    if failed:
        return failed
    messages.success(request, _("Verbeterd."))
    return to_signal(request, reference)


@role("coordinator")
@unlocked_or_kept("signal")
@require_POST
def correct_place(request: HttpRequest, reference: str) -> HttpResponse:
    """Set the municipality."""
    return _correct(request, reference, PlaceForm, "place_form", triage.correct_place)


@role("coordinator")
@unlocked_or_kept("signal")
@require_POST
def correct_form(request: HttpRequest, reference: str) -> HttpResponse:
    """Set the form of exploitation."""
    return _correct(request, reference, FormForm, "form_form", triage.correct_form)


@role("coordinator")
@unlocked_or_kept("signal")
@require_POST
def override_urgency(request: HttpRequest, reference: str) -> HttpResponse:
    """Set another urgency than the rules gave."""
    return _correct(
        request, reference, UrgencyForm, "urgency_form", triage.override_urgency, keyring=request.keyring
    )


@role("coordinator")
@unlocked_or_kept("signal")
@require_POST
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Look at a decided signal again; undoing a decision is the same, with a reason of its own."""
    if request.POST.get("undo") == "1":
        data = request.POST.copy()
        data["reopen-reason"] = Reason.MISTAKE
        request.POST = data
    return _correct(request, reference, ReopenForm, "reopen_form", triage.reopen, keyring=request.keyring)


@role("coordinator")
@unlocked_or_kept("signal")
@require_POST
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a note about a signal; two that are written at once both stay."""
    found = signal_or_404(request, reference)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return page(request, found, status=422, note_form=form)
    words = form.cleaned_data["words"]
    act = partial(triage.write_note, found, by=request.user, keyring=request.keyring, words=words)
    if failed := attempt(request, found, act, note_form=form):
        return failed
    keeping.forget(found, "note", *request.POST.getlist("instead-of"), by=request.user)
    messages.success(request, _("Je notitie is bewaard."))
    return to_signal(request, reference)
