"""What the worker does. It holds no key: it moves letters, watches clocks and sweeps (security.md, key 5)."""

import datetime
import logging
import uuid

from celery import shared_task
from django.db import OperationalError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from meldpunt.audit.log import record
from signals.actions import leases
from signals.actions.mailbox import who_asked
from signals.actions.routing import deliver
from signals.actions.tasks import give_task
from signals.models import Assignment, Draft, Signal, StaffDraft, Task, Visit
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
def raise_unanswered() -> int:
    """Give whoever asked a referrer something a task when no answer came in time; returns how many were new."""
    told = Task.objects.filter(signal=OuterRef("pk"), kind=TaskKind.LATE_ANSWER, done_at=None)
    late = Signal.objects.unanswered().exclude(Exists(told)).defer("report", "headline", "filed_once")
    return sum(
        give_task(TaskKind.LATE_ANSWER, signal=signal, first=who_asked(signal)) is not None
        for signal in late[:AT_ONCE]
    )


@shared_task
def forget_drafts() -> int:
    """Delete drafts, receipts and visits whose time is over; returns how many."""
    now = timezone.now()
    visits = Visit.objects.filter(expires_at__lt=now).delete()[0]
    return visits + Draft.objects.filter(expires_at__lt=now).delete()[0]


@shared_task
def release_lapsed_leases() -> int:
    """Put back among the new ones what a coordinator took up and left for ten minutes; returns how many."""
    return leases.release_lapsed()


@shared_task
def forget_staff_drafts() -> int:
    """Delete what staff typed and did not send for thirty days; returns how many."""
    old = timezone.now() - datetime.timedelta(days=30)
    return StaffDraft.objects.filter(saved_at__lt=old).delete()[0]
