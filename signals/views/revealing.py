"""Revealing what is masked, and hiding it again."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meldpunt.teams.access import role, unlocked
from signals.desk import revealing
from signals.models import Case, Signal

LONGEST_WORDS = 500
OBJECTS = {"case": Case, "signal": Signal}


@role("coordinator", "member", "lead")
@unlocked
@require_POST
def reveal(request: HttpRequest) -> HttpResponse:
    """Reveal or hide one kind of detail of one signal or case that the viewer may see; back to where they were."""
    model = OBJECTS.get(request.POST.get("object", ""))
    if model is None:
        raise Http404
    obj = get_object_or_404(
        model.objects.visible_to(request.user), reference=request.POST.get("reference", "")
    )
    kind, reason = request.POST.get("kind"), request.POST.get("reason")
    if kind not in revealing.Kind.values:
        raise BadRequest
    if "hide" in request.POST:
        revealing.hide(request, kind, obj)
    else:
        show(request, kind, obj, reason)
    back = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if own else "start")


def show(request: HttpRequest, kind: str, obj, reason: str | None) -> None:
    """Reveal with a preset reason, or with one's own words; raises BadRequest at a reason that is not known."""
    words = " ".join(request.POST.get("words", "").split())[:LONGEST_WORDS]
    if reason not in revealing.RevealReason.values:
        raise BadRequest
    if reason == revealing.RevealReason.OTHER and not words:
        messages.warning(request, _("Schrijf kort op waarom je dit wilt zien, of kies een reden."))
        return
    own = words if reason == revealing.RevealReason.OTHER else ""
    revealing.reveal(request, kind, obj, reason=reason, words=own)
