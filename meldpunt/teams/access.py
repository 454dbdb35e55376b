"""Who may open which page: signed in unless the view says it is public, with a second factor, and by role.

What somebody may see within a page is not decided here but by `visible_to` of the querysets.
"""

import logging
import time
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url

from meldpunt.vault.crypto import CannotOpen
from meldpunt.vault.unlocking import Locked, TooBusy

log = logging.getLogger(__name__)

PUBLIC_NAMES = {"account_login", "mfa_authenticate", "set_language"}
ENROLMENT_NAMES = {"mfa_activate_totp", "account_logout", "lock"}
CONFIRMED_SECONDS = 600
RETRY_SECONDS = "10"


def public(view: Callable) -> Callable:
    """Mark a view that anybody may open, also without an account."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    opened.is_public = True
    return opened


def role(*roles: str) -> Callable:
    """Let only users in with one of `roles` in whichever team; others get 403. Anonymous ones sign in first."""

    def decorate(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return to_page(request, "account_login")
            if not request.user.roles() & set(roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    return decorate


def unlocked(view: Callable) -> Callable:
    """Ask for the password first where the user's keys are locked or have lapsed; a POST is not repeated."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if request.keyring is None:
            return to_page(request, "unlock")
        return view(request, *args, **kwargs)

    return checked


def confirmed(view: Callable) -> Callable:
    """Ask for the second factor again unless it was given in the last ten minutes (security.md, Accounts)."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not is_confirmed(request):
            return to_page(request, "confirm")
        return view(request, *args, **kwargs)

    return checked


def gave_second_factor(request: HttpRequest) -> bool:
    """Tell whether this session was signed in with a second factor: then no statement is needed to know of one."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def is_confirmed(request: HttpRequest) -> bool:
    """Tell whether this session has given its second factor in the last ten minutes."""
    since = time.time() - CONFIRMED_SECONDS
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" and record["at"] > since for record in records)


def to_page(request: HttpRequest, name: str) -> HttpResponse:
    """Send to the page `name`, which comes back to where the request was going; after a POST to the page it was on."""
    return redirect_to_login(_way_back(request), resolve_url(name), "next")


def _way_back(request: HttpRequest) -> str:
    before = urlsplit(request.headers.get("Referer", ""))
    if request.method == "POST" and before.netloc == request.get_host():
        return before.path
    return request.get_full_path()


def has_second_factor(user) -> bool:
    """Tell whether `user` has enrolled an authenticator app."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


class SignedInUnlessPublic:
    """Middleware: every view needs a user with a second factor, unless `@public` or named here."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.view_name
        if getattr(view, "is_public", False) or name in PUBLIC_NAMES:
            return None
        if not request.user.is_authenticated:
            return to_page(request, "account_login")
        if name in ENROLMENT_NAMES or gave_second_factor(request) or has_second_factor(request.user):
            return None
        return redirect("mfa_activate_totp")

    def process_exception(self, request, exception):
        """Answer 503 where no slot for a slow hash came free, ask for the password where a key lapsed halfway, and say
        so (403) where the key of this person does not open what the page needs."""
        if isinstance(exception, TooBusy):
            response = render(request, "503.html", status=503)
            response.headers["Retry-After"] = RETRY_SECONDS
            return response
        if isinstance(exception, Locked):
            return to_page(request, "unlock")
        if isinstance(exception, CannotOpen):
            log.warning("a key did not open what a page needs: %s", request.resolver_match.view_name)
            return render(request, "no_key.html", status=403)
        return None
