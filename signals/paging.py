"""Pages of a long list by the values of its last row: as quick on the last page as on the first."""

from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from signals.querysets import SignalQuerySet

ROWS = 50


def late_now():
    """The expression that is 0 for a row whose clock has run out, else 1."""
    return Case(When(due_at__lt=timezone.now(), then=Value(0)), default=Value(1))


def triage_page(rows: SignalQuerySet, after: str) -> tuple[list, str]:
    """Return up to 50 signals in the order of the queue that come after the mark `after`, and the next mark.

    A mark that says nothing gives the first page. The next mark is empty on the last page.
    """
    ordered = rows.annotate(late=late_now()).order_by(
        "urgency_rank", "late", F("urgency_score").desc(), "filed_at", "id"
    )
    if (mark := _read(after)) is not None:
        rank, late, score, filed_at, pk = mark
        ordered = ordered.filter(
            Q(urgency_rank__gt=rank)
            | Q(urgency_rank=rank, late__gt=late)
            | Q(urgency_rank=rank, late=late, urgency_score__lt=score)
            | Q(urgency_rank=rank, late=late, urgency_score=score, filed_at__gt=filed_at)
            | Q(urgency_rank=rank, late=late, urgency_score=score, filed_at=filed_at, id__gt=pk)
        )
    found = list(ordered[: ROWS + 1])
    return found[:ROWS], _mark(found[ROWS - 1]) if len(found) > ROWS else ""


def decided_page(rows: SignalQuerySet, after: str) -> tuple[list, str]:
    """Return up to 50 decided signals, the newest first, that come after the mark `after`, and the next mark."""
    ordered = rows.order_by("-decided_at", "-id")
    if (mark := _read(after)) is not None:
        ordered = ordered.filter(Q(decided_at__lt=mark[3]) | Q(decided_at=mark[3], id__lt=mark[4]))
    found = list(ordered[: ROWS + 1])
    if len(found) <= ROWS:
        return found, ""
    last = found[ROWS - 1]
    return found[:ROWS], f"0_0_0_{_micros(last.decided_at)}_{last.pk}"


def _micros(moment: datetime) -> int:
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond


def _mark(row) -> str:
    return f"{row.urgency_rank}_{row.late}_{row.urgency_score}_{_micros(row.filed_at)}_{row.pk}"


def _read(mark: str) -> tuple | None:
    try:
        rank, late, score, micros, pk = mark.split("_")
        seconds, rest = divmod(int(micros), 1_000_000)
        moment = datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)
        return int(rank), int(late), int(score), moment, UUID(pk)
    except (ValueError, OverflowError, OSError):
        return None
