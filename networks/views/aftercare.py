"""Aftercare: a member says how it goes, or lets a colleague ask."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meldpunt.teams.access import role
from networks import reading
from networks.actions import aftercare
from networks.forms.outcome import HandPulseForm, PulseForm
from networks.models import Pulse
from networks.views.outcome import ending_page
from networks.views.page import attempt
from signals.actions import keeping
from signals.models import Assignment


def pulse_or_404(request: HttpRequest, assignment: Assignment, pk) -> Pulse:
    """Return a pulse of this letter, where this user's network holds that; raises Http404."""
    return get_object_or_404(Pulse.objects.visible_to(request.user), pk=pk, assignment=assignment)


@role("member", "lead")
@require_POST
def answer(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Say how it goes."""
    assignment = reading.held_or_404(request.user, reference)
    pulse = pulse_or_404(request, assignment, pk)
    form = PulseForm(request.POST)
    typed = {"pulse_form": form, "pulse_of": pulse.pk}
    if not form.is_valid():
        return ending_page(request, assignment, status=422, **typed)

    def act():
        aftercare.answer(pulse, by=request.user, keyring=request.keyring, **form.cleaned_data)

    if failed := attempt(request, assignment, act, page=ending_page, **typed):
        return failed
    keeping.forget(assignment, "pulse", by=request.user)
    unsafe = form.cleaned_data["safe_now"] == "no"
    said = _("Bewaard. Het meldpunt kijkt of de zaak weer open moet.") if unsafe else _("Bewaard hoe het gaat.")
    messages.success(request, said)
    return redirect("network_outcome", reference)


@role("member", "lead")
@require_POST
def hand(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Let a colleague ask how it goes."""
    assignment = reading.held_or_404(request.user, reference)
    pulse = pulse_or_404(request, assignment, pk)
    form = HandPulseForm(request.POST, workers=reading.workers_of(assignment))
    if not form.is_valid():
        return ending_page(request, assignment, status=422, hand_form=form)

    def act():
        try:
            aftercare.hand_pulse(pulse, by=request.user, **form.cleaned_data)
        except Pulse.DoesNotExist as error:
            raise Http404 from error

    if failed := attempt(request, assignment, act, page=ending_page, hand_form=form):
        return failed
    messages.success(request, _("Bewaard wie het doet."))
    return redirect("network_outcome", reference)
