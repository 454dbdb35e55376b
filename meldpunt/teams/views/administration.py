"""Administration: people and invitations. An administrator holds no key and sees no content."""

from allauth.mfa.models import Authenticator
from django.contrib.auth import login
from django.db.models import Exists, OuterRef, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from meldpunt.teams import actions, limits, renewal_actions
from meldpunt.teams.access import confirmed, public, role
from meldpunt.teams.forms import TOO_OFTEN, AcceptForm, InviteForm, JoinForm
from meldpunt.teams.holders import NobodyToAdmit, check_key_stays, check_somebody_can_admit
from meldpunt.teams.models import Invitation, Membership, User
from meldpunt.teams.rail import rail

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ACCEPTS_PER_MINUTE = 20


@role("administrator")
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account: memberships, second factor; and the invitations that are open."""
    totp = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    current = Membership.objects.filter(ended_at=None).select_related("team", "partner")
    users = User.objects.annotate(has_app=Exists(totp)).order_by("name")
    context = {
        "people": users.prefetch_related(Prefetch("memberships", current, to_attr="now")),
        "invitations": Invitation.objects.filter(used_at=None, expires_at__gt=timezone.now(), tries_left__gt=0)
        .select_related("team")
        .order_by("expires_at"),
    }
    return render(request, "teams/people.html", {**context, **rail(request)})


@role("administrator")
@confirmed
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody; the link and the code are shown once."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        invitation, token, code = actions.invite(by=request.user, **form.cleaned_data)
        link = request.build_absolute_uri(reverse("accept_invitation", args=[token]))
        context = {"invitation": invitation, "link": link, "code": code}
        return render(request, "teams/invited.html", {**context, **rail(request)})
    return render(request, "teams/invite.html", {"form": form, **rail(request)})


@role("administrator")
@confirmed
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Make somebody who has an account a member of one more team."""
    person = get_object_or_404(User, pk=pk)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if person.role_in(form.cleaned_data["team"]):
            form.add_error("team", _("Deze persoon hoort al bij dit team. Beëindig eerst die rol."))
        else:
            actions.join(person, by=request.user, **form.cleaned_data)
            return redirect("people")
    return render(request, "teams/join.html", {"form": form, "person": person, **rail(request)})


@role("administrator")
@confirmed
@require_http_methods(["GET", "POST"])
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then end a membership at once."""
    membership = get_object_or_404(Membership.objects.select_related("team", "user"), pk=pk, ended_at=None)
    problem = None
    try:
        check_key_stays(membership.user, membership.team)
        if request.method == "POST":
            actions.end_membership(membership, by=request.user)
            return redirect("people")
    except Membership.DoesNotExist:
        return redirect("people")
    except NobodyToAdmit as error:
        problem = error.team
    context = {"membership": membership, "problem": problem, **rail(request)}
    return render(request, "teams/end_membership.html", context, status=409 if problem else 200)


@role("administrator")
@confirmed
@require_http_methods(["GET", "POST"])
def renew_access(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then close the account and invite its owner again; the link and the code are shown once."""
    person = get_object_or_404(User, pk=pk)
    membership = renewal_actions.membership_to_renew(person)
    if membership is None or person == request.user:
        raise Http404
    problem = None
    try:
        check_somebody_can_admit(person)
        if request.method == "POST":
            invitation, token, code = renewal_actions.renew_access(person, by=request.user)
            link = request.build_absolute_uri(reverse("accept_invitation", args=[token]))
            context = {"invitation": invitation, "link": link, "code": code, "again": True}
            return render(request, "teams/invited.html", {**context, **rail(request)})
    except NobodyToAdmit as error:
        problem = error.team
    context = {"person": person, "membership": membership, "problem": problem, **rail(request)}
    return render(request, "teams/renew_access.html", context, status=409 if problem else 200)


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Make an account from an invitation: the link, the code that was given by voice, and a password."""
    try:
        invitation = actions.find_invitation(token)
        form = AcceptForm(request.POST or None, user=User(email=invitation.email, name=invitation.name))
        if request.method == "POST" and form.is_valid() and (user := _accepted(request, form, token)):
            login(request, user, backend=BACKEND)
            return redirect("mfa_activate_totp")
    except actions.InvitationClosed:
        return render(request, "teams/invitation_closed.html", status=410)
    return render(request, "teams/accept.html", {"form": form, "invitation": invitation})


def _accepted(request: HttpRequest, form: AcceptForm, token: str) -> User | None:
    if not limits.allow(request, "accept", ACCEPTS_PER_MINUTE):
        form.add_error("code", TOO_OFTEN)
        return None
    words = form.cleaned_data
    try:
        return actions.accept_invitation(token=token, code=words["code"], password=words["new_password"])
    except actions.WrongCode:
        form.add_error("code", _("Deze code klopt niet. Vraag de persoon die jou uitnodigt om hem nog eens te lezen."))
        return None
