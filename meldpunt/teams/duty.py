"""Who is on duty, who is away, and who stands in: the one place that decides it.

On duty is a coordinator with a shift now; where that person is away or has left, the deputy. Nobody else: a page says
so when nobody is on duty.
"""

import datetime

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from meldpunt.clocks import AMSTERDAM
from meldpunt.teams.models import Absence, DutyShift, Membership, Role, User

SEEN = ("pk", "name", "phone", "deputy_id")  # what may be fetched of a person here: the worker reads no password
LATEST = datetime.date(9999, 12, 31)


def _day(at: datetime.datetime) -> datetime.date:
    return at.astimezone(AMSTERDAM).date()


def absences(at: datetime.datetime | None = None) -> QuerySet[Absence]:
    """Return the absences that hold on the Dutch day of `at` (aware; now by default)."""
    day = _day(at or timezone.now())
    return Absence.objects.filter(first_day__lte=day, last_day__gte=day)


def _away(at, user="pk") -> Exists:
    return Exists(absences(at).filter(user=OuterRef(user)))


def standing_in(at: datetime.datetime | None = None) -> QuerySet[User]:
    """Return the coordinators who are on duty at `at`: who has a shift, or the deputy of one who is away."""
    moment = at or Now()
    desk = Membership.objects.filter(ended_at=None, role=Role.COORDINATOR)
    shifts = DutyShift.objects.filter(starts_at__lte=moment, ends_at__gt=moment, user__in=desk.values("user"))
    deputies = (
        absences(at)
        .filter(user__in=shifts.values("user"))
        .annotate(stands_in=Coalesce("deputy", "user__deputy"))
        .values("stands_in")
    )
    own_shift, deputised = Q(pk__in=shifts.values("user")), Q(pk__in=deputies)
    found = User.objects.filter(own_shift | deputised, is_active=True, pk__in=desk.values("user"))
    return found.exclude(_away(at)).annotate(own_shift=_holds(own_shift)).order_by("-own_shift", "pk").only(*SEEN)


def _holds(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def on_duty(at: datetime.datetime | None = None) -> User | None:
    """Return who is on duty at `at` (aware; now by default), with `name` and `phone`, or None. One statement."""
    return standing_in(at).first()


def deputy_of(user: User, at: datetime.datetime | None = None) -> User | None:
    """Return who stands in for `user`: named with the absence that holds, else the usual deputy; None where nobody is.

    Somebody without a role any more, or who is away as well, stands in for nobody.
    """
    named = absences(at).filter(user=user, deputy__isnull=False).values_list("deputy", flat=True).first()
    found = User.objects.filter(pk=named or user.deputy_id or 0, is_active=True, memberships__ended_at=None)
    return found.exclude(_away(at)).only(*SEEN).distinct().first()


def by_reach(users: QuerySet[User], at: datetime.datetime | None = None) -> QuerySet[User]:
    """Order `users` by how well they are reached: on duty first, who is away last, then the longest serving.

    Each gets `away` (bool); no password is fetched.
    """
    duty = _holds(Q(pk__in=standing_in(at).order_by().values("pk")))
    reach = users.annotate(on_duty=duty, away=_away(at)).order_by("-on_duty", "away", "created_at", "pk")
    return reach.only(*SEEN, "created_at")
