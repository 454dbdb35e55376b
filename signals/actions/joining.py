"""Joining signals into one case, and separating them again without losing anything."""

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.notices.actions import leave
from meldpunt.vault import keys, sealed
from meldpunt.vault.models import Purpose
from signals import content
from signals.actions import contact, sharing, shielding
from signals.actions.history import add_words, correct, finish_tasks, locked, move
from signals.actions.leases import leased
from signals.actions.mailbox import let_know_decision
from signals.models import BackReason, Case, Signal
from signals.shielding.people import workers_for
from signals.vocabulary import URGENCY_RANK
from signals.workflow import OPEN_ASSIGNMENT, CaseState, Decision, NotAllowed, Reason, SignalState


@transaction.atomic
def join(
    signal: Signal, case: Case | None, *, by, keyring, reason: str, version: int, words: str = "", tell: str | None = None
) -> Signal:
    """Join a signal to a case, from triage or from a decision or case of its own. `tell`: as in triage.decide.

    What may be shared is sealed anew in this request, also for a network that has the case; the network is told.
    A case that is left without a signal is closed as merged. Raises Clash, Locked, CannotOpen, and NotAllowed where the
    case is closed, the signal is in it already, or a network still holds its own case, to lead or to support.
    """
    signal = locked(Signal.objects.visible_to(by), signal.pk, version)
    if signal.state == SignalState.RECEIVED:
        move(signal, SignalState.IN_TRIAGE, by=by, reason=Reason.TAKEN_UP)
    _lock_in_one_order(case, signal.case)
    case = _open_case(case, by=by)
    if signal.case_id:
        shielding.carry(signal.case, signal)
    left = _leave_old_case(signal, case, by=by, keyring=keyring)
    was = {"was_decision": signal.decision, "was_case": left}
    values = {"decision": Decision.JOINED, "case": case, "same_as": None, "decided_at": timezone.now()}
    values |= {"claimed_by": None, "claimed_until": None, **was}
    if signal.state == SignalState.DECIDED:
        row = correct(signal, by=by, reason=reason, **values)
    else:
        row = move(signal, SignalState.DECIDED, by=by, reason=reason, **values)
    add_words(keyring, row, signal.pk, Purpose.REPORT, words)
    urgency = min(case.urgency, signal.urgency, key=URGENCY_RANK.__getitem__)
    _share_again(case, keyring, fresh=False)
    correct(case, by=by, reason=Reason.SIGNAL_ADDED, urgency=urgency)
    shielding.spread(case)
    _tell_networks(case, Reason.SIGNAL_ADDED, by=by)
    finish_tasks(signal=signal)
    let_know_decision(signal, by=by, keyring=keyring, words=tell)
    if left is not None:
        record("change", by=by, obj=left, purpose=Reason.MERGED, rows=[case.reference])
    record("change", by=by, obj=signal, purpose=Decision.JOINED, rows=[case.reference])
    return signal


@transaction.atomic
def separate(signal: Signal, *, by, keyring, reason: str, version: int, words: str = "") -> Signal:
    """Take a signal out of its case and put it back as it was: in triage, decided, or in its own case.

    The shared part is made again from the signals that stay, under a new key; the network is told. Raises Clash, Locked,
    CannotOpen, and NotAllowed where it is the only signal of the case or the case is closed.
    """
    signal = locked(Signal.objects.visible_to(by), signal.pk, version)
    own = signal.was_case
    _lock_in_one_order(signal.case, own)
    case = _open_case(signal.case, by=by)
    if not case.signals.exclude(pk=signal.pk).exists():
        raise NotAllowed("a case keeps its last signal")
    shielding.carry(case, signal)
    row = _put_back(signal, by=by, keyring=keyring, reason=reason)
    add_words(keyring, row, signal.pk, Purpose.REPORT, words)
    contact.bring_back(signal, by=by, because=BackReason.SEPARATED)
    _share_again(case, keyring, fresh=True)
    correct(case, by=by, reason=Reason.SIGNAL_REMOVED)
    _tell_networks(case, Reason.SIGNAL_REMOVED, by=by)
    shielding.spread(signal)
    if own is not None and signal.case_id == own.pk:
        record("change", by=by, obj=own, purpose=Reason.SIGNAL_ADDED)
    record("change", by=by, obj=signal, purpose=Reason.SIGNAL_REMOVED, rows=[case.reference])
    return signal


