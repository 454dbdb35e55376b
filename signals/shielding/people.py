"""Who may see something: a shield leaves people out of notices, tasks, pickers and duty. Subqueries; one statement for a list."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext, ngettext

from meldpunt.teams import duty
from meldpunt.teams.models import Membership, Role, Team, TeamKind, User
from signals.models import Assignment, Case, Shield, Signal

WORKERS = (Role.MEMBER, Role.LEAD)
STAFF = (Role.COORDINATOR, *WORKERS)


def shields_of(thing: Signal | Case) -> QuerySet[Shield]:
    """The shields that hold for a signal or case: its own, and those that reach it through the case and its signals."""
    case = thing.case_id if isinstance(thing, Signal) else thing.pk
    covering = Q(signal=thing.pk) if isinstance(thing, Signal) else Q()
    if case:
        covering |= Q(case=case) | Q(signal__case=case)
    return Shield.objects.holding().filter(covering)


def kept_from(thing: Signal | Case) -> QuerySet:
    """The keys of the users who are kept out of a signal or case: a subquery."""
    return shields_of(thing).order_by().values("user")


def may_see(users: Iterable[User] | QuerySet[User], thing: Signal | Case):
    """Leave out of `users` who is kept out of `thing`: a queryset stays one, of a list a list comes back, in its order."""
    if isinstance(users, QuerySet):
        return users.exclude(pk__in=kept_from(thing))
    users = list(users)
    out = set(kept_from(thing).values_list("user", flat=True)) if users else set()
    return [user for user in users if user.pk not in out]


def coordinators_for(thing: Signal | Case) -> QuerySet[User]:
    """The coordinators who may see `thing`: who is on duty first, who is away last; no password is fetched."""
    desk = Team.objects.filter(kind=TeamKind.DESK)[:1]
    seats = {"memberships__team__in": desk, "memberships__ended_at": None, "memberships__role": Role.COORDINATOR}
    return duty.by_reach(may_see(User.objects.filter(is_active=True, **seats), thing))


def workers_for(letter: Assignment) -> QuerySet[User]:
    """Who works in the network of a letter and may see its case."""
    return may_see(letter.team.active_users(*WORKERS), Case(pk=letter.case_id))


def outside(team: Team, thing: Signal | Case) -> User | None:
    """Who is told, without content, when nobody of `team` may see `thing`: the appointed outside deputy, else who
    administers the province; for a network a coordinator of the desk comes before that. Never somebody who is kept out.
    """
    allowed = may_see(User.objects.filter(is_active=True), thing).exclude(
        pk__in=team.memberships.filter(ended_at=None).values("user")
    )
    appointed = allowed.filter(pk=team.outside_deputy_id or 0).only(*duty.SEEN).first()
    if appointed is not None:
        return appointed
    if team.kind == TeamKind.NETWORK and (coordinator := coordinators_for(thing).first()):
        return coordinator
    seats = {"memberships__ended_at": None, "memberships__role": Role.ADMINISTRATOR}
    return allowed.filter(**seats).order_by("created_at", "pk").only(*duty.SEEN, "created_at").first()


def anybody_left(team: Team, thing: Signal | Case) -> bool:
    """Tell whether somebody of `team` may see `thing`."""
    roles = (Role.COORDINATOR,) if team.kind == TeamKind.DESK else WORKERS
    return may_see(team.active_users(*roles), thing).exists()


def to_choose(thing: Signal | Case, *, but: User) -> QuerySet[User]:
    """Who can be named as somebody who must not see `thing`: coordinators and members who may see it now, by name."""
    seats = Membership.objects.filter(ended_at=None, role__in=STAFF)
    found = may_see(User.objects.filter(is_active=True, pk__in=seats.values("user")), thing).exclude(pk=but.pk)
    return found.defer("password").prefetch_related("memberships__team").order_by("name")


def of_team(letter: Assignment, *, but: User) -> QuerySet[User]:
    """Who of the network of a letter can be named by the colleague `but`, by name."""
    return workers_for(letter).exclude(pk=but.pk).defer("password").prefetch_related("memberships__team").order_by("name")


def lines_about(case: Case) -> list[str]:
    """Say for each network how many of its people do not see `case`, without names; one statement."""
    seats = Membership.objects.filter(ended_at=None, role__in=WORKERS, user__in=kept_from(case)).order_by("team__name")
    counted: dict[str, list[str]] = {}
    for team, role in seats.values_list("team__name", "role"):
        counted.setdefault(team, []).append(role)
    lines = []
    for team, roles in counted.items():
        words = ngettext("Netwerk %(team)s: één lid ziet deze zaak niet.", "Netwerk %(team)s: %(n)d leden zien deze zaak niet.", len(roles))
        lead = " " + gettext("Dat is de regisseur.") if roles == [Role.LEAD] else ""
        lines.append(words % {"team": team, "n": len(roles)} + lead)
    return lines


def how_many_out(team: Team, case: Case) -> dict[str, int]:
    """Return how many of `team` are kept out of `case`, and how many of them are leads: numbers, no names."""
    seats = team.memberships.filter(ended_at=None, user__in=kept_from(case))
    roles = list(seats.values_list("role", flat=True))
    return {"all": len(roles), "leads": roles.count(Role.LEAD)}
