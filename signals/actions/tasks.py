"""Giving work to a named person, because the machine could not, or a clock ran out."""

from django.db import IntegrityError, transaction

from meldpunt.notices.actions import leave
from meldpunt.teams.models import Role, Team, User
from signals.models import Task


def coordinators():
    """The coordinators who are there now, the longest serving first; no password column is read."""
    desk = Team.objects.filter(kind="desk").first()
    users = desk.active_users(Role.COORDINATOR) if desk else User.objects.none()
    return users.only("pk").order_by("created_at", "pk")


def give_task(kind: str, *, signal=None, case=None, first: User | None = None) -> Task | None:
    """Give a task of `kind` about a signal or case to `first`, where still a coordinator, else to the first coordinator.

    Open once for each thing: a second call changes nothing. Returns None where it was there already, or nobody is.
    """
    people = list(coordinators())
    if not people:
        return None
    user = next((person for person in people if first is not None and person.pk == first.pk), people[0])
    try:
        with transaction.atomic():
            task = Task.objects.create(user=user, kind=kind, signal=signal, case=case)
    except IntegrityError:
        return None
    leave([user], kind="task_waits", path="/meldingen/")
    return task
