"""Whose a signal is, for ten minutes at a time: a lease, not a lock (reference/desk.md §6)."""

import datetime

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.notices.actions import leave
from meldpunt.teams.models import User
from meldpunt.vault.models import Purpose
from signals import deadlines
from signals.actions import Clash
from signals.actions.history import add_words, correct, finish_tasks, locked, move
from signals.models import Signal
from signals.shielding.people import may_see
from signals.workflow import NotAllowed, Reason, SignalState

LEASE = datetime.timedelta(minutes=10)
SEALED_OR_LARGE = ("report", "headline", "filed_once")
AT_ONCE = 100
CLAIMABLE = (SignalState.RECEIVED, SignalState.IN_TRIAGE, SignalState.ASKED)


def leased(by) -> dict:
    """Return the fields that put a signal on `by`'s name for ten minutes from now."""
    return {"claimed_by": by, "claimed_until": timezone.now() + LEASE}


def _claim(signal: Signal, *, by, reason: str):
    """Put a signal on `by`'s name: into triage, or anew where it is in triage already; returns the transition.

    One that waited for an answer gets the clock of triage again. Raises NotAllowed where it was decided meanwhile.
    """
    if signal.state not in CLAIMABLE:
        raise NotAllowed("a colleague has decided")
    if signal.state == SignalState.ASKED:
        due_at = deadlines.due(signal.urgency, "triage", timezone.now())
        return move(signal, SignalState.IN_TRIAGE, by=by, reason=reason, due_at=due_at, **leased(by))
    if signal.state == SignalState.IN_TRIAGE:
        return correct(signal, by=by, reason=reason, **leased(by))
    return move(signal, SignalState.IN_TRIAGE, by=by, reason=reason, **leased(by))


def held_by_another(signal: Signal, user) -> bool:
    """Tell whether somebody else than `user` holds the signal now: the lease has not run out."""
    until = signal.claimed_until
    return signal.claimed_by_id not in (None, user.pk) and until is not None and until > timezone.now()


@transaction.atomic
def take_up(signal: Signal, *, by) -> Signal:
    """Put the signal on `by`'s name for ten minutes; raises Clash where a colleague holds it, NotAllowed once decided."""
    signal = locked(Signal.objects.visible_to(by), signal.pk)
    if held_by_another(signal, by):
        raise Clash
    _claim(signal, by=by, reason=Reason.TAKEN_UP)
    finish_tasks(signal=signal)
    record("change", by=by, obj=signal, purpose=Reason.TAKEN_UP)
    return signal


@transaction.atomic
def take_over(signal: Signal, *, by, keyring, reason: str, words: str = "") -> Signal:
    """Take the signal over from a colleague, with a reason that both see; the colleague gets a notice."""
    signal = locked(Signal.objects.visible_to(by), signal.pk)
    before = signal.claimed_by_id
    row = _claim(signal, by=by, reason=reason)
    add_words(keyring, row, signal.pk, Purpose.REPORT, words)
    if before not in (None, by.pk):
        leave(may_see(User.objects.filter(pk=before), signal), kind="taken_over", path=signal.get_absolute_url(), digest=True)
    record("change", by=by, obj=signal, purpose=reason)
    return signal


@transaction.atomic
def let_go(signal: Signal, *, by) -> Signal:
    """Put one's own signal back among the new ones; raises NotAllowed where it is not on `by`'s name."""
    signal = locked(Signal.objects.visible_to(by), signal.pk)
    if signal.claimed_by_id != by.pk:
        raise NotAllowed("it is on a colleague's name")
    move(signal, SignalState.RECEIVED, by=by, reason=Reason.LET_GO, claimed_by=None, claimed_until=None)
    record("change", by=by, obj=signal, purpose=Reason.LET_GO)
    return signal


def keep_lease(signal: Signal, *, by) -> bool:
    """Let the lease of `by` run ten minutes from now, because the page is open and worked on; tells whether it is theirs.

    A lease that goes on is no event: no transition, no version, no row in the log.
    """
    mine = Signal.objects.visible_to(by).filter(pk=signal.pk, state=SignalState.IN_TRIAGE, claimed_by=by)
    return bool(mine.update(claimed_until=timezone.now() + LEASE))


def lapsed() -> list:
    """Return the keys of at most AT_ONCE signals whose lease has run out, the longest ago first."""
    found = Signal.objects.filter(state=SignalState.IN_TRIAGE, claimed_until__lt=timezone.now())
    return list(found.order_by("claimed_until").values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def release(pk) -> bool:
    """Put a signal whose lease has run out back among the new ones; tells whether it was. For the worker: needs no key."""
    rows = Signal.objects.defer(*SEALED_OR_LARGE).filter(state=SignalState.IN_TRIAGE)
    signal = rows.filter(claimed_until__lt=timezone.now(), pk=pk).select_for_update(
        of=("self",), no_key=True, skip_locked=True
    ).first()  # fmt: skip
    if signal is None:
        return False
    move(signal, SignalState.RECEIVED, by=None, reason=Reason.LAPSED, claimed_by=None, claimed_until=None)
    record("change", obj=signal, purpose=Reason.LAPSED, source="worker")
    return True
