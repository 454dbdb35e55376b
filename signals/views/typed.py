"""Nothing that somebody typed is lost: a form sent with locked keys waits, sealed to that person, until it is sent again."""

from collections.abc import Collection
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.views.decorators.http import require_POST

from meldpunt.teams.access import role, to_page
from signals.actions import keeping
from signals.models import Case, Signal, StaffDraft


def thing_or_404(request: HttpRequest, kind: str, reference: str) -> Signal | Case:
    """Return the signal or case where this user may see it at the desk; raises Http404."""
    if kind == "signal":
        return get_object_or_404(Signal.objects.visible_to(request.user), reference=reference)
    if kind == "case":
        return get_object_or_404(Case.objects.for_desk(request.user), reference=reference)
    raise Http404


def unlocked_or_kept(kind: str = "", *, here: bool = False):
    """Let a view of a "signal" or "case" run with open keys only; what a form sent is kept, and unlocking comes first.

    Without `kind` the address names it. After unlocking comes the page of the thing, or with `here` the form's own page.
    """

    def decorate(view):
        @wraps(view)
        def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.keyring is not None:
                return view(request, *args, **kwargs)
            if request.method != "POST":
                return to_page(request, "unlock")
            named = request.resolver_match.kwargs
            thing = thing_or_404(request, kind or named["kind"], named["reference"])
            keep_all(request, thing)
            return redirect_to_login(request.path if here else thing.get_absolute_url(), resolve_url("unlock"), "next")

        return checked

    return decorate


def unlock_here(request: HttpRequest, case: Case, forms: Collection[str]) -> HttpResponse:
    """Ask for the password of somebody whom the caller let see `case`, and come back to this page.

    What was sent in one of `forms` waits, sealed to who typed it, and stands in the page again.
    """
    if request.method != "POST":
        return to_page(request, "unlock")
    keep_all(request, case, forms)
    return redirect_to_login(request.path, resolve_url("unlock"), "next")


def keep_all(request: HttpRequest, thing, forms: Collection[str] = keeping.FORMS) -> list[str]:
    """Keep every form of `forms` that this request sent about `thing`; returns those that are kept."""
    sent = sorted({name.partition("-")[0] for name in request.POST if "-" in name} & set(forms))
    typed = {prefix: keeping.worth_keeping(prefix, request.POST) for prefix in sent}
    return [prefix for prefix, fields in typed.items() if fields and keeping.keep(thing, prefix, fields, by=request.user)]


def start_with(drafts: dict[str, StaffDraft], prefix: str, **own) -> dict:
    """Return the initial values of a form: what the thing says, and over it what this person typed earlier."""
    return own | (drafts[prefix].typed if prefix in drafts else {})


@role("coordinator")
@require_POST
def keep_draft(request: HttpRequest, kind: str, reference: str, form: str) -> HttpResponse:
    """Keep what is typed in one form, or drop it; called every few seconds, and by the button that drops it."""
    if form not in keeping.FORMS:
        raise Http404
    return keep_or_drop(request, thing_or_404(request, kind, reference), form)


def keep_or_drop(request: HttpRequest, thing, form: str, *, back=None) -> HttpResponse:
    """Keep what is typed in `form` about `thing`, which the caller found visible to this user, or drop it.

    Dropping leads to `back`, by default the page of the thing.
    """
    if "drop" in request.POST:
        keeping.forget(thing, form, by=request.user)
        return redirect(back or thing)
    kept = keeping.keep(thing, form, keeping.worth_keeping(form, request.POST), by=request.user)
    return HttpResponse(status=204 if kept else 205)
