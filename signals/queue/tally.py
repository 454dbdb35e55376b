"""What waits where: one statement counts it, for the desk's menu and its front page."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject, Now
from django.urls import reverse
from django.utils import timezone

from meldpunt.teams.models import Coverage, User
from meldpunt.web.prepared import Asker, Prepared
from signals.desk import alarm
from signals.desk.alarm import Alarm
from signals.matching import index
from signals.models import Assignment, Case, SavedFilter, Signal, Task
from signals.models.task import TaskKind
from signals.querysets import MAY_SLEEP, UNDECIDED
from signals.queue.filters import Places
from signals.workflow import CaseState, SignalState

# Nobody counts further than this, and the database need not either: a count costs the same at any size.
ENOUGH = 999
MOST_TASKS = 50
OPEN_CASES = (CaseState.ASSESSED, CaseState.ROUTING, CaseState.WITH_NETWORK)


class Capped(Subquery):
    """How many rows a queryset has, up to one more than ENOUGH."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
    empty_result_set_value = 0

    def __init__(self, rows: QuerySet):
        super().__init__(rows.order_by().values("pk")[: ENOUGH + 1])


def shown(number: int) -> str:
    """A count as it stands on the screen: 12, or 999+."""
    return f"{ENOUGH}+" if number > ENOUGH else str(number)


@dataclass(frozen=True)
class Tally:
    """Counts by thing and state: ("signal", "received") → 12. On the front page also the user's saved filters, what can
    be chosen as a place, and the user's oldest open tasks: {words, reference, url, at}. `alarm` breaks through."""

    counts: dict[tuple[str, str], int]
    saved: list[str] = field(default_factory=list)
    places: Places = field(default_factory=Places)
    tasks: list[dict] = field(default_factory=list)
    alarm: Alarm | None = None

    def of(self, thing: str, *states: str) -> int:
        """How many of `thing` are in one of `states`; each counted up to one more than ENOUGH.

        Of signals, those that were put off do not count.
        """
        return sum(self._one(thing, state) for state in states)

    def _one(self, thing: str, state: str) -> int:
        number = self.counts.get((thing, state), 0)
        if thing != "signal" or number > ENOUGH:
            return number
        return number - self.counts.get(("later", state), 0)


def tally(user, *, front: bool = False) -> Tally:
    """Count, in one statement, what waits where at the desk, and the open tasks of `user`."""
    row = _statement(front, timezone.localdate()).row_for(user)
    counts = {tuple(name.split(":")): number for name, number in row.items() if ":" in name}
    acute = alarm.alarm_of(row)
    if not front:
        return Tally(counts, alarm=acute)
    tasks = [_task(each) for each in row["own_tasks"]]
    return Tally(counts, row["saved"], Places.of(row["coverage"]), tasks, acute)


@lru_cache(maxsize=4)
def _statement(front: bool, _day: date) -> Prepared:
    """The statement as it is on `_day`: who is away is kept by the day."""
    asker = Asker()
    parts = {
        f"{thing}:{key}": rows
        for thing, found in _counted(asker, front).items()
        for key, rows in found.items()
    }
    names = {name: Capped(rows) for name, rows in parts.items()} | alarm.columns_for(asker)
    if front:
        names |= {"saved": _saved(), "coverage": _coverage(), "own_tasks": _tasks(asker)}
    return Prepared(User.objects.filter(pk=asker.pk).values(**names))


def _counted(user, front: bool) -> dict[str, dict[str, QuerySet]]:
    """What is counted, by thing and state."""
    signals = Signal.objects.visible_to(user)
    asleep, cases = signals.asleep(), Case.objects.for_desk(user)
    found = {
        # Along an index alone; those that were put off are few, and are taken off.
        "signal": {state: signals.filter(state=state) for state in UNDECIDED},
        "later": {state: asleep.filter(state=state) for state in MAY_SLEEP},
        "case": {state: cases.filter(state=state) for state in OPEN_CASES},
        "compare": {"": index.pending(signals)},
    }
    if not front:
        return found
    letters, mine = Assignment.objects.visible_to(user).unconfirmed(), Q(claimed_by=user.pk)
    tasks = Task.objects.visible_to(user).filter(done_at=None)
    found["case"][CaseState.CLOSED] = cases.filter(state=CaseState.CLOSED)
    found["signal"][SignalState.DECIDED] = signals.filter(state=SignalState.DECIDED)
    return found | {
        "mine": {"": signals.awake().filter(mine, state__in=(SignalState.IN_TRIAGE, SignalState.ASKED))},
        "late": {"": signals.undecided().filter(due_at__lt=Now())},
        "letter": {"": letters, "late": letters.overdue()},
        "returned": {"": cases.given_back()},
        "task": {"": tasks},
    }


def _saved() -> ArraySubquery:
    return ArraySubquery(SavedFilter.objects.filter(user=OuterRef("pk")).order_by("pk").values("query"))


def _coverage() -> ArraySubquery:
    row = JSONObject(
        code="municipality_id", name="municipality__name", slug="team__slug", network="team__name"
    )
    return ArraySubquery(Coverage.objects.values(row=row))


def _tasks(user) -> ArraySubquery:
    mine = Task.objects.visible_to(user).filter(done_at=None).order_by("created_at")
    row = JSONObject(kind="kind", at="created_at", signal="signal__reference", case="case__reference")
    return ArraySubquery(mine.values(row=row)[:MOST_TASKS])


def _task(row: dict) -> dict:
    name = "signal" if row["signal"] else "case"
    url = reverse(name, args=[row[name]]) if row[name] else reverse("team_keys")
    at = datetime.fromisoformat(row["at"])
    return {"words": TaskKind(row["kind"]).label, "reference": row[name] or "", "url": url, "at": at}
