"""One signal at the desk: read it, take it up, decide, correct."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meldpunt.teams.access import role, unlocked
from signals import desk
from signals.actions import Clash, triage
from signals.forms.triage import DecideForm, FormForm, PlaceForm, ReopenForm, UrgencyForm
from signals.models import Signal
from signals.rail import desk_rail
from signals.workflow import Decision, NotAllowed, Reason, SignalState


def signal_or_404(request: HttpRequest, reference: str) -> Signal:
    """Return the signal where this user may see it; raises Http404."""
    found = Signal.objects.visible_to(request.user).select_related(
        "municipality__coverage__team", "case", "claimed_by", "same_as"
    )
    return get_object_or_404(found, reference=reference)


def page(request: HttpRequest, signal: Signal, *, status: int = 200, **typed) -> HttpResponse:
    """Show a signal; `typed` (decide_form, place_form …) carries what was filled in."""
    forms = {
        "decide_form": DecideForm(initial={"version": signal.version}),
        "place_form": PlaceForm(initial={"version": signal.version, "municipality": signal.municipality_id}),
        "form_form": FormForm(initial={"version": signal.version, "form": signal.form}),
        "urgency_form": UrgencyForm(initial={"version": signal.version, "urgency": signal.urgency}),
        "reopen_form": ReopenForm(initial={"version": signal.version}),
    }
    context = (
        desk_rail(request.user, "queue")
        | forms
        | typed
        | {
            "signal": signal,
            "facts": desk.facts_of(request.keyring, signal),
            "deciding": signal.state in (SignalState.RECEIVED, SignalState.IN_TRIAGE, SignalState.ASKED),
            "form": next(iter(typed.values()), None),
            "back_to": reverse("signal", args=[signal.reference]),
        }
    )
    return render(request, "signals/desk/signal.html", context, status=status)


def attempt(request: HttpRequest, signal: Signal, act, **typed) -> HttpResponse | None:
    """Call `act`; None where it succeeded, else the page with what was typed and a word about what changed (409)."""
    try:
        act()
    except (Clash, NotAllowed):
        messages.warning(
            request, _("Een collega was je voor: de melding is veranderd. Kijk wat er nu staat.")
        )
        return page(request, signal_or_404(request, signal.reference), status=409, **_renewed(signal, typed))
    return None


def _renewed(signal: Signal, typed: dict) -> dict:
    """Keep what was typed, against the version that is there now."""
    now = Signal.objects.values_list("version", flat=True).get(pk=signal.pk)
    for form in typed.values():
        form.renew(now)
    return typed


@role("coordinator")
@unlocked
@require_safe
def signal(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what the referrer filed; the reading is in the log."""
    return page(request, signal_or_404(request, reference))


@role("coordinator")
@unlocked
@require_POST
def take_up(request: HttpRequest, reference: str) -> HttpResponse:
    """Put the signal on one's own name, or take it over from a colleague."""
    found = signal_or_404(request, reference)
    over = request.POST.get("over") == "1"
    act = (lambda: triage.take_over(found, by=request.user, reason=Reason.TAKEN_OVER)) if over else (
        lambda: triage.take_up(found, by=request.user)
    )  # fmt: skip
    return attempt(request, found, act) or redirect("signal", reference)


@role("coordinator")
@unlocked
@require_POST
def let_go(request: HttpRequest, reference: str) -> HttpResponse:
    """Put the signal back among the new ones."""
    found = signal_or_404(request, reference)
    return attempt(request, found, lambda: triage.let_go(found, by=request.user)) or redirect("queue")


@role("coordinator")
@unlocked
@require_POST
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Decide; a new case goes on to the choice of its network."""
    found = signal_or_404(request, reference)
    form = DecideForm(request.POST, user=request.user)
    if not form.is_valid():
        return page(request, found, status=422, decide_form=form)
    done = []
    failed = attempt(
        request,
        found,
        lambda: done.append(triage.decide(found, by=request.user, keyring=request.keyring, **form.act())),
        decide_form=form,
    )
    if failed:
        return failed
    messages.success(request, _("Je besluit over %s is bewaard.") % reference)
    if done[0].decision == Decision.NEW_CASE:
        return redirect("route", done[0].case.reference)
    return redirect("case", done[0].case.reference) if done[0].case else redirect("queue")


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
    return redirect("signal", reference)


@role("coordinator")
@unlocked
@require_POST
def correct_place(request: HttpRequest, reference: str) -> HttpResponse:
    """Set the municipality."""
    return _correct(request, reference, PlaceForm, "place_form", triage.correct_place)


@role("coordinator")
@unlocked
@require_POST
def correct_form(request: HttpRequest, reference: str) -> HttpResponse:
    """Set the form of exploitation."""
    return _correct(request, reference, FormForm, "form_form", triage.correct_form)


@role("coordinator")
@unlocked
@require_POST
def override_urgency(request: HttpRequest, reference: str) -> HttpResponse:
    """Set another urgency than the rules gave."""
    return _correct(
        request, reference, UrgencyForm, "urgency_form", triage.override_urgency, keyring=request.keyring
    )


@role("coordinator")
@unlocked
@require_POST
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Look at a decided signal again."""
    return _correct(request, reference, ReopenForm, "reopen_form", triage.reopen, keyring=request.keyring)
