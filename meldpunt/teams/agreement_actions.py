"""Every write to what kinds of partners get. A row is never changed: it is ended, and the next version is a row of its own."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.teams.agreement import Agreement
from meldpunt.teams.models import Role, User


def _only_administrator(user: User) -> None:
    if Role.ADMINISTRATOR not in user.roles():
        raise PermissionDenied


@transaction.atomic
def agree(
    *, by: User, role: str, part: str, basis: str, purpose: str, until: datetime.date | None = None
) -> Agreement:
    """Let a kind of partner have a part on a basis; it counts at once. Raises PermissionDenied, IntegrityError (has it)."""
    _only_administrator(by)
    versions = Agreement.objects.filter(role=role, part=part, basis=basis)
    version = (versions.aggregate(last=Max("version"))["last"] or 0) + 1
    row = Agreement.objects.create(
        role=role, part=part, basis=basis, purpose=purpose, until=until, version=version, by=by
    )
    record("create", by=by, obj=row)
    return row


@transaction.atomic
def end(row: Agreement, *, by: User) -> None:
    """Give a part no longer; it counts at once. Ending twice changes nothing. Raises PermissionDenied."""
    _only_administrator(by)
    row = Agreement.objects.select_for_update(no_key=True).get(pk=row.pk)
    if row.ended_at is not None:
        return
    row.ended_at, row.ended_by = timezone.now(), by
    row.save(update_fields=["ended_at", "ended_by"])
    record("change", by=by, obj=row, purpose="end")
