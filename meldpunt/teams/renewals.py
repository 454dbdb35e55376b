"""For which teams the key is to be renewed now: it stands before who may do that until it is done (security.md, key 11)."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery

from meldpunt.teams.expiry import near
from meldpunt.teams.holders import KEY_HOLDERS
from meldpunt.teams.models import Membership, Team
from meldpunt.vault.models import TeamKey


@dataclass(frozen=True)
class Renewal:
    """A team whose key is to be renewed: somebody who held it left since it was made, or it ends on a day that is near."""

    team: Team
    left: bool
    ends: datetime.date | None


def renewals_due(teams: list[Team]) -> list[Renewal]:
    """Return which of `teams` need a new key; one statement, none without teams."""
    if not teams:
        return []
    newest = TeamKey.objects.filter(team=OuterRef("pk")).order_by("-version")
    made = TeamKey.objects.filter(team=OuterRef("team")).order_by("-version").values("created_at")[:1]
    gone = Membership.objects.filter(team=OuterRef("pk"), role__in=KEY_HOLDERS, ended_at__gt=Subquery(made))
    found = Team.objects.filter(pk__in=[team.pk for team in teams]).order_by("name")
    found = found.annotate(left=Exists(gone), ends_on=Subquery(newest.values("expires_on")[:1]))
    rows = [Renewal(team, team.left, near(team.ends_on) if team.ends_on else None) for team in found]
    return [row for row in rows if row.left or row.ends]
