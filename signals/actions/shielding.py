"""Keeping somebody out of a signal or case, stepping aside, letting in again; what that person had in hand goes to others."""

import logging
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.notices.actions import leave
from meldpunt.notices.models import Notice
from meldpunt.teams import duty
from meldpunt.teams.models import Role, Team, TeamKind, User
from meldpunt.vault.models import Purpose
from signals.actions.history import add_words, correct, locked, move, seal_for_desk
from signals.desk import presence
from signals.models import Assignment, Case, Shield, ShieldReason, ShieldSource, Signal, StaffDraft, Task
from signals.models.task import TaskKind
from signals.shielding import names, people
from signals.shielding.names import Hit, Said
from signals.workflow import NotAllowed, Reason, SignalState

log = logging.getLogger(__name__)
OUTSIDE = "/buiten/"


def shield_named(signal: Signal, said: Said) -> list[User]:
    """Keep out whom the referrer named, as far as they work here; part of filing, which records. Two statements at most.

    The names are compared in memory and kept nowhere else. Returns the coordinators who may see the signal, as keys alone:
    who is on duty first, who is away last.
    """
    seats = User.objects.filter(is_active=True, memberships__ended_at=None, memberships__role__in=people.STAFF)
    staff = list(duty.by_reach(seats).values_list("pk", "name", "memberships__role"))
    found = names.named({pk: name for pk, name, _role in staff}, said)
    reasons = {Hit.NAMED: ShieldReason.NAMED, Hit.MENTIONED: ShieldReason.MENTIONED}
    now = timezone.now()
    Shield.objects.bulk_create(
        Shield(user_id=pk, signal=signal, source=ShieldSource.REFERRER, reason=reasons[how], at=now)
        for pk, how in sorted(found.items())
    )
    return [User(pk=pk) for pk, _name, role in staff if role == Role.COORDINATOR and pk not in found]


@transaction.atomic
def keep_out(
    thing: Signal | Case, user: User, *, by, keyring, reason: str, words: str = "", letter: Assignment | None = None
) -> Shield:
    """Keep `user` out of a signal or case that `by` may see; `letter` says through which network's letter a member does it.

    Again for the same person changes nothing. Raises DoesNotExist where `by` may not see it, NotAllowed where a member
    names somebody of another team, Locked, CannotOpen.
    """
    thing = _locked(thing, by, letter)
    if letter is not None and not letter.team.active_users(*people.WORKERS).filter(pk=user.pk).exists():
        raise NotAllowed("not a colleague of this network")
    source = ShieldSource.COORDINATOR if letter is None else ShieldSource.MEMBER
    if user.pk == by.pk:
        source = ShieldSource.STEPPED_ASIDE
    shield, new = Shield.objects.get_or_create(
        user=user, **_target(thing), lifted_at=None,
        defaults={"source": source, "reason": reason, "by": by, "at": timezone.now()},
    )  # fmt: skip
    if not new:
        return shield
    why = Reason.STEPPED_ASIDE if user.pk == by.pk else Reason.KEPT_OUT
    row = thing.transitions.create(old=thing.state, new=thing.state, by=by, at=shield.at, reason=why)
    if isinstance(thing, Signal):
        add_words(keyring, row, thing.pk, Purpose.REPORT, words)
    else:
        seal_for_desk(thing, row, words)
    _hand_on(thing, [user.pk])
    record("change", by=by, team=letter.team if letter else None, obj=thing, purpose=why, rows=[f"user:{user.pk}"])
    return shield


@transaction.atomic
def step_aside(thing: Signal | Case, *, by, letter: Assignment | None = None) -> Shield:
    """Keep oneself out, at once; what one had in hand goes to others. Raises DoesNotExist where `by` does not see it."""
    return keep_out(thing, by, by=by, keyring=None, reason=ShieldReason.KNOWS, letter=letter)


@transaction.atomic
def let_in(shield: Shield, *, by, reason: str) -> Shield:
    """Take a shield away: by a coordinator who sees what it covers, and never by who made it nor by who is kept out.

    Raises DoesNotExist, NotAllowed.
    """
    shield = Shield.objects.holding().select_for_update(of=("self",), no_key=True).get(pk=shield.pk)
    thing = _locked(shield.signal or shield.case, by, None)
    if by.pk in (shield.by_id, shield.user_id):
        raise NotAllowed("a second coordinator lifts a shield")
    shield.lifted_at, shield.lifted_by, shield.lift_reason = timezone.now(), by, reason
    shield.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    thing.transitions.create(old=thing.state, new=thing.state, by=by, at=shield.lifted_at, reason=Reason.LET_IN)
    settle(thing)
    record("change", by=by, obj=thing, purpose=Reason.LET_IN, rows=[f"user:{shield.user_id}"])
    return shield


def carry(case: Case, signal: Signal) -> None:
    """Let who is kept out of `case` itself stay out of a signal that leaves it. Part of separating and joining elsewhere."""
    rows = Shield.objects.holding().filter(case=case)
    Shield.objects.bulk_create(
        [Shield(user_id=row.user_id, signal=signal, source=row.source, reason=row.reason, by_id=row.by_id, at=row.at) for row in rows],
        ignore_conflicts=True,
    )


def spread(thing: Signal | Case) -> None:
    """Hand on what people had in hand of `thing` who are kept out of it since it was joined. Part of joining, which records."""
    if out := set(people.kept_from(thing).values_list("user", flat=True)):
        _hand_on(thing, out)


