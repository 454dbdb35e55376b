"""The aftercare of a closed case at a meeting: how it goes, or that it was talked about."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meldpunt.teams.access import role
from networks.actions import aftercare
from networks.actions import meetings as acts
from networks.forms.outcome import PulseForm
from networks.models import Pulse
from networks.views.meeting_case import acted, case_screen, line_or_404, onward
from signals.actions import keeping


@role("member", "lead")
@require_POST
def care(request: HttpRequest, pk, reference: str) -> HttpResponse:
    """Keep how it goes, or only (`later`) that nobody has asked yet; and go on to the next case."""
    line, lines = line_or_404(request, pk, reference)
    letter, form, later = line.item.assignment, PulseForm(request.POST), "later" in request.POST
    if later:
        failed = acted(
            request, line, lines, lambda: acts.talk_over(line.item, by=request.user), "pulse_form", form
        )
        return failed or onward(request, line, lines)
    pulses = Pulse.objects.visible_to(request.user).filter(assignment=letter)
    pulse = pulses.waiting().order_by("number").first() or pulses.last()
    if pulse is None:
        raise Http404
    if not form.is_valid():
        return case_screen(request, line, lines, status=422, pulse_form=form)

    @transaction.atomic
    def act():
        aftercare.answer(pulse, by=request.user, keyring=request.keyring, **form.cleaned_data)
        acts.talk_over(line.item, by=request.user)

    if failed := acted(request, line, lines, act, "pulse_form", form):
        return failed
    keeping.forget(letter, "pulse", by=request.user)
    unsafe = form.cleaned_data["safe_now"] == "no"
    said = (
        _("Bewaard. Het meldpunt kijkt of de zaak weer open moet.") if unsafe else _("Bewaard hoe het gaat.")
    )
    messages.success(request, said)
    return onward(request, line, lines)
