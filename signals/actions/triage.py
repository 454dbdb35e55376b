"""What a coordinator does with a signal: take up, decide, correct."""

import datetime

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.vault import codes, keys, sealed
from meldpunt.vault.models import Purpose
from signals import content
from signals.actions import Clash
from signals.actions.history import add_words, correct, finish_tasks, locked, move
from signals.models import Case, Signal
from signals.workflow import CaseState, Decision, NotAllowed, Reason, SignalState

LEASE = datetime.timedelta(minutes=10)


def _lease(by) -> dict:
    return {"claimed_by": by, "claimed_until": timezone.now() + LEASE}


def _claim(signal: Signal, *, by, reason: str) -> None:
    """Put a signal on `by`'s name: into triage, or anew where it is in triage already."""
    if signal.state == SignalState.IN_TRIAGE:
        correct(signal, by=by, reason=reason, **_lease(by))
    else:
        move(signal, SignalState.IN_TRIAGE, by=by, reason=reason, **_lease(by))


@transaction.atomic
def take_up(signal: Signal, *, by) -> Signal:
    """Put the signal on `by`'s name for ten minutes; raises Clash where a colleague holds it."""
    signal = locked(Signal.objects.visible_to(by), signal.pk)
    held = signal.claimed_by_id not in (None, by.pk) and signal.claimed_until and signal.claimed_until > timezone.now()
    if held:
        raise Clash
    _claim(signal, by=by, reason=Reason.TAKEN_UP)
    finish_tasks(signal=signal)
    record("change", by=by, obj=signal, purpose=Reason.TAKEN_UP)
    return signal


@transaction.atomic
def take_over(signal: Signal, *, by, reason: str) -> Signal:
    """Take the signal over from a colleague, with a reason that both see."""
    signal = locked(Signal.objects.visible_to(by), signal.pk)
    _claim(signal, by=by, reason=reason)
    record("change", by=by, obj=signal, purpose=reason)
    return signal


@transaction.atomic
def let_go(signal: Signal, *, by) -> Signal:
    """Put the signal back among the new ones."""
    signal = locked(Signal.objects.visible_to(by), signal.pk)
    move(signal, SignalState.RECEIVED, by=by, reason=Reason.LET_GO, claimed_by=None, claimed_until=None)
    record("change", by=by, obj=signal, purpose=Reason.LET_GO)
    return signal


@transaction.atomic
def decide(
    signal: Signal,
    *,
    by,
    keyring,
    decision: str,
    reason: str,
    version: int,
    words: str = "",
    case: Case | None = None,
    same_as: Signal | None = None,
) -> Signal:
    """Decide on a signal; `case` goes with joined, `same_as` with duplicate. A new case is opened here.

    Raises Clash, NotAllowed, Locked, CannotOpen. Signal and case change in one transaction.
    """
    signal = locked(Signal.objects.visible_to(by), signal.pk, version)
    if signal.state == SignalState.RECEIVED:
        move(signal, SignalState.IN_TRIAGE, by=by, reason=Reason.TAKEN_UP)
    if decision == Decision.NEW_CASE:
        case = _open_case(signal, by=by, keyring=keyring)
    elif decision == Decision.JOINED:
        case = _join(signal, case, by=by, keyring=keyring)
    else:
        case = None
    if decision == Decision.DUPLICATE and (same_as is None or same_as.pk == signal.pk):
        raise NotAllowed("a duplicate names another signal")
    row = move(
        signal,
        SignalState.DECIDED,
        by=by,
        reason=reason,
        decision=decision,
        case=case,
        same_as=same_as if decision == Decision.DUPLICATE else None,
        decided_at=timezone.now(),
        claimed_by=None,
        claimed_until=None,
    )
    add_words(keyring, row, signal.pk, Purpose.REPORT, words)
    finish_tasks(signal=signal)
    record("change", by=by, obj=signal, purpose=decision)
    return signal


def _open_case(signal: Signal, *, by, keyring) -> Case:
    """Open a case from a signal: keys of its own, and the parts that may be shared copied under them."""
    case = Case(
        reference=codes.new_reference("ZK"),
        urgency=signal.urgency,
        form=signal.form,
        age_band=signal.age_band,
        gender=signal.gender,
        municipality=signal.municipality,
        opened_at=timezone.now(),
    )
    desk = by.teams("coordinator")[0]
    shared_key = keys.new_content_key("case", case.pk, Purpose.SHARED, [desk])
    keys.new_content_key("case", case.pk, Purpose.DESK, [desk])
    report = content.from_bytes(content.Report, sealed.peek(keyring, signal, "report"))
    sealed.seal(shared_key, case, "shared", content.to_bytes(content.share([report])))
    case.save(force_insert=True)
    case.transitions.create(old="", new=case.state, by=by, at=timezone.now(), reason=Reason.ENOUGH_SIGNS)
    record("create", by=by, obj=case)
    return case


