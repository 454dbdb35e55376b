"""What a coordinator does with matches: fill the index, say that two are not the same, mark noise, make one case."""

import logging
import time

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from meldpunt.audit.log import record
from meldpunt.teams.access import role, unlocked
from meldpunt.vault.crypto import CannotOpen
from meldpunt.vault.trust import NotTrusted
from signals.actions import Clash, indexing, matching
from signals.desk import noise as noise_list
from signals.models import Case, NoiseToken, Signal
from signals.queue.rail import desk_rail
from signals.queue.search import reference_of
from signals.workflow import NotAllowed

log = logging.getLogger(__name__)
SECONDS = 1.5


def keep_up(request: HttpRequest, first: Signal | None = None) -> None:
    """Put a few signals in the index beside what the coordinator does; that it fails never stands in the way."""
    try:
        indexing.fill(by=request.user, keyring=request.keyring, first=first)
    except (CannotOpen, NotTrusted):
        log.warning("the blind index could not be filled in this request")


@role("coordinator")
@unlocked
@require_POST
def fill_index(request: HttpRequest) -> HttpResponse:
    """Compare signals for a second and a half at most, and say how many are left; scripts ask again until it is none."""
    first = (
        Signal.objects.visible_to(request.user).filter(reference=request.POST.get("melding", "")[:12]).first()
    )
    begun, done = time.monotonic(), 0
    try:
        filled = indexing.fill(by=request.user, keyring=request.keyring, first=first)
        done += filled.done
        while filled.done and filled.left and time.monotonic() - begun < SECONDS:
            filled = indexing.fill(by=request.user, keyring=request.keyring)
            done += filled.done
    except (CannotOpen, NotTrusted):
        messages.error(request, _("Vergelijken kan niet: jouw sleutel van het meldpunt is er nog niet."))
        return redirect("queue")
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"done": done, "left": filled.left if filled.done else 0})
    words = ngettext("%(n)d melding vergeleken.", "%(n)d meldingen vergeleken.", done) % {"n": done}
    messages.success(
        request, words + (" " + _("Nog %(n)d te gaan.") % {"n": filled.left} if filled.left else "")
    )
    return redirect(first.get_absolute_url() if first else "queue")


def thing_of(request: HttpRequest, reference: str) -> Signal | Case:
    """Return the signal or case that a form names; raises Http404 where this user may not see it."""
    reference = reference_of(reference[:12])
    rows = (
        Case.objects.for_desk(request.user)
        if reference.startswith("ZK")
        else Signal.objects.visible_to(request.user)
    )
    return get_object_or_404(rows, reference=reference)


@role("coordinator")
@unlocked
@require_POST
def judge(request: HttpRequest) -> HttpResponse:
    """Keep that two are not about the same person, or ask it again."""
    thing, other = (thing_of(request, request.POST.get(name, "")) for name in ("deze", "ander"))
    try:
        if request.POST.get("doe") == "weer":
            matching.ask_again(thing, other, by=request.user)
            messages.success(request, _("%s staat weer tussen de overeenkomsten.") % other.reference)
        else:
            matching.not_the_same(thing, other, by=request.user)
            messages.success(request, _("Bewaard: %s gaat over iemand anders.") % other.reference)
    except NotAllowed:
        messages.warning(request, _("Dat kan nu niet. Kijk wat er nu staat."))
    return redirect(thing.get_absolute_url() + "#lijkt-op")


@role("coordinator")
@unlocked
@require_POST
def mark_noise(request: HttpRequest) -> HttpResponse:
    """Mark what two signals share as a token that says nothing."""
    thing = thing_of(request, request.POST.get("deze", ""))
    other = get_object_or_404(
        Signal.objects.visible_to(request.user), reference=request.POST.get("ander", "")[:12]
    )
    ours = (
        [thing]
        if isinstance(thing, Signal)
        else list(Signal.objects.visible_to(request.user).filter(case=thing))
    )
    marked = 0
    for signal in ours:
        try:
            marked += matching.mark_noise(
                signal, other, by=request.user, keyring=request.keyring, kind=request.POST.get("soort", "")
            )
        except NotAllowed:
            continue
    if marked:
        messages.success(request, _("Dit telt niet meer mee. Je vindt het terug onder Ruis."))
    else:
        messages.warning(request, _("Dat kan nu niet. Kijk wat er nu staat."))
    return redirect(thing.get_absolute_url() + "#lijkt-op")


@role("coordinator")
@unlocked
@require_safe
def noise(request: HttpRequest) -> HttpResponse:
    """Show what says nothing, shortened, with who marked it."""
    try:
        rows = noise_list.rows_of(request.keyring)
    except (CannotOpen, NotTrusted) as error:
        raise Http404 from error
    record("list", by=request.user, purpose="noise", rows=[str(row.token.pk) for row in rows])
    return render(request, "signals/desk/noise.html", desk_rail(request.user, "queue") | {"rows": rows})


@role("coordinator")
@unlocked
@require_POST
def unmark_noise(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a token count again."""
    matching.unmark_noise(get_object_or_404(NoiseToken, pk=pk), by=request.user)
    messages.success(request, _("Dit telt weer mee."))
    return redirect("noise")


@role("coordinator")
@unlocked
@require_POST
def one_case(request: HttpRequest) -> HttpResponse:
    """Make one case of two signals that have none yet."""
    signal, other = (
        get_object_or_404(Signal.objects.visible_to(request.user), reference=request.POST.get(name, "")[:12])
        for name in ("deze", "ander")
    )
    try:
        version = int(request.POST.get("versie", ""))
        made = matching.make_one_case(
            signal, other, by=request.user, keyring=request.keyring, version=version
        )
    except (Clash, NotAllowed, ValueError):
        messages.warning(
            request, _("Een collega was je voor: de melding is veranderd. Kijk wat er nu staat.")
        )
        return redirect(signal.get_absolute_url())
    messages.success(request, _("%(one)s en %(two)s horen nu bij één zaak.") % {"one": signal, "two": other})
    return redirect(f"{reverse('case', args=[made.case.reference])}?erbij={signal.reference}")
