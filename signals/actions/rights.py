"""Writing down what the person concerned asks, making the term longer once, deciding, and minding the term."""

import datetime

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.notices.actions import leave
from meldpunt.teams.models import Team, TeamKind, User
from meldpunt.vault import keys, sealed
from meldpunt.vault.models import Purpose
from signals.actions.history import locked
from signals.actions.tasks import give_task
from signals.models import Case, RightRequest, Task
from signals.models.right import LONGER, TERM, RightKind, RightState
from signals.models.task import TaskKind
from signals.shielding.people import coordinators_for
from signals.workflow import NotAllowed

SOON = datetime.timedelta(days=7)


@transaction.atomic
def register(case: Case, *, by, kind: str, asked_by: str, received_on: datetime.date, decider: User, asked: str) -> RightRequest:
    """Write down a request about a case that `by` sees at the desk; `decider` gets a task. Due one month after `received_on`.

    `asked` says what, and how we know who asks; sealed to the desk. Raises DoesNotExist, NotAllowed where `decider` is no
    coordinator who may see the case, NotTrusted.
    """
    case = locked(Case.objects.for_desk(by).defer("shared"), case.pk)
    if decider.pk not in {user.pk for user in coordinators_for(case)}:
        raise NotAllowed("decided by a coordinator who may see the case")
    request = RightRequest(
        case=case, kind=kind, asked_by=asked_by, received_on=received_on, due_on=received_on + TERM,
        decider=decider, by=by, at=timezone.now(),
    )  # fmt: skip
    _seal(request, "asked", asked)
    request.save(force_insert=True)
    give_task(TaskKind.RIGHT, case=case, first=decider)
    record("create", by=by, obj=request, purpose=kind, rows=[case])
    return request


@transaction.atomic
def extend(request: RightRequest, *, by, version: int) -> RightRequest:
    """Make the term two months longer, once and before it is over (GDPR article 12(3)); the person is told so.

    Raises Clash, NotAllowed.
    """
    request = _locked(request, by, version)
    if request.extended or request.is_late:
        raise NotAllowed("the term can be made longer once, in time")
    request.due_on, request.extended, request.reminded_on = request.received_on + TERM + LONGER, True, None
    _save(request, "due_on", "extended", "reminded_on")
    record("change", by=by, obj=request, purpose="extended")
    return request


@transaction.atomic
def decide(request: RightRequest, *, by, version: int, state: str, answer: str, ground: str = "") -> RightRequest:
    """Answer a request; `answer` says why and what was sent, and is sealed to the desk. A ground goes with "not (all)".

    Not to use for now, when granted, marks the case. Raises Clash, NotAllowed (answered already, a ground too many or missing).
    """
    request = _locked(request, by, version)
    if state == RightState.OPEN or bool(ground) != (state in (RightState.PARTLY, RightState.REFUSED)):
        raise NotAllowed(f"decide: {state} {ground}")
    request.state, request.ground, request.decided_by, request.decided_at = state, ground, by, timezone.now()
    _seal(request, "answer", answer)
    _save(request, "state", "ground", "decided_by", "decided_at", "answer")
    if request.kind == RightKind.RESTRICTION and state in (RightState.GRANTED, RightState.PARTLY):
        Case.objects.filter(pk=request.case_id).update(restricted_on=timezone.localdate())
    _finish_tasks(request.case)
    record("change", by=by, obj=request, purpose=state, rows=[request.case])
    return request


@transaction.atomic
def lift_restriction(case: Case, *, by) -> Case:
    """Let a case be used again that was not to be used for now; the person is told so first (GDPR article 18(3)).

    Raises DoesNotExist, NotAllowed.
    """
    case = locked(Case.objects.for_desk(by).defer("shared"), case.pk)
    if case.restricted_on is None:
        raise NotAllowed("it may be used already")
    case.restricted_on = None
    case.save(update_fields=["restricted_on"])
    record("change", by=by, obj=case, purpose="restriction_lifted")
    return case


def remind() -> int:
    """Tell who decides that a term ends within a week, once; returns how many. For the worker: opens nothing."""
    today = timezone.localdate()
    soon = RightRequest.objects.waiting().filter(due_on__lte=today + SOON, reminded_on=None)
    found = soon.select_related("case", "decider").defer("asked", "answer", "case__shared", "decider__password")
    for request in found:
        leave([request.decider], kind="right_due", path=f"/zaken/{request.case.reference}/rechten/")
    return RightRequest.objects.filter(pk__in=[request.pk for request in found]).update(reminded_on=today)


def _locked(request: RightRequest, by, version: int) -> RightRequest:
    seen = RightRequest.objects.filter(case__in=Case.objects.for_desk(by)).select_related("case").defer("case__shared")
    request = locked(seen, request.pk, version)
    if not request.is_open:
        raise NotAllowed("answered already")
    return request


def _seal(request: RightRequest, field: str, words: str) -> None:
    """Seal under a next key of the request's own, held by the desk as it is now."""
    desk = Team.objects.filter(kind=TeamKind.DESK)
    sealed.seal(keys.new_content_key("rightrequest", request.pk, Purpose.DESK, desk), request, field, words.encode())


def _save(request: RightRequest, *changed: str) -> None:
    request.version += 1
    request.save(update_fields=["version", *changed])


def _finish_tasks(case: Case) -> None:
    if not RightRequest.objects.waiting().filter(case=case).exists():
        Task.objects.filter(case=case, kind=TaskKind.RIGHT, done_at=None).update(done_at=timezone.now())
