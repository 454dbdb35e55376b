"""Signing in and out, locking and unlocking, and where somebody starts."""

from allauth.account.views import login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meldpunt.audit.log import record
from meldpunt.teams import actions, limits
from meldpunt.teams.access import public
from meldpunt.teams.fingerprints import fingerprint
from meldpunt.teams.forms import TOO_OFTEN, PasswordForm, UnlockForm
from meldpunt.teams.holders import KEY_GIVERS, left_since
from meldpunt.teams.models import Role
from meldpunt.teams.rail import rail
from meldpunt.vault import keys, unlocking

sign_in = public(login)
STARTS = (
    ({Role.COORDINATOR}, "queue"),
    ({Role.MEMBER, Role.LEAD}, "inbox"),
    ({Role.ADMINISTRATOR}, "people"),
)


def next_page(request: HttpRequest) -> str:
    """Return where a page on the way leads back to: only ever a page of our own."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if own else reverse("start")


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Send everybody to where their work is; who has no list of his own gets a small page."""
    roles = request.user.roles()
    for wanted, name in STARTS:
        if roles & wanted:
            return redirect(name)
    return render(request, "teams/start.html", {"roles": roles, **rail(request)})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out and lock the keys."""
    unlocking.lock(request.COOKIES.get(unlocking.COOKIE))
    request.unlock_cookie = ""
    logout(request)
    return redirect(settings.ACCOUNT_LOGOUT_REDIRECT_URL)


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the keys and stay signed in: for who leaves the desk for a moment."""
    unlocking.lock(request.COOKIES.get(unlocking.COOKIE))
    request.unlock_cookie = ""
    return redirect("unlock" if request.user.roles() & set(actions.KEY_HOLDERS) else "start")


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """Ask for the password again, and go on."""
    if not request.user.roles() & set(actions.KEY_HOLDERS):
        raise PermissionDenied
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _unlocks(request, form):
        _ask_to_renew(request)
        return redirect(next_page(request))
    return render(request, "teams/unlock.html", {"form": form, "next": next_page(request)})


def _unlocks(request: HttpRequest, form: UnlockForm) -> bool:
    if not limits.allow(request, "unlock", settings.SIGN_INS_PER_ACCOUNT, account=str(request.user.pk)):
        form.add_error("password", TOO_OFTEN)
        return False
    try:
        cookie = actions.unlock(request.user, form.cleaned_data["password"])
    except actions.WrongPassword:
        record("sign_in", by=request.user, purpose="unlock", result="refused")
        form.add_error("password", _("Dit wachtwoord klopt niet."))
        return False
    unlocking.lock(request.COOKIES.get(unlocking.COOKIE))
    request.unlock_cookie = cookie
    record("sign_in", by=request.user, purpose="unlock")
    return True


def _ask_to_renew(request: HttpRequest) -> None:
    """Tell who may renew a team's key that somebody left since it was made, each time until it is done (key 11)."""
    for team in request.user.teams(*KEY_GIVERS):
        if left_since(team).exists():
            said = _("Iemand ging weg uit %s. Vernieuw de sleutel bij ‘Team en sleutels’.")
            messages.warning(request, said % team.name)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change the own password; shows the fingerprint of the own key too."""
    form = PasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid() and _changes(request, form):
        return redirect("password_changed")
    key = keys.newest_user_key(request.user)
    context = {"form": form, "fingerprint": key and fingerprint(key), **rail(request)}
    return render(request, "teams/password.html", context)


def _changes(request: HttpRequest, form: PasswordForm) -> bool:
    old, new = form.cleaned_data["old_password"], form.cleaned_data["new_password"]
    if not limits.allow(request, "unlock", settings.SIGN_INS_PER_ACCOUNT, account=str(request.user.pk)):
        form.add_error("old_password", TOO_OFTEN)
        return False
    try:
        request.unlock_cookie = actions.change_password(request.user, old=old, new=new)
    except actions.WrongPassword:
        form.add_error("old_password", _("Dit wachtwoord klopt niet."))
        return False
    update_session_auth_hash(request, request.user)
    return True


@require_GET
def password_changed(request: HttpRequest) -> HttpResponse:
    """Say that it worked."""
    return render(request, "teams/password_changed.html", rail(request))