def _lock_in_one_order(*cases: Case | None) -> None:
    """Lock the cases in the order of their keys: two who join opposite ways wait for each other once, not for ever."""
    wanted = Case.objects.filter(pk__in=[case.pk for case in cases if case is not None]).order_by("pk")
    list(wanted.select_for_update(of=("self",), no_key=True).values_list("pk"))


def _open_case(case: Case | None, *, by) -> Case:
    if case is None:
        raise NotAllowed("a case is needed")
    case = locked(Case.objects.for_desk(by), case.pk)
    if case.state in (CaseState.CLOSED, CaseState.DESTROYED):
        raise NotAllowed("reopen the case first")
    return case


def _leave_old_case(signal: Signal, case: Case, *, by, keyring) -> Case | None:
    """Take the signal out of a case of its own; returns that case."""
    if not signal.case_id:
        return None
    if signal.case_id == case.pk:
        raise NotAllowed("it is in this case already")
    old = _open_case(signal.case, by=by)
    if old.signals.exclude(pk=signal.pk).exists():
        Signal.objects.filter(pk=signal.pk).update(case=case)
        contact.bring_back(signal, by=by, because=BackReason.SEPARATED)
        _share_again(old, keyring, fresh=True)
        correct(old, by=by, reason=Reason.SIGNAL_REMOVED)
        _tell_networks(old, Reason.SIGNAL_REMOVED, by=by)
    elif old.state == CaseState.ASSESSED and not old.assignments.still_open().exists():
        move(old, CaseState.CLOSED, by=by, reason=Reason.MERGED, closed_at=timezone.now())
        finish_tasks(case=old)
    else:
        raise NotAllowed("recall its own case first")
    return old


def _put_back(signal: Signal, *, by, keyring, reason: str):
    """Give the signal the state, decision and case that it had before it was joined; returns the transition."""
    own = signal.was_case_id and locked(Case.objects.for_desk(by), signal.was_case_id)
    decision = signal.was_decision
    values = {"was_decision": "", "was_case": None}
    merged = own and own.state == CaseState.CLOSED and not own.outcome
    if own and (merged or own.state not in (CaseState.CLOSED, CaseState.DESTROYED)):
        if merged:
            move(own, CaseState.ASSESSED, by=by, reason=reason, closed_at=None)
        row = correct(signal, by=by, reason=reason, decision=decision, case=own, **values)
        _share_again(own, keyring, fresh=False)
        _tell_networks(own, Reason.SIGNAL_ADDED, by=by)
        return row
    if decision not in ("", Decision.NEW_CASE, Decision.JOINED, Decision.DUPLICATE):
        return correct(signal, by=by, reason=reason, decision=decision, case=None, **values)
    values |= {"decision": "", "case": None, "decided_at": None, **leased(by)}
    return move(signal, SignalState.IN_TRIAGE, by=by, reason=reason, **values)


def _share_again(case: Case, keyring, *, fresh: bool) -> None:
    """Make what may be shared anew from the case's signals; `fresh` under a new key, for who holds the case now."""
    members = list(case.signals.order_by("filed_at"))
    reports = [content.from_bytes(content.Report, sealed.peek(keyring, member, "report")) for member in members]
    note = content.from_bytes(content.Shared, sealed.peek(keyring, case, "shared")).note
    if fresh:
        holders = keys.teams_that_hold(case.pk, Purpose.SHARED)
        key = keys.new_content_key("case", case.pk, Purpose.SHARED, holders)
    else:
        key = sealed.key_for(keyring, case, "shared")
    home = [member.municipality_id == case.municipality_id for member in members]
    shared = content.share(reports, note, roles=[member.referrer_role for member in members], home=home)
    sealed.seal(key, case, "shared", content.to_bytes(shared))
    case.save(update_fields=["shared"])
    sharing.keep(keyring, case, list(case.assignments.still_open()), by=keyring.user)


def _tell_networks(case: Case, reason: str, *, by) -> None:
    """Tell each network that holds the case: a notice, and a line on its page. Nothing where the letter is still queued."""
    for letter in case.assignments.filter(state__in=OPEN_ASSIGNMENT).select_related("team"):
        if letter.delivered_at is None:
            continue
        letter.transitions.create(old=letter.state, new=letter.state, by=by, at=timezone.now(), reason=reason)
        leave(workers_for(letter), kind="case_changed", path=f"/netwerk/{case.reference}/")
