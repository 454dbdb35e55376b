"""What the worker does. It holds no key: it moves letters, watches clocks and sweeps (security.md, key 5)."""

import datetime
import logging
import uuid
from collections.abc import Callable

from celery import shared_task
from django.db import OperationalError
from django.db.models import Exists, OuterRef
from django.utils import timezone

from signals.actions import contact, copies, dispatching, leases, rights
from signals.actions.ageing import age
from signals.actions.ladder import climb_for_letter, climb_for_signal
from signals.actions.mailbox import who_asked
from signals.actions.routing import deliver
from signals.actions.tasks import give_task
from signals.models import Assignment, Draft, Escalation, Signal, StaffDraft, Task, Visit
from signals.models.ladder import Step
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


def _each(act: Callable[..., int], pks: list) -> int:
    """Do `act` with each of `pks` and return the sum. One that fails is logged, and does not keep the others waiting."""
    done = 0
    for pk in pks:
        try:
            done += act(pk)
        except Exception:
            log.exception("%s failed for %s; the others go on", act.__name__, pk)
    return done


@shared_task
def sweep() -> int:
    """Deliver every letter that still waits: the broker was down, or a worker died. Returns how many."""
    waiting = list(Assignment.objects.queued().order_by("queued_at").values_list("pk", flat=True)[:AT_ONCE])
    return _each(deliver, waiting)


@shared_task
def raise_breached_clocks() -> int:
    """Climb the ladder for every breached clock, up to a task for a named person; returns how many steps were new."""
    top = Escalation.objects.filter(step=Step.TASK, due_at=OuterRef("due_at"))
    signals = Signal.objects.overdue().exclude(Exists(top.filter(signal=OuterRef("pk"))))
    letters = Assignment.objects.overdue().exclude(Exists(top.filter(assignment=OuterRef("pk"))))
    signals, letters = (rows.order_by("due_at").values_list("pk", flat=True)[:AT_ONCE] for rows in (signals, letters))
    return _each(climb_for_signal, list(signals)) + _each(climb_for_letter, list(letters))


@shared_task
def raise_unanswered() -> int:
    """Give whoever asked a referrer something a task when no answer came in time; returns how many were new."""
    told = Task.objects.filter(signal=OuterRef("pk"), kind=TaskKind.LATE_ANSWER, done_at=None)
    late = Signal.objects.unanswered().exclude(Exists(told))
    return _each(_ask_after, list(late.order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE]))


def _ask_after(pk) -> bool:
    """Give whoever asked about this signal the task to ask after its answer; tells whether it is new."""
    signal = Signal.objects.defer("report", "headline", "filed_once").get(pk=pk)
    return give_task(TaskKind.LATE_ANSWER, signal=signal, first=who_asked(signal)) is not None


@shared_task
def age_signals() -> int:
    """Make more urgent what nobody decided on in time and nobody works on now; returns how many."""
    return _each(age, list(Signal.objects.to_age().values_list("pk", flat=True)[:AT_ONCE]))


@shared_task
def forget_drafts() -> int:
    """Delete drafts, receipts and visits whose time is over; returns how many."""
    now = timezone.now()
    visits = Visit.objects.filter(expires_at__lt=now).delete()[0]
    return visits + Draft.objects.filter(expires_at__lt=now).delete()[0]


@shared_task
def release_lapsed_leases() -> int:
    """Put back among the new ones what a coordinator took up and left for ten minutes; returns how many."""
    return _each(leases.release, leases.lapsed())


@shared_task
def forget_staff_drafts() -> int:
    """Delete what staff typed and did not send for thirty days; returns how many."""
    old = timezone.now() - datetime.timedelta(days=30)
    return StaffDraft.objects.filter(saved_at__lt=old).delete()[0]


@shared_task
def tell_late_contact() -> int:
    """Give the desk a task for each referrer whom a network lets wait too long; returns how many."""
    return contact.tell_late()


@shared_task
def remind_of_rights() -> int:
    """Tell who decides on a request of a person concerned that its term ends within a week; returns how many."""
    return rights.remind()


@shared_task
def remind_of_receipts() -> int:
    """Remind who handed a case over outside and heard nothing back; returns of how many."""
    return dispatching.remind_of_receipts()


@shared_task
def remind_of_copies() -> int:
    """Ask again after copies that nobody said anything about for a week; returns how many."""
    return copies.remind_of_copies()
