"""Climbing the ladder of a breached clock: telling who is next, once for each step. Needs no key."""

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.notices.actions import leave
from meldpunt.teams import duty
from meldpunt.teams.models import Role, User
from signals.actions.tasks import give_task
from signals.desk import ladder
from signals.models import Assignment, Case, Escalation, Signal
from signals.models.ladder import Step
from signals.models.task import TaskKind
from signals.shielding.people import coordinators_for, may_see
from signals.workflow import AssignmentState

PEOPLE = ("pk", "name", "phone", "deputy_id", "is_active")


@transaction.atomic
def climb_for_signal(pk) -> int:
    """Take the steps that are due for a signal on which nobody decided in time; returns how many were new.

    At the desk the deputy is that of whoever took it up, the lead is who is on duty.
    """
    signal = _locked(Signal.objects.overdue().only("pk", "reference", "state", "urgency", "due_at", "claimed_by_id", "case_id"), pk)
    if signal is None:
        return 0
    holder = User.objects.filter(pk=signal.claimed_by_id).only(*PEOPLE).first()
    told = {
        Step.DEPUTY: [_stand_in(holder)],
        Step.LEAD: [_on_duty_for(signal)],
        Step.COORDINATOR: coordinators_for(signal),
        Step.TASK: lambda: give_task(TaskKind.LATE_TRIAGE, signal=signal, first=holder),
    }
    return _climb(signal, signal.urgency, told, path="/meldingen/", signal=signal)


@transaction.atomic
def climb_for_letter(pk) -> int:
    """Take the steps that are due for a letter that nobody opened or accepted in time; returns how many were new.

    Where the machine is late with delivering, only the desk can help: that is a task at once.
    """
    letters = Assignment.objects.overdue().select_related("team", "case").defer("case__shared")
    letter = _locked(letters, pk)
    if letter is None:
        return 0
    coordinator = User.objects.filter(pk=letter.routed_by_id).only(*PEOPLE).first()
    kind = TaskKind.LATE_DELIVERY if letter.state == AssignmentState.QUEUED else TaskKind.LATE_NETWORK
    told = {Step.TASK: lambda: give_task(kind, case=letter.case, first=coordinator)}
    if letter.state != AssignmentState.QUEUED:
        leads = letter.team.active_users(Role.LEAD).only(*PEOPLE)
        told |= {
            Step.DEPUTY: [_stand_in(person) for person in (_owner(letter) or leads)],
            Step.LEAD: leads,
            Step.COORDINATOR: [coordinator, _on_duty_for(letter.case)],
        }
    if letter.breached_at is None:
        Assignment.objects.filter(pk=letter.pk).update(breached_at=timezone.now())
    at_once = letter.state == AssignmentState.QUEUED
    return _climb(letter, letter.case.urgency, told, path="/netwerk/", at_once=at_once, assignment=letter)


def _locked(rows, pk):
    return rows.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()


def _owner(letter: Assignment) -> list[User]:
    return list(User.objects.filter(pk=letter.owner_id).only(*PEOPLE)) if letter.owner_id else []


def _on_duty_for(thing: Signal | Case) -> User | None:
    """Return who is on duty; where that person is kept out, the coordinator who is reached best, and nobody hears why."""
    person = duty.on_duty()
    return person if person is None or may_see([person], thing) else coordinators_for(thing).first()


def _stand_in(person: User | None) -> User | None:
    return duty.deputy_of(person) if person else None


def _climb(thing, urgency: str, told: dict, *, path: str, at_once: bool = False, **target) -> int:
    """Take each step of `told` that is due and was not taken for this clock; a row for each, and one in the log."""
    now = timezone.now()
    due = list(told) if at_once else ladder.reached(thing.due_at, urgency, now)
    shielded = signal_or_case(thing)
    taken = set(Escalation.objects.filter(due_at=thing.due_at, **target).values_list("step", flat=True))
    new = [step for step in due if step in told and step not in taken]
    for step in new:
        people = _take(told[step], "/meldingen/" if step == Step.COORDINATOR else path, shielded)
        user = people[0] if people else None
        Escalation.objects.create(due_at=thing.due_at, step=step, user=user, at=now, **target)
    if new:
        record("change", obj=thing, source="worker", purpose="ladder")
    return len(new)


def signal_or_case(thing: Signal | Assignment) -> Signal | Case:
    """Return what a shield is about: the signal, or the case of a letter."""
    return thing if isinstance(thing, Signal) else Case(pk=thing.case_id)


def _take(step, path: str, thing: Signal | Case) -> list[User]:
    """Do what a step asks for, a task or notices; returns who was told. Who is kept out of `thing` hears nothing."""
    if callable(step):
        task = step()
        return [task.user] if task else []
    people = may_see({person.pk: person for person in step if person is not None}.values(), thing)
    if people:
        leave(people, kind="clock_ran_out", path=path)
    return people
