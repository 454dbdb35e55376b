"""The keys of a team: who waits for it, giving it, renewing it."""

import datetime
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from meldpunt.notices.actions import mark_read
from meldpunt.teams import actions, expiry
from meldpunt.teams.access import confirmed, role, unlocked
from meldpunt.teams.fingerprints import fingerprint
from meldpunt.teams.holders import left_since
from meldpunt.teams.models import Membership, Team, User
from meldpunt.teams.rail import rail
from meldpunt.vault import keys
from meldpunt.vault.crypto import CannotOpen
from meldpunt.vault.models import Signer, TeamKey, TeamKeySeal
from meldpunt.vault.trust import NotTrusted


@dataclass(frozen=True)
class Member:
    """A line of the page: who, the fingerprint of the key, whether the newest team key is there, and when the key ends."""

    user: User
    role: str
    fingerprint: list[str]
    holds: bool
    ends: datetime.date | None  # None while that is not near

    @property
    def mark(self) -> str:
        """The fingerprint as the page posts it back."""
        return "".join(self.fingerprint)


@dataclass(frozen=True)
class TeamLine:
    """A team on the page: its newest key, when that ends where it is near, its members, and who left since it was made."""

    team: Team
    key: TeamKey | None
    ends: datetime.date | None
    members: list[Member]
    left: list[Membership]


@role("coordinator", "lead")
@unlocked
@require_GET
def team_keys(request: HttpRequest) -> HttpResponse:
    """The teams whose key this user may give, with their members."""
    mark_read(request.user, "/team/")
    return _page(request)


def _page(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    teams = [_line(team) for team in request.user.teams(*actions.KEY_GIVERS)]
    own = Signer.objects.filter(user=request.user).order_by("-version").first()
    context = {"teams": teams, "problem": problem, "signing_ends": own and expiry.near(own.expires_on)}
    return render(request, "teams/team_keys.html", {**context, **rail(request)}, status=status)


def _line(team: Team) -> TeamLine:
    key = TeamKey.objects.filter(team=team).order_by("-version").first()
    ends = expiry.near(key.expires_on) if key else None
    return TeamLine(team, key, ends, _members(team, key), list(left_since(team)))


def _members(team: Team, newest: TeamKey | None) -> list[Member]:
    holders = set(TeamKeySeal.objects.filter(team_key=newest).values_list("user_key__user_id", flat=True))
    memberships = team.memberships.filter(ended_at=None, role__in=actions.KEY_HOLDERS).select_related("user")
    rows = []
    for membership in memberships.order_by("user__name"):
        key = keys.newest_user_key(membership.user)
        ends = expiry.near(key.expires_on) if key and key.signer else None
        mark = fingerprint(key) if key else []
        rows.append(Member(membership.user, membership.get_role_display(), mark, membership.user_id in holders, ends))
    return rows


def _own_team(request: HttpRequest, slug: str) -> Team:
    for team in request.user.teams(*actions.KEY_GIVERS):
        if team.slug == slug:
            return team
    raise Http404


@role("coordinator", "lead")
@unlocked
@confirmed
@require_POST
def give_key(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give the team's key to a member whose fingerprint was compared."""
    team = _own_team(request, slug)
    user = get_object_or_404(team.active_users(*actions.KEY_HOLDERS), pk=pk)
    try:
        seen = request.POST.get("seen", "")
        actions.give_key(user, team=team, by=request.user, keyring=request.keyring, seen=seen)
    except actions.AnotherKey:
        return _page(request, _("Deze sleutel is intussen een andere. Vergelijk de vingerafdruk opnieuw."), 409)
    except (NotTrusted, CannotOpen):
        return _page(request, _("Dat kan niet: je mag zelf nog geen sleutels geven, of je mist de sleutel."), 409)
    return redirect("team_keys")


@role("coordinator", "lead")
@unlocked
@confirmed
@require_POST
def renew_key(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the next version of the team's key."""
    team = _own_team(request, slug)
    try:
        actions.renew_key(team, by=request.user, keyring=request.keyring)
    except NotTrusted:
        return _page(request, _("Dat kan niet: je mag geen sleutels geven, of je eigen sleutel is verlopen."), 409)
    return redirect("renew_contents", slug)
