"""Aftercare: the pulses that come with closing, answering one, and the ladder of one that stays away."""

import datetime

from django.db import transaction
from django.utils import timezone

from meldpunt import clocks
from meldpunt.audit.log import record
from meldpunt.notices.actions import leave
from meldpunt.teams.models import Membership, Role, User
from meldpunt.vault import sealed
from networks import content
from networks.content import PulseContent
from networks.models import Pulse, PulseStep
from signals import deadlines
from signals.actions import reopening
from signals.actions.history import locked
from signals.actions.tasks import finish_late_pulse, give_task
from signals.models import Assignment, Case
from signals.models.task import TaskKind
from signals.shielding.people import may_see
from signals.vocabulary import Safety
from signals.workflow import NotAllowed

# How many working days after its day a pulse that nobody answered climbs. Source: own proposal: a reminder within the
# week, the lead after it, and the desk within a fortnight.
CLIMBS = ((PulseStep.OWNER, 0), (PulseStep.AGAIN, 3), (PulseStep.LEAD, 5), (PulseStep.DESK, 8))
AHEAD = datetime.timedelta(days=14)
AT_ONCE = 500


def plan_pulses(assignment: Assignment, *, owner, closed_at: datetime.datetime) -> list[Pulse]:
    """Plan the pulses of a letter that closes its case, as tasks of `owner`; part of closing, which records."""
    days = deadlines.aftercare(closed_at)
    rows = [Pulse(assignment=assignment, number=n, due_at=day, owner=owner) for n, day in enumerate(days, 1)]
    return Pulse.objects.bulk_create(rows)


@transaction.atomic
def answer(pulse: Pulse, *, by, keyring, words: str, safe_now: str) -> Pulse:
    """Answer a pulse: how it goes, sealed, and whether the person is safe now (Safety).

    Where nobody is safe, the desk is asked to open the case again. Raises Pulse.DoesNotExist where `by`'s network does not
    hold the case, NotAllowed where it was answered, is more than AHEAD away, or the case was opened again; Locked, CannotOpen.
    """
    pulse = locked(Pulse.objects.visible_to(by).select_related("assignment__team", "assignment__case"), pulse.pk)
    if not may_answer(pulse) or not Pulse.objects.waiting().filter(pk=pulse.pk).exists() or safe_now not in Safety:
        raise NotAllowed("this pulse does not wait for an answer")
    pulse.answered_at, pulse.answered_by, pulse.safe_now = timezone.now(), by, safe_now
    sealed.seal(sealed.key_for(keyring, pulse, "content"), pulse, "content", content.to_bytes(PulseContent(words)))
    pulse.save(update_fields=["answered_at", "answered_by", "safe_now", "content"])
    case = pulse.assignment.case
    if not Pulse.objects.due().filter(assignment__case=case, step=PulseStep.DESK).exists():
        finish_late_pulse(case)
    if safe_now == Safety.NO:
        reopening.propose(case, because=None)
    record("change", by=by, team=pulse.assignment.team, obj=pulse, purpose="aftercare")
    return pulse


def may_answer(pulse: Pulse) -> bool:
    """Tell whether a pulse waits and its day is near enough to ask how it goes."""
    return pulse.answered_at is None and pulse.due_at <= timezone.now() + AHEAD


@transaction.atomic
def hand_pulse(pulse: Pulse, *, by, owner) -> Pulse:
    """Let another member do a pulse that waits. Raises Pulse.DoesNotExist, NotAllowed."""
    pulse = locked(Pulse.objects.visible_to(by).waiting().select_related("assignment__team"), pulse.pk)
    here = Membership.objects.filter(user=owner, team=pulse.assignment.team, ended_at=None, user__is_active=True)
    if not here.filter(role__in=[Role.MEMBER, Role.LEAD]).exists():
        raise NotAllowed("the owner does not work in this network")
    pulse.owner = owner
    pulse.save(update_fields=["owner"])
    record("change", by=by, team=pulse.assignment.team, obj=pulse, purpose="owner")
    return pulse


@transaction.atomic
def climb() -> int:
    """Tell who is next for every pulse whose day has come: who does it, again, the lead, the desk; returns how many were told.

    The worker; needs no key. One step at a time and none twice; two at once skip each other's rows.
    """
    now = timezone.now()
    due = Pulse.objects.due().exclude(step=PulseStep.DESK).defer("content")
    rows = due.select_related("assignment__case", "assignment__team", "owner").defer(
        "content", "assignment__case__shared", "owner__password"
    )
    rows = list(rows.select_for_update(of=("self",), no_key=True, skip_locked=True).order_by("due_at")[:AT_ONCE])
    told = [pulse for pulse in rows if _climb(pulse, now)]
    if told:
        record("change", source="worker", purpose="aftercare", rows=[str(pulse.pk) for pulse in told])
    return len(told)


def _climb(pulse: Pulse, now: datetime.datetime) -> bool:
    """Take the highest step that is due for a locked pulse; returns whether it is a new one."""
    reached = [step for step, days in CLIMBS if _when(pulse, days) <= now]
    if not reached or reached[-1] == pulse.step:
        return False
    pulse.step = reached[-1]
    pulse.save(update_fields=["step"])
    if pulse.step == PulseStep.DESK:
        give_task(TaskKind.LATE_PULSE, case=Case(pk=pulse.assignment.case_id))
    case = pulse.assignment.case
    leave(may_see(_whom(pulse), case), kind="pulse_due", path=f"/netwerk/{case.reference}/uitkomst/")
    return True


def _when(pulse: Pulse, days: int) -> datetime.datetime:
    return clocks.due(pulse.due_at, clocks.Term(days, clocks.Unit.WORKING_DAYS)) if days else pulse.due_at


def _whom(pulse: Pulse) -> list[User]:
    """Return who hears of a pulse: who does it and, from the third step on, the leads; leads alone where that person left."""
    team = pulse.assignment.team
    members = Membership.objects.filter(team=team, ended_at=None, user__is_active=True)
    here = members.filter(user=pulse.owner_id, role__in=[Role.MEMBER, Role.LEAD]).exists()
    people = [User(pk=pulse.owner_id)] if here else []
    if pulse.step in (PulseStep.LEAD, PulseStep.DESK) or not here:
        people += [User(pk=pk) for pk in members.filter(role=Role.LEAD).values_list("user", flat=True)]
    return people
