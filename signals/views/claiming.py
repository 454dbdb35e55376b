"""Whose a signal is: take it up, take it over, let it go; and who else is there now."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meldpunt.teams.access import role, unlocked
from signals.actions import Clash, keeping, leases
from signals.desk import presence
from signals.forms.triage import TakeOverForm
from signals.views.matching import keep_up
from signals.views.signal_page import page, signal_or_404, to_signal
from signals.views.typed import thing_or_404, unlocked_or_kept
from signals.workflow import NotAllowed


def _was_first(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that a colleague was first, and show what is there now (409)."""
    messages.warning(request, _("Een collega was je voor: de melding is veranderd. Kijk wat er nu staat."))
    return page(request, signal_or_404(request, reference), status=409)


@role("coordinator")
@unlocked
@require_POST
def take_up(request: HttpRequest, reference: str) -> HttpResponse:
    """Put the signal on one's own name."""
    found = signal_or_404(request, reference)
    try:
        leases.take_up(found, by=request.user)
    except (Clash, NotAllowed):
        return _was_first(request, reference)
    keep_up(request, found)
    return to_signal(request, reference)


@role("coordinator")
@unlocked_or_kept("signal")
@require_POST
def take_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the signal over from a colleague, with a reason."""
    found = signal_or_404(request, reference)
    form = TakeOverForm(request.POST)
    if not form.is_valid():
        return page(request, found, status=422, over_form=form)
    try:
        leases.take_over(found, by=request.user, keyring=request.keyring, **form.cleaned_data)
    except NotAllowed:
        return _was_first(request, reference)
    keeping.forget(found, "over", by=request.user)
    messages.success(request, _("De melding staat nu op jouw naam. Je collega krijgt bericht."))
    return to_signal(request, reference)


@role("coordinator")
@unlocked
@require_POST
def let_go(request: HttpRequest, reference: str) -> HttpResponse:
    """Put the signal back among the new ones."""
    found = signal_or_404(request, reference)
    try:
        leases.let_go(found, by=request.user)
    except NotAllowed:
        return _was_first(request, reference)
    return redirect("queue")


@role("coordinator")
@unlocked
@require_POST
def here(request: HttpRequest, kind: str, reference: str) -> HttpResponse:
    """Say that this page is open: who else is there, which version is there now. A lease goes on while somebody works."""
    thing = thing_or_404(request, kind, reference)
    doing = request.POST.get("doing", "viewing")
    if doing == "gone":
        presence.gone(request.user, thing)
    else:
        presence.seen(request.user, thing, doing)
    mine = kind == "signal" and doing in ("viewing", "editing") and leases.keep_lease(thing, by=request.user)
    others = presence.at_once([thing], request.user).get(thing.pk, [])
    lines = [{"name": other.name, "doing": other.words} for other in others]
    return JsonResponse({"here": lines, "version": thing.version, "mine": mine})
