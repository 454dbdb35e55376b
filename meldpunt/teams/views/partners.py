"""The register of partners: an administrator keeps all, a lead those of the own network. No case is seen here."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from meldpunt.notices.actions import mark_read
from meldpunt.teams import partner_actions as actions
from meldpunt.teams.access import confirmed, role
from meldpunt.teams.models import Membership, Role, Team, TeamKind
from meldpunt.teams.partner_forms import SAME_NAME, BelongForm, NewPartnerForm, PartnerForm
from meldpunt.teams.partner_history import differences, history
from meldpunt.teams.partners import Partner, WrongPartner
from meldpunt.teams.rail import rail

INVALID, CLASH = 422, 409


@dataclass(frozen=True)
class NetworkLine:
    """A network on the list: its partners with what is due for review first, and who belongs to none yet."""

    team: Team
    partners: list[Partner]
    ended: list[Partner]
    loose: list[Membership]


def _page(request: HttpRequest, name: str, context: dict, status: int = 200) -> HttpResponse:
    form = context.get("form")
    if status == 200 and form is not None and form.errors:
        status = INVALID
    return render(request, f"teams/{name}.html", {**context, **rail(request)}, status=status)


def _mine(request: HttpRequest, pk: int) -> Partner:
    return get_object_or_404(Partner.objects.visible_to(request.user).select_related("team"), pk=pk)


def _kept(request: HttpRequest, pk: int) -> Partner:
    partner = _mine(request, pk)
    if not actions.may_keep(request.user, partner.team) or partner.ended_at is not None:
        raise Http404
    return partner


@role("administrator", "lead", "privacy_officer")
@require_GET
def partners(request: HttpRequest) -> HttpResponse:
    """The partners of each network, those to look at again first."""
    mark_read(request.user, "/partners/")
    rows = list(Partner.objects.visible_to(request.user).select_related("team").order_by("review_on", "organisation"))
    teams = Team.objects.filter(kind=TeamKind.NETWORK)
    if not request.user.roles() & {Role.ADMINISTRATOR, Role.PRIVACY_OFFICER}:
        teams = teams.filter(pk__in=[team.pk for team in request.user.network_teams()])
    members = Membership.objects.filter(ended_at=None, partner=None, user__is_active=True, team__in=teams)
    loose = list(members.select_related("user").defer("user__password").order_by("user__name"))
    lines = [
        NetworkLine(
            team,
            [row for row in rows if row.team_id == team.pk and row.ended_at is None],
            [row for row in rows if row.team_id == team.pk and row.ended_at],
            [row for row in loose if row.team_id == team.pk],
        )
        for team in teams
    ]
    due = [row for row in rows if row.is_due]
    keeps = bool(request.user.roles() & {Role.ADMINISTRATOR, Role.LEAD})
    return _page(request, "partners", {"lines": lines, "due": due, "keeps": keeps})


@role("administrator", "lead")
@require_http_methods(["GET", "POST"])
def add_partner(request: HttpRequest) -> HttpResponse:
    """Write one more partner down."""
    form = NewPartnerForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add(by=request.user, team=form.cleaned_data["team"], **form.values)
        except IntegrityError:
            form.add_error("organisation", SAME_NAME)
        else:
            messages.success(request, _("%(name)s is toegevoegd.") % {"name": added})
            return redirect("partner", added.pk)
    return _page(request, "partner_form", {"form": form})


@role("administrator", "lead", "privacy_officer")
@require_GET
def partner(request: HttpRequest, pk: int) -> HttpResponse:
    """What was agreed with one partner, who belongs to it, and what was changed before."""
    row = _mine(request, pk)
    members = row.memberships.filter(ended_at=None).select_related("user").defer("user__password")
    keeps = actions.may_keep(request.user, row.team)
    context = {
        "row": row,
        "members": members.order_by("user__name"),
        "keeps": keeps,
        "may_change": keeps and row.ended_at is None,
        "history": history(row),
    }
    return _page(request, "partner", context)


@role("administrator", "lead")
@require_http_methods(["GET", "POST"])
def change_partner(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what was agreed; where a colleague was first, both values are shown to choose from (409)."""
    row = _kept(request, pk)
    form = PartnerForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.change(row, by=request.user, version=form.cleaned_data["version"] or 0, **form.values)
        except actions.PartnerChanged:
            return _clash(request, form, pk)
        except IntegrityError:
            form.add_error("organisation", SAME_NAME)
        else:
            messages.success(request, _("%(name)s is bewaard.") % {"name": changed})
            return redirect(changed)
    return _page(request, "partner_form", {"form": form, "row": row})


def _clash(request: HttpRequest, form: PartnerForm, pk: int) -> HttpResponse:
    row = _mine(request, pk)
    if row.ended_at is not None:
        messages.error(request, _("Een collega heeft deze afspraak net beëindigd."))
        return redirect(row)
    found = differences(form, row)
    form.renew(row.version)
    context = {"form": form, "row": row, "differences": found, "last": row.changes.select_related("by").first()}
    return _page(request, "partner_form", context, CLASH)


@role("administrator", "lead")
@confirmed
@require_http_methods(["GET", "POST"])
def end_partner(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then end what was agreed with a partner."""
    row = _kept(request, pk)
    members = row.memberships.filter(ended_at=None).select_related("user").defer("user__password")
    if request.method == "POST":
        try:
            actions.end(row, by=request.user, version=_number(request.POST.get("version")))
        except (actions.PartnerChanged, actions.StillMembers):
            context = {"row": _mine(request, pk), "members": members, "problem": True}
            return _page(request, "end_partner", context, CLASH)
        messages.success(request, _("De afspraak met %(name)s is beëindigd.") % {"name": row})
        return redirect("partners")
    return _page(request, "end_partner", {"row": row, "members": members})


@role("administrator", "lead")
@confirmed
@require_http_methods(["GET", "POST"])
def belong(request: HttpRequest, pk: int) -> HttpResponse:
    """Say from which partner organisation a member of a network comes."""
    memberships = Membership.objects.filter(ended_at=None, team__kind=TeamKind.NETWORK)
    membership = get_object_or_404(memberships.select_related("team", "user", "partner"), pk=pk)
    if not actions.may_keep(request.user, membership.team):
        raise Http404
    form = BelongForm(request.POST or None, team=membership.team, initial={"partner": membership.partner_id})
    if request.method == "POST" and form.is_valid():
        try:
            actions.belong(membership, by=request.user, partner=form.cleaned_data["partner"])
        except WrongPartner:
            form.add_error("partner", _("De afspraak met deze organisatie is net beëindigd. Kies een andere."))
        else:
            messages.success(request, _("Het is bewaard."))
            return redirect("partners")
    return _page(request, "belong", {"form": form, "membership": membership})


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0
