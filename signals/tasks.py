"""What the worker does. It holds no key: it moves letters, watches clocks and sweeps (security.md, key 5)."""

import logging
import uuid

from celery import shared_task
from django.db import OperationalError, transaction
from django.utils import timezone

from meldpunt.audit.log import record
from signals.actions.routing import deliver
from signals.actions.tasks import give_task
from signals.models import Assignment, Draft, Signal
from signals.models.task import TaskKind

log = logging.getLogger(__name__)
AT_ONCE = 200


@shared_task(
    autoretry_for=(OperationalError,),
    retry_backoff=1,
    retry_backoff_max=60,
    retry_jitter=True,
    max_retries=20,
)
def route_case(assignment_id: str) -> None:
    """Deliver one letter: the postman. Idempotent; what it cannot do becomes a task for a coordinator."""
    deliver(uuid.UUID(assignment_id))


@shared_task
def sweep() -> int:
    """Deliver every letter that still waits: the broker was down, or a worker died. Returns how many."""
    waiting = list(Assignment.objects.queued().order_by("queued_at").values_list("pk", flat=True)[:AT_ONCE])
    return sum(deliver(pk) for pk in waiting)


@shared_task
def raise_breached_clocks() -> int:
    """Turn every breached clock into a task for a named person; returns how many were new."""
    now, raised = timezone.now(), 0
    for signal in (
        Signal.objects.overdue()
        .exclude(tasks__kind=TaskKind.LATE_TRIAGE)
        .defer("report", "headline", "filed_once")[:AT_ONCE]
    ):
        raised += give_task(TaskKind.LATE_TRIAGE, signal=signal) is not None
    late = Assignment.objects.overdue().filter(breached_at=None).select_related("case", "team", "routed_by")
    late = late.defer("case__shared", "case__desk_notes", "routed_by__password")
    for assignment in late[:AT_ONCE]:
        with transaction.atomic():
            Assignment.objects.filter(pk=assignment.pk).update(breached_at=now)
            kind = TaskKind.LATE_DELIVERY if assignment.state == "queued" else TaskKind.LATE_NETWORK
            raised += give_task(kind, case=assignment.case, first=assignment.routed_by) is not None
            record("change", obj=assignment, team=assignment.team, source="worker", purpose=kind)
    return raised


@shared_task
def forget_drafts() -> int:
    """Delete drafts and receipts whose time is over; returns how many."""
    return Draft.objects.filter(expires_at__lt=timezone.now()).delete()[0]
