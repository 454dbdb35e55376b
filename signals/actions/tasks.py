"""Giving work to a named person, because the machine could not, or a clock ran out."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from meldpunt.notices.actions import leave
from meldpunt.teams import duty
from meldpunt.teams.models import Role, Team, User
from signals.models import Signal, Task
from signals.models.task import TaskKind
from signals.shielding.people import coordinators_for


def coordinators():
    """The coordinators: who is on duty first, who is away last, then the longest serving; no password column is read."""
    desk = Team.objects.filter(kind="desk").first()
    return duty.by_reach(desk.active_users(Role.COORDINATOR) if desk else User.objects.none())


def give_task(kind: str, *, signal=None, case=None, first: User | None = None) -> Task | None:
    """Give a task of `kind` about a signal or case to `first`, else to who is on duty, else to who is there.

    Somebody who is away passes it on to the deputy. Open once for each thing: a second call changes nothing. Returns
    None where it was there already, or there is no coordinator at all.
    """
    thing = signal or case
    people = list(coordinators_for(thing) if thing else coordinators())
    if not people:
        return None
    user = _whose(people, first)
    try:
        with transaction.atomic():
            task = Task.objects.create(user=user, kind=kind, signal=signal, case=case)
    except IntegrityError:
        return None
    leave([user], kind="task_waits", path="/meldingen/")
    return task


def _whose(people: list[User], first: User | None) -> User:
    """Return `first` where that is a coordinator who is there, else the deputy of `first`, else the first of `people`."""
    named = next((person for person in people if first is not None and person.pk == first.pk), None)
    if named is None or not named.away:
        return named or people[0]
    deputy = duty.deputy_of(named)
    return next((person for person in people if deputy is not None and person.pk == deputy.pk), people[0])


def finish(signal: Signal, *kinds: str) -> None:
    """Mark the open tasks of these kinds for a signal as done."""
    Task.objects.filter(signal=signal, done_at=None, kind__in=kinds).update(done_at=timezone.now())


def finish_late_pulse(case) -> None:
    """Mark the task to call a network about aftercare as done: every pulse that was late is answered."""
    Task.objects.filter(case=case, kind=TaskKind.LATE_PULSE, done_at=None).update(done_at=timezone.now())
