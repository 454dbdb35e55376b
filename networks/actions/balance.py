"""Every write of the balance: rows of what ended, a history that is loaded, a balance that is published."""

import datetime
import logging

from django.db import DataError, IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import Q
from django.utils import timezone

from meldpunt.audit.log import record
from networks.balance.counting import Period
from networks.balance.ended import row_of
from networks.balance.figures import DEFINITIONS, figures
from networks.balance.publishing import Publication, cleared
from networks.models import Kind, OutcomeRow, PublishedBalance
from signals.actions.counting import note_counted
from signals.models import Signal
from signals.weighing import urgency

log = logging.getLogger(__name__)
AT_ONCE = 500


class AlreadyPublished(ValueError):
    """This period was published before, and what is published never changes."""


class NotOver(ValueError):
    """The period has not ended yet."""


@transaction.atomic
def count_ended() -> int:
    """Write a row for each report that has ended, and take back those of reopened ones; returns how many were written.

    What another run has locked is passed over: two at once count each report once. Content-free, so that the worker can do it. A row that a published balance rests on stays: where that case ends
    again, it counts again, as reopened.
    """
    _take_back_reopened()
    found = Signal.objects.ended().filter(counted_as=None).defer("report", "headline", "filed_once")
    ended = list(
        found.select_related("case__municipality", "municipality")
        .defer("case__shared")
        .order_by("decided_at")
        .select_for_update(of=("self",), no_key=True, skip_locked=True)[:AT_ONCE]
    )
    rows = {signal.pk: row for signal in ended if (row := _row_or_none(signal))}
    kept = _written(sorted(rows.values(), key=lambda row: row.pk))
    rows = {pk: row for pk, row in rows.items() if row.pk in kept}
    note_counted({pk: row.pk for pk, row in rows.items()})
    if rows:
        record("create", source="worker", purpose="balance")
    return len(rows)


def _row_or_none(signal: Signal) -> OutcomeRow | None:
    """Return the row of a report that has ended; one that cannot be counted is logged and keeps no other waiting."""
    try:
        with transaction.atomic():
            return row_of(signal)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("report %s cannot be counted; the others go on", signal.pk)
        return None


def _written(rows: list[OutcomeRow]) -> set:
    """Write rows and return their keys: all at once, or one by one where the database refuses one of them.

    Where the database itself is in trouble the run fails whole, and is done again.
    """
    try:
        with transaction.atomic():
            return {row.pk for row in OutcomeRow.objects.bulk_create(rows)}
    except (DataError, IntegrityError):
        log.warning("a row of the balance is refused; each is written by itself")
    kept = set()
    for row in rows:
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except (DataError, IntegrityError):
            log.exception("a row of the balance is refused; the others go on")
        else:
            kept.add(row.pk)
    return kept


def _take_back_reopened() -> None:
    counted = Signal.objects.exclude(counted_as=None).exclude(state="destroyed")
    reopened = dict(
        counted.exclude(pk__in=Signal.objects.ended().values("pk")).values_list("pk", "counted_as")
    )
    if reopened:
        kept = Q(pk__in=[])
        for begins_on, ends_on in PublishedBalance.objects.exclude(kind=Kind.HISTORY).values_list("begins_on", "ends_on"):
            kept |= Q(ended_on__range=(begins_on, ends_on))
        OutcomeRow.objects.filter(pk__in=reopened.values()).exclude(kept).delete()
        note_counted(dict.fromkeys(reopened))


@transaction.atomic
def load_history(rows: list[OutcomeRow], *, collection: str, because: str) -> PublishedBalance:
    """Put a history in the place of what was loaded under the same name, and publish it whole.

    `because` says why small numbers in it are not hidden: they were published before.
    """
    OutcomeRow.objects.filter(collection=collection).delete()
    OutcomeRow.objects.bulk_create(rows)
    begins_on = min(row.filed_on for row in rows).replace(day=1)
    ends_on = _last_of_month(max(row.filed_on for row in rows))
    period = Period(begins_on, ends_on, collection=collection)
    PublishedBalance.objects.filter(collection=collection).delete()
    published = PublishedBalance(
        slug=collection.replace("_", "-"),
        kind=Kind.HISTORY,
        begins_on=begins_on,
        ends_on=ends_on,
        collection=collection,
        figures=figures(period),
        definitions=DEFINITIONS,
        unsuppressed_because=because,
        published_at=timezone.now(),
    )
    published.save()
    record("create", obj=published, source="command")
    return published


@transaction.atomic
def publish(publication: Publication, *, by) -> PublishedBalance:
    """Freeze the figures of a quarter or a year, with every cell hidden that must be.

    Raises NotOver before the period has ended, AlreadyPublished the second time.
    """
    if publication.ends_on >= timezone.localdate():
        raise NotOver(publication.slug)
    if PublishedBalance.objects.select_for_update().filter(slug=publication.slug).exists():
        raise AlreadyPublished(publication.slug)
    published = PublishedBalance(
        slug=publication.slug,
        kind=publication.kind,
        begins_on=publication.begins_on,
        ends_on=publication.ends_on,
        figures=cleared(publication),
        definitions=DEFINITIONS,
        urgency_rules=urgency.VERSION,
        published_at=timezone.now(),
        by=by,
    )
    published.save()
    record("create", by=by, obj=published, purpose="balance")
    return published


def _last_of_month(day: datetime.date) -> datetime.date:
    return (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)