def same_report(signal: Signal, other: Signal) -> None:
    """Let who is kept out of one of two signals that are the same report stay out of both. Part of deciding."""
    pairs = [(signal, other), (other, signal)]
    made = [
        Shield(user_id=row.user_id, signal=to, source=row.source, reason=row.reason, by_id=row.by_id, at=row.at)
        for one, to in pairs
        for row in Shield.objects.holding().filter(signal=one)
    ]
    Shield.objects.bulk_create(made, ignore_conflicts=True)
    if made:
        spread(signal)
        spread(other)


def alarm_outside(team: Team, thing: Signal | Case) -> Task | None:
    """Tell somebody outside `team` that nobody of it may see `thing`: a task and a notice, without content, once.

    Returns None where that was done before, or where there is nobody to tell: then the log of the server says so.
    """
    user = people.outside(team, thing)
    if user is None:
        log.error("a shield leaves nobody, and there is nobody outside the team to tell")
        return None
    try:
        with transaction.atomic():
            task = Task.objects.create(user=user, kind=TaskKind.NOBODY_LEFT, **_target(thing))
    except IntegrityError:
        return None
    leave([user], kind="nobody_left", path="/meldingen/" if user.is_coordinator else OUTSIDE)
    return task


@transaction.atomic
def settle_outside(task: Task, *, by) -> bool:
    """Say that somebody of the team may see it again; returns False where that is not so yet, and then it stays."""
    task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk, user=by, kind=TaskKind.NOBODY_LEFT, done_at=None)
    thing = task.target
    settle(thing)
    done = not Task.objects.filter(pk=task.pk, done_at=None).exists()
    record("change", by=by, obj=thing, purpose="nobody_left", result="ok" if done else "refused")
    return done


def settle(thing: Signal | Case) -> None:
    """Finish the alarm where somebody of each team may see `thing` again, and give out the tasks that waited."""
    if all(people.anybody_left(team, thing) for team in _teams(thing)):
        rows = Task.objects.filter(kind=TaskKind.NOBODY_LEFT, done_at=None, **_target(thing))
        rows.update(done_at=timezone.now())
    _hand_tasks_on(thing, set(people.kept_from(thing).values_list("user", flat=True)))


def _target(thing: Signal | Case) -> dict:
    return {thing._meta.model_name: thing}


def _locked(thing: Signal | Case, by, letter: Assignment | None):
    """Return `thing` locked, where `by` may see it: at the desk, or a case through a letter of the own network."""
    if isinstance(thing, Signal):
        return locked(Signal.objects.visible_to(by).defer("report", "headline"), thing.pk)
    if letter is None:
        return locked(Case.objects.for_desk(by).defer("shared"), thing.pk)
    held = Assignment.objects.visible_to(by).held_by(by.network_teams()).filter(pk=letter.pk)
    return locked(Case.objects.filter(pk__in=held.values("case")).defer("shared"), thing.pk)


def _teams(thing: Signal | Case) -> list[Team]:
    """Return the teams that work on `thing`: the desk, and the networks that hold its case."""
    case = thing.case_id if isinstance(thing, Signal) else thing.pk
    letters = Assignment.objects.still_open().exclude(delivered_at=None).filter(case=case)
    return list(Team.objects.filter(Q(kind=TeamKind.DESK) | Q(pk__in=letters.values("team"))))


def _hand_on(thing: Signal | Case, out: Iterable[int]) -> None:
    """Take away from the users `out` what they had in hand of `thing`, give it to others, and see whether anybody is left."""
    out = set(out)
    case = thing.case_id if isinstance(thing, Signal) else thing.pk
    covered = Signal.objects.filter(Q(pk=thing.pk) | Q(case=case) if case else Q(pk=thing.pk))
    for signal in covered.filter(claimed_by__in=out).defer("report", "headline").select_for_update(of=("self",)):
        free = {"claimed_by": None, "claimed_until": None}
        if signal.state == SignalState.IN_TRIAGE:
            move(signal, SignalState.RECEIVED, by=None, reason=Reason.LAPSED, **free)
        else:
            correct(signal, by=None, reason=Reason.LAPSED, **free)
    for letter in Assignment.objects.filter(case=case, owner__in=out).select_related("team"):
        letter.owner = people.workers_for(letter).filter(memberships__role=Role.LEAD, memberships__team=letter.team).first()
        letter.save(update_fields=["owner"])
    things = [*covered.only("pk", "reference", "case_id"), *Case.objects.filter(pk=case).only("pk", "reference")]
    for one in things:
        _hand_tasks_on(one, out)
        _leave_no_trace(one, out)
    for team in _teams(thing):
        if not people.anybody_left(team, thing):
            alarm_outside(team, thing)


def _hand_tasks_on(thing: Signal | Case, out: set[int]) -> None:
    """Give the open tasks of the users `out` about `thing` to a coordinator who may see it; where nobody may, they wait."""
    tasks = Task.objects.filter(done_at=None, user__in=out, **_target(thing)).exclude(kind=TaskKind.NOBODY_LEFT)
    if not tasks.exists():
        return
    if person := people.coordinators_for(thing).first():
        tasks.update(user=person)
        leave([person], kind="task_waits", path="/meldingen/")


def _leave_no_trace(thing: Signal | Case, out: set[int]) -> None:
    """Drop what waits for the users `out` about `thing`: drafts, notices that were not read, and being seen at it."""
    StaffDraft.objects.filter(user__in=out, object_id=thing.pk).delete()
    waiting = Notice.objects.unread().filter(user__in=out, path__contains=f"/{thing.reference}/")
    waiting.update(read_at=timezone.now())
    for pk in out:
        presence.gone(User(pk=pk), thing)
