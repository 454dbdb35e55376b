"""Every write to the duty roster, to absences, and to how a colleague is reached."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from meldpunt.audit.log import record
from meldpunt.teams.models import Absence, DutyShift, Role, Team, User
from meldpunt.teams.roster import start_of

DAY = datetime.timedelta(days=1)


def _only_planner(user: User) -> None:
    if not user.roles() & {Role.COORDINATOR, Role.ADMINISTRATOR}:
        raise PermissionDenied


def _at(day: datetime.date, time: datetime.time) -> datetime.datetime:
    return start_of(day).replace(hour=time.hour, minute=time.minute)


@transaction.atomic
def plan_shifts(
    *, by: User, user: User, day: datetime.date, starts: datetime.time, ends: datetime.time, days: int = 1
) -> list[DutyShift]:
    """Put `user` on duty from `starts` to `ends` (Dutch time) on `days` days in a row from `day` on.

    A shift that does not end later than it starts ends the next day. Raises PermissionDenied.
    """
    _only_planner(by)
    over_night = DAY if ends <= starts else DAY * 0
    shifts = []
    for number in range(days):
        first = day + number * DAY
        shifts.append(DutyShift(user=user, starts_at=_at(first, starts), ends_at=_at(first + over_night, ends)))
    DutyShift.objects.bulk_create(shifts)
    record("create", by=by, obj=("duty", str(user.pk)), purpose="shift")
    return shifts


@transaction.atomic
def remove_shift(shift: DutyShift, *, by: User) -> None:
    """Take a shift off the roster. Raises PermissionDenied."""
    _only_planner(by)
    name = ("duty", str(shift.user_id))
    shift.delete()
    record("delete", by=by, obj=name, purpose="shift")


@transaction.atomic
def set_reach(*, by: User, phone: str, deputy: User | None) -> None:
    """Set the own number for colleagues, and who usually stands in."""
    user = User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    user.phone, user.deputy = phone, deputy
    user.save(update_fields=["phone", "deputy"])
    record("change", by=by, obj=("user", str(by.pk)), purpose="reach")


@transaction.atomic
def go_away(*, by: User, first_day: datetime.date, last_day: datetime.date, deputy: User | None) -> Absence:
    """Say that one is away from `first_day` to `last_day`, both included."""
    absence = Absence.objects.create(user=by, first_day=first_day, last_day=last_day, deputy=deputy)
    record("create", by=by, obj=("user", str(by.pk)), purpose="absence")
    return absence


@transaction.atomic
def come_back(absence: Absence, *, by: User) -> None:
    """Take an own absence back. Raises PermissionDenied for that of somebody else."""
    if absence.user_id != by.pk:
        raise PermissionDenied
    absence.delete()
    record("delete", by=by, obj=("user", str(by.pk)), purpose="absence")


@transaction.atomic
def appoint_outside(team: Team, *, by: User, user: User | None) -> None:
    """Say who outside `team` is told when a shield leaves nobody of it; None for the administrators. Raises PermissionDenied,
    also where `user` is of the team itself."""
    if Role.ADMINISTRATOR not in by.roles() or (user is not None and user.role_in(team)):
        raise PermissionDenied
    team = Team.objects.select_for_update(of=("self",), no_key=True).get(pk=team.pk)
    team.outside_deputy = user
    team.save(update_fields=["outside_deputy"])
    record("change", by=by, obj=("team", team.slug), purpose="outside_deputy")