RANK = {"acute": 0, "urgent": 1, "normal": 2}


def _join(signal: Signal, case: Case | None, *, by, keyring) -> Case:
    """Join a signal to a case: what may be shared is added and sealed anew, also for a network that has the case."""
    if case is None:
        raise NotAllowed("joining needs a case")
    case = locked(Case.objects.for_desk(by), case.pk)
    if case.state in (CaseState.CLOSED, CaseState.DESTROYED):
        raise NotAllowed("reopen the case first")
    members = [*case.signals.order_by("filed_at"), signal]
    reports = [content.from_bytes(content.Report, sealed.peek(keyring, member, "report")) for member in members]
    note = content.from_bytes(content.Shared, sealed.peek(keyring, case, "shared")).note
    key = sealed.key_for(keyring, case, "shared")
    sealed.seal(key, case, "shared", content.to_bytes(content.share(reports, note)))
    urgency = min(case.urgency, signal.urgency, key=RANK.__getitem__)
    case.save(update_fields=["shared"])
    correct(case, by=by, reason=Reason.NEW_FACTS, urgency=urgency)
    record("change", by=by, obj=case, purpose=Decision.JOINED)
    return case


@transaction.atomic
def reopen(signal: Signal, *, by, keyring, reason: str, version: int, words: str = "") -> Signal:
    """Take a decided signal back into triage. Raises NotAllowed where a case rests on it, Clash."""
    signal = locked(Signal.objects.visible_to(by), signal.pk, version)
    if signal.case_id:
        raise NotAllowed("this signal belongs to a case")
    row = move(
        signal, SignalState.IN_TRIAGE, by=by, reason=reason, decision="", same_as=None, decided_at=None, **_lease(by)
    )
    add_words(keyring, row, signal.pk, Purpose.REPORT, words)
    record("change", by=by, obj=signal, purpose=reason)
    return signal


@transaction.atomic
def correct_place(signal: Signal, *, by, municipality, version: int) -> Signal:
    """Set the municipality where the person lives or sleeps, or None; an unrouted case of the signal follows."""
    signal = locked(Signal.objects.visible_to(by), signal.pk, version)
    correct(
        signal,
        by=by,
        reason=Reason.CORRECTED,
        municipality=municipality,
        place_how="corrected",
        place_candidates=[],
    )
    if signal.case_id:
        case = locked(Case.objects.for_desk(by), signal.case_id)
        if case.state == CaseState.ASSESSED:
            correct(case, by=by, reason=Reason.CORRECTED, municipality=municipality)
    record("change", by=by, obj=signal, purpose=Reason.CORRECTED)
    return signal


@transaction.atomic
def correct_form(signal: Signal, *, by, form: str, version: int) -> Signal:
    """Set the form of exploitation that the coordinator sees; a case of the signal follows."""
    signal = locked(Signal.objects.visible_to(by), signal.pk, version)
    correct(signal, by=by, reason=Reason.CORRECTED, form=form)
    if signal.case_id:
        case = locked(Case.objects.for_desk(by), signal.case_id)
        correct(case, by=by, reason=Reason.CORRECTED, form=form)
    record("change", by=by, obj=signal, purpose=Reason.CORRECTED)
    return signal


@transaction.atomic
def override_urgency(
    signal: Signal, *, by, keyring, urgency: str, reason: str, version: int, words: str = ""
) -> Signal:
    """Set another urgency than the rules gave, with a reason; a case of the signal follows."""
    signal = locked(Signal.objects.visible_to(by), signal.pk, version)
    row = correct(signal, by=by, reason=reason, urgency=urgency, urgency_overridden=True)
    add_words(keyring, row, signal.pk, Purpose.REPORT, words)
    if signal.case_id:
        case = locked(Case.objects.for_desk(by), signal.case_id)
        correct(case, by=by, reason=reason, urgency=urgency)
    record("change", by=by, obj=signal, purpose=reason)
    return signal
