"""Revealing what is masked, and hiding it again."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meldpunt.teams.access import role
from signals.actions import keeping
from signals.desk import revealing
from signals.models import Case, Signal

LONGEST_WORDS = 500
OBJECTS = {"case": Case, "signal": Signal}


@role("coordinator", "member", "lead")
@require_POST
def reveal(request: HttpRequest) -> HttpResponse:
    """Reveal or hide one kind of detail of one signal or case that the viewer may see; back to where they were.

    With locked keys unlocking comes first; the reason that a coordinator typed waits as a draft.
    """
    model = OBJECTS.get(request.POST.get("object", ""))
    if model is None:
        raise Http404
    obj = get_object_or_404(
        model.objects.visible_to(request.user), reference=request.POST.get("reference", "")
    )
    kind, reason = request.POST.get("kind"), request.POST.get("reason")
    if kind not in revealing.Kind.values:
        raise BadRequest
    back = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    to = resolve_url(back if own else "start")
    if request.keyring is None:
        if request.user.is_coordinator:
            keeping.keep(obj, "reveal", {"words": words} if (words := _words(request)) else {}, by=request.user)
        return redirect_to_login(to, resolve_url("unlock"), "next")
    if "hide" in request.POST:
        revealing.hide(request, kind, obj)
    else:
        show(request, kind, obj, reason)
    return redirect(to)


def _words(request: HttpRequest) -> str:
    return " ".join(request.POST.get("words", "").split())[:LONGEST_WORDS]


def show(request: HttpRequest, kind: str, obj, reason: str | None) -> None:
    """Reveal with a preset reason, or with one's own words; raises BadRequest at a reason that is not known."""
    words = _words(request)
    if reason not in revealing.RevealReason.values:
        raise BadRequest
    if reason == revealing.RevealReason.OTHER and not words:
        messages.warning(request, _("Schrijf kort op waarom je dit wilt zien, of kies een reden."))
        return
    own = words if reason == revealing.RevealReason.OTHER else ""
    revealing.reveal(request, kind, obj, reason=reason, words=own)
    keeping.forget(obj, "reveal", by=request.user)
