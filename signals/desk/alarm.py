"""What breaks through on every page of the desk: acute signals that nobody has opened, and who is on duty."""

from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, Subquery, Value
from django.db.models.functions import JSONObject

from meldpunt.teams import duty
from meldpunt.teams.models import User
from signals.models import Signal


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


def alarm_for(user) -> Alarm:
    """Return what a coordinator must know at once. One statement."""
    waiting = Signal.objects.visible_to(user).alarming().order_by("filed_at")
    counted = waiting.order_by().annotate(all=Value("")).values("all").annotate(n=Count("pk")).values("n")
    person = duty.standing_in().values(row=JSONObject(name=F("name"), phone=F("phone")))[:1]
    row = User.objects.filter(pk=user.pk).values(
        number=Subquery(counted, output_field=IntegerField()),
        oldest=Subquery(waiting.values("reference")[:1]),
        person=Subquery(person),
    )
    found = row.get()
    return Alarm(found["number"] or 0, found["oldest"] or "", found["person"])
