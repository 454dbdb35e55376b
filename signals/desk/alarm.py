"""What breaks through on every page of the desk: acute signals that nobody has opened, and who is on duty."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, IntegerField, Q, Subquery, Value
from django.db.models.functions import JSONObject

from meldpunt.teams import duty
from meldpunt.teams.models import Membership, Role, User
from signals.models import Shield, Signal


@dataclass(frozen=True)
class Alarm:
    """How many acute signals nobody has opened, the oldest one's reference (or ""), who is on duty (None: nobody)."""

    count: int
    oldest: str
    on_duty: dict | None

    @property
    def quiet(self) -> bool:
        """Nothing to say: none is waiting, and somebody is on duty."""
        return not self.count and self.on_duty is not None


def _to_call(waiting):
    """Who is on duty, and may see what waits; where a shield keeps them out, the coordinator who is reached best instead."""
    shields = Shield.objects.holding().order_by()
    shielded = shields.filter(signal__in=waiting.order_by().values("pk")).values("user")
    on_duty = duty.standing_in().order_by().values("pk")
    seats = Membership.objects.filter(ended_at=None, role=Role.COORDINATOR).values("user")
    instead = Q(Exists(User.objects.filter(pk__in=on_duty).filter(pk__in=shielded)), away=False)
    people = duty.by_reach(User.objects.filter(is_active=True, pk__in=seats).exclude(pk__in=shielded))
    return people.filter(Q(on_duty=True) | instead)


def columns_for(user) -> dict[str, Subquery]:
    """Return what `alarm_of` needs, as columns of a row of any statement."""
    waiting = Signal.objects.visible_to(user).alarming().order_by("filed_at")
    counted = waiting.order_by().annotate(all=Value("")).values("all").annotate(n=Count("pk")).values("n")
    person = _to_call(waiting).values(row=JSONObject(name=F("name"), phone=F("phone")))[:1]
    return {
        "alarms": Subquery(counted, output_field=IntegerField()),
        "oldest_alarm": Subquery(waiting.values("reference")[:1]),
        "on_call": Subquery(person),
    }


def alarm_of(row: dict) -> Alarm:
    """Return what a row with `columns_for` says."""
    return Alarm(row["alarms"] or 0, row["oldest_alarm"] or "", row["on_call"])
