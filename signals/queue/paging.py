"""Pages of a long list by the values of its last row: as quick on the last page as on the first.

The order of the queue is: danger first, then what is late, then how urgent, then the score, then the oldest. No index
has that order, because what is late changes by itself. So each slice (a state, danger or not, late or not) is read
along the index `queue_order`, 51 rows at most, and the slices are put in order together.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from signals.models import Signal

ROWS = 50
DANGER_LATE, DANGER, LATE, REST = range(4)


@dataclass(frozen=True)
class Mark:
    """Where a page ended: the moment at which lateness is judged on all pages, and the last row's place."""

    judged_at: datetime
    lane: int
    key: int
    moment: datetime
    pk: UUID

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        """Read what `str` wrote; None where it says nothing."""
        try:
            judged_at, lane, key, moment, pk = text.split("_")
            return cls(_moment(judged_at), int(lane), int(key), _moment(moment), UUID(pk))
        except (ValueError, OverflowError, OSError):
            return None

    def __str__(self):
        return f"{_micros(self.judged_at)}_{self.lane}_{self.key}_{_micros(self.moment)}_{self.pk}"


def triage_page(rows: QuerySet, states: tuple[str, ...], after: str = "") -> tuple[list[Signal], str]:
    """Return up to 50 of `rows` in one of the open `states`, in the order of the queue after the mark `after`, and the
    next mark: one statement. A mark that says nothing gives the first page; the next mark is empty on the last page.
    """
    mark = Mark.read(after)
    now = mark.judged_at if mark else timezone.now()
    slices = [
        rows.filter(state=state, **within)
        .filter(_further(mark) if mark and lane == mark.lane else Q())
        .order_by("queue_key", "filed_at", "id")
        .values("pk")[: ROWS + 1]
        for state, (lane, within) in product(states, _slices(now))
        if mark is None or lane >= mark.lane
    ]
    top = slices[0].union(*slices[1:], all=True) if len(slices) > 1 else slices[0]
    ordered = rows.filter(pk__in=top).annotate(lane=_lane(now))
    found = list(ordered.order_by("lane", "queue_key", "filed_at", "id")[: ROWS + 1])
    if len(found) <= ROWS:
        return found, ""
    last = found[ROWS - 1]
    return found[:ROWS], str(Mark(now, last.lane, last.queue_key, last.filed_at, last.pk))


def latest_page(rows: QuerySet, field: str, after: str = "") -> tuple[list, str]:
    """Return up to 50 of `rows`, the latest `field` first, that come after the mark `after`, and the next mark."""
    ordered = rows.order_by(f"-{field}", "-id")
    if mark := Mark.read(after):
        older, same = {f"{field}__lt": mark.moment}, {field: mark.moment, "id__lt": mark.pk}
        ordered = ordered.filter(Q(**older) | Q(**same), **{f"{field}__lte": mark.moment})
    found = list(ordered[: ROWS + 1])
    if len(found) <= ROWS:
        return found, ""
    last = found[ROWS - 1]
    moment = getattr(last, field)
    return found[:ROWS], str(Mark(moment, REST, 0, moment, last.pk))


def soonest_page(rows: QuerySet, after: str = "") -> tuple[list, str]:
    """Return up to 50 of `rows` (annotated with `lane`) by lane and clock that come after the mark, and the next mark."""
    ordered = rows.order_by("lane", "due_at", "id")
    if mark := Mark.read(after):
        ordered = ordered.filter(
            Q(lane__gt=mark.lane)
            | Q(lane=mark.lane, due_at__gt=mark.moment)
            | Q(lane=mark.lane, due_at=mark.moment, id__gt=mark.pk)
        )
    found = list(ordered[: ROWS + 1])
    if len(found) <= ROWS:
        return found, ""
    last = found[ROWS - 1]
    return found[:ROWS], str(Mark(last.due_at, last.lane, 0, last.due_at, last.pk))


def _lane(now: datetime) -> Case:
    late = Q(due_at__lt=now)
    return Case(
        When(late, queue_key__lte=0, then=Value(DANGER_LATE)),
        When(queue_key__lte=0, then=Value(DANGER)),
        When(late, then=Value(LATE)),
        default=Value(REST),
        output_field=IntegerField(),
    )


def _slices(now: datetime) -> list[tuple[int, dict]]:
    """Each slice as its lane and what its rows have in common; a clock that does not run is not late."""
    danger, other = {"queue_key__lte": 0}, {"queue_key__gt": 0}
    late, on_time, no_clock = {"due_at__lt": now}, {"due_at__gte": now}, {"due_at__isnull": True}
    return [
        (DANGER_LATE, danger | late),
        (DANGER, danger | on_time),
        (DANGER, danger | no_clock),
        (LATE, other | late),
        (REST, other | on_time),
        (REST, other | no_clock),
    ]


def _further(mark: Mark) -> Q:
    """What comes after `mark` in its lane; the first condition is where the index starts reading."""
    return Q(queue_key__gte=mark.key) & (
        Q(queue_key__gt=mark.key)
        | Q(filed_at__gt=mark.moment)
        | Q(filed_at=mark.moment, id__gt=mark.pk)
    )


def _micros(moment: datetime) -> int:
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond


def _moment(micros: str) -> datetime:
    seconds, rest = divmod(int(micros), 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)
