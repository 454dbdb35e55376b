"""Handing a case over to a body outside the networks, and noting who says they have it."""

import datetime
import json

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.notices.actions import leave
from meldpunt.teams.models import Role, Team, TeamKind
from meldpunt.teams.partners import LegalBasis
from meldpunt.vault import keys, sealed
from meldpunt.vault.models import Purpose
from signals import deadlines
from signals.actions.history import locked
from signals.actions.tasks import give_task
from signals.dispatch.parts import NAMING, chosen
from signals.models import Case, Dispatch, Task
from signals.models.dispatch import Body, letters_led_by
from signals.models.task import TaskKind
from signals.reading import shared_of
from signals.sharing.consent import covers
from signals.sharing.door import cut, parts_for
from signals.shielding.people import may_see
from signals.workflow import NotAllowed

AT_ONCE = 200


@transaction.atomic
def hand_outside(
    case: Case, *, by, keyring, body: str, basis: str, way: str, parts: list[str], recipient: str, contact: str, why: str
) -> Dispatch:
    """Write down what of `case` goes to `recipient`, and keep it as it is now, sealed to the desk and the own network.

    A coordinator does, or the lead of the network that leads the case, who hands over no more than the own organisation
    gets. Raises DoesNotExist, NotAllowed (CoMensha would get more than numbers without consent, or no consent stands that
    carries this today, or the case may only be kept and nobody is in danger), Locked, CannotOpen, NotTrusted.
    """
    if not fits(body, basis, parts):
        raise NotAllowed("CoMensha gets names with consent only")
    mine = Case.objects.for_desk(by) if by.is_coordinator else Case.objects.filter(pk__in=letters_led_by(by).values("case"))
    case = locked(mine, case.pk)
    if case.restricted_on and basis != LegalBasis.VITAL_INTEREST:
        raise NotAllowed("not to be used for now")
    if basis == LegalBasis.CONSENT and not covers(case.consents, body, parts):
        raise NotAllowed("no consent stands for this")
    desk = Team.objects.get(kind=TeamKind.DESK)
    row = Dispatch(case=case, body=body, basis=basis, way=way, by=by, at=timezone.now())
    row.due_at = deadlines.due(case.urgency, "receipt", row.at)
    row.team = desk if by.is_coordinator else letters_led_by(by).select_related("team").get(case=case).team
    shared = shared_of(keyring, case, purpose="dispatch")
    if not by.is_coordinator:
        shared = cut(shared, parts_for(by, row.team_id, case))
    sent = chosen(case, shared, parts=parts, recipient=recipient, contact=contact, why=why)
    _seal(row, "sent", json.dumps(sent.to_values()).encode(), desk)
    row.save(force_insert=True)
    record("create", by=by, team=row.team, obj=row, purpose=body, rows=[case])
    return row


@transaction.atomic
def note_receipt(row: Dispatch, *, by, version: int, received_on: datetime.date, who: str) -> Dispatch:
    """Note who says they have it, and since when; once. Raises Clash, NotAllowed, DoesNotExist, NotTrusted."""
    row = locked(Dispatch.objects.visible_to(by).select_related("case", "team").defer("case__shared"), row.pk, version)
    if row.received_on is not None or received_on < timezone.localdate(row.at):
        raise NotAllowed("received before it was sent, or noted already")
    row.received_on, row.noted_by, row.noted_at, row.version = received_on, by, timezone.now(), row.version + 1
    _seal(row, "receipt", who.encode(), Team.objects.get(kind=TeamKind.DESK))
    row.save(update_fields=["received_on", "noted_by", "noted_at", "version", "receipt"])
    if not Dispatch.objects.unanswered().filter(case=row.case_id, due_at__lt=timezone.now()).exists():
        Task.objects.filter(case=row.case_id, kind=TaskKind.LATE_RECEIPT, done_at=None).update(done_at=timezone.now())
    record("change", by=by, team=row.team, obj=row, purpose="receipt", rows=[row.case])
    return row


@transaction.atomic
def remind_of_receipts() -> int:
    """Remind who handed over that nobody says it arrived, once it is late and every week after; returns of how many.

    A coordinator gets a task, the lead of a network a notice. For the worker: opens nothing.
    """
    today, week = timezone.localdate(), datetime.timedelta(days=7)
    late = Dispatch.objects.unanswered().filter(due_at__lt=timezone.now())
    late = late.exclude(reminded_on__gt=today - week).select_related("case", "team", "by")
    rows = list(late.defer("sent", "receipt", "case__shared", "by__password")[:AT_ONCE])
    for row in rows:
        if row.team.kind == TeamKind.DESK:
            give_task(TaskKind.LATE_RECEIPT, case=row.case, first=row.by)
        else:
            leads = may_see(row.team.active_users(Role.LEAD), row.case)
            leave(leads, kind="receipt_waits", path=f"/overdracht/{row.case.reference}/", digest=True)
    return Dispatch.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_on=today)


def fits(body: str, basis: str, parts: list[str]) -> bool:
    """Tell whether this may go: CoMensha gets what names somebody with written consent only (reference/domain-nl.md, 4.2)."""
    return body != Body.COMENSHA or basis == LegalBasis.CONSENT or not set(parts) & NAMING


def take_away(case: Case, team: Team) -> None:
    """Take from a network that loses a case the keys of what it handed over. Part of losing it."""
    for pk in Dispatch.objects.filter(case=case.pk, team=team).values_list("pk", flat=True):
        keys.revoke(pk, team)


def _seal(row: Dispatch, field: str, data: bytes, desk: Team) -> None:
    """Seal under a next key, held by the desk and by the network that hands over, as they are now.

    A network that lost the case meanwhile has no key of this any more, and gets none with the receipt.
    """
    teams = keys.teams_that_hold(row.pk, Purpose.SHARED) or ([desk] if row.team_id == desk.pk else [desk, row.team])
    sealed.seal(keys.new_content_key("dispatch", row.pk, Purpose.SHARED, teams), row, field, data)
