"""Who holds a team's key and may pass it on: the question before anybody loses a key."""

from django.db.models import QuerySet, Subquery

from meldpunt.teams.models import Membership, Role, Team, User
from meldpunt.vault import keys, trust
from meldpunt.vault.models import TeamKey, TeamKeySeal

KEY_HOLDERS = (Role.COORDINATOR, Role.MEMBER, Role.LEAD)
KEY_GIVERS = (Role.COORDINATOR, Role.LEAD)


class NobodyToAdmit(Exception):
    """In `team` nobody else could give the key back: going on would make what the team has sealed unreadable."""

    def __init__(self, team: Team):
        super().__init__(str(team))
        self.team = team


def may_sign(user: User) -> bool:
    """Tell whether `user` is a signer now: signed by the root, within the term, and able to open the signing key."""
    try:
        keys.own_signer(user)
    except trust.NotTrusted:
        return False
    return True


def check_somebody_can_admit(user: User, *, lock: bool = False) -> None:
    """Raise NobodyToAdmit where a team whose key `user` holds has no other signer who holds it and may give it.

    With `lock` the teams stay locked until the end of the transaction, so that of two who would both be the last one
    only the first goes.
    """
    held = TeamKeySeal.objects.filter(user_key__user=user).values("team_key__team")
    for team in _teams(Team.objects.filter(pk__in=held), lock):
        if not any(may_sign(other) for other in _others(user, team, KEY_GIVERS)):
            raise NobodyToAdmit(team)


def check_key_stays(user: User, team: Team, *, lock: bool = False) -> None:
    """Raise NobodyToAdmit where `user` holds the key of `team` and nobody who stays does: its content would be lost.

    Whoever may give the key stays only where another who may give it holds it; the root can make that one a signer, so
    a signer who must go today is not kept. `lock` as above.
    """
    for one in _teams(Team.objects.filter(pk=team.pk), lock):
        roles = KEY_GIVERS if user.role_in(one) in KEY_GIVERS else KEY_HOLDERS
        holds = TeamKeySeal.objects.filter(team_key__team=one, user_key__user=user).exists()
        if holds and not _others(user, one, roles).exists():
            raise NobodyToAdmit(one)


def _teams(teams, lock: bool) -> list[Team]:
    teams = teams.order_by("pk")
    return list(teams.select_for_update(no_key=True) if lock else teams)


def _others(user: User, team: Team, roles):
    """Return who else, with one of `roles`, holds the newest key of `team`."""
    newest = TeamKey.objects.filter(team=team).order_by("-version").first()
    seals = TeamKeySeal.objects.filter(team_key=newest)
    return team.active_users(*roles).exclude(pk=user.pk).filter(keys__seals__in=seals).distinct()


def left_since(team: Team) -> QuerySet[Membership]:
    """Return who held the key of `team` and left since its newest version was made: while there is somebody, renew it."""
    made = TeamKey.objects.filter(team=team).order_by("-version").values("created_at")[:1]
    return team.memberships.filter(role__in=KEY_HOLDERS, ended_at__gt=Subquery(made)).select_related("user")
