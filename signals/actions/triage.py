"""What a coordinator does with a signal: decide, write about it, correct."""

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.vault import codes, keys, sealed
from meldpunt.vault.models import Purpose
from signals import content
from signals.actions.history import add_words, correct, finish_tasks, locked, move
from signals.actions.joining import join
from signals.actions.leases import leased
from signals.actions.mailbox import let_know_decision
from signals.actions.shielding import same_report
from signals.models import Case, Signal
from signals.vocabulary import URGENCY_RANK
from signals.workflow import CaseState, Decision, NotAllowed, Reason, SignalState

ENDED = (CaseState.CLOSED, CaseState.DESTROYED)


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
    tell: str = "",
    again: bool = False,
) -> Signal:
    """Decide on a signal; `case` goes with joined, `same_as` with duplicate. A new case is opened here.

    `again`: what a colleague decided meanwhile, without a case, is looked at again and this decision takes its place.
    `tell` is what the referrer reads about it; empty for the standard text.
    Raises Clash, NotAllowed, Locked, CannotOpen. Signal and case change in one transaction.
    """
    if decision == Decision.JOINED:
        return join(
            signal, case, by=by, keyring=keyring, reason=reason, version=version, words=words, tell=tell
        )
    signal = locked(Signal.objects.visible_to(by), signal.pk, version)
    if again and signal.state == SignalState.DECIDED and not signal.case_id:
        move(signal, SignalState.IN_TRIAGE, by=by, reason=Reason.NEW_FACTS, decision="", same_as=None)
    if signal.state == SignalState.RECEIVED:
        move(signal, SignalState.IN_TRIAGE, by=by, reason=Reason.TAKEN_UP)
    case = _open_case(signal, by=by, keyring=keyring) if decision == Decision.NEW_CASE else None
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
    if signal.same_as_id:
        same_report(signal, same_as)
    finish_tasks(signal=signal)
    let_know_decision(signal, by=by, keyring=keyring, words=tell)
    if case is not None:
        record("create", by=by, obj=case)
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
    sealed.seal(shared_key, case, "shared", content.to_bytes(content.share([report], roles=[signal.referrer_role])))
    case.save(force_insert=True)
    case.transitions.create(old="", new=case.state, by=by, at=timezone.now(), reason=Reason.ENOUGH_SIGNS)
    return case


@transaction.atomic
def reopen(signal: Signal, *, by, keyring, reason: str, version: int, words: str = "") -> Signal:
    """Take a decided signal back into triage. Raises NotAllowed where a case rests on it, Clash."""
    signal = locked(Signal.objects.visible_to(by), signal.pk, version)
    if signal.case_id:
        raise NotAllowed("this signal belongs to a case")
    row = move(
        signal, SignalState.IN_TRIAGE, by=by, reason=reason, decision="", same_as=None, decided_at=None, **leased(by)
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
        indexed_as=0,
    )
    if signal.case_id:
        case = locked(Case.objects.for_desk(by), signal.case_id)
        if case.state == CaseState.ASSESSED:
            correct(case, by=by, reason=Reason.CORRECTED, municipality=municipality)
    record("change", by=by, obj=signal, purpose=Reason.CORRECTED)
    return signal


@transaction.atomic
def correct_form(signal: Signal, *, by, form: str, version: int) -> Signal:
    """Set the form of exploitation that the coordinator sees; a case that is open follows. Raises Clash, NotAllowed."""
    signal = locked(Signal.objects.visible_to(by), signal.pk, version)
    _not_destroyed(signal)
    correct(signal, by=by, reason=Reason.CORRECTED, form=form)
    if signal.case_id:
        case = locked(Case.objects.for_desk(by), signal.case_id)
        if case.state not in ENDED:
            correct(case, by=by, reason=Reason.CORRECTED, form=form)
    record("change", by=by, obj=signal, purpose=Reason.CORRECTED)
    return signal


@transaction.atomic
def override_urgency(
    signal: Signal, *, by, keyring, urgency: str, reason: str, version: int, words: str = ""
) -> Signal:
    """Set another urgency than the rules gave, with a reason. Raises Clash, NotAllowed, Locked, CannotOpen.

    A case that is open is as urgent as the most urgent of its signals; one that ended stays as it was.
    """
    signal = locked(Signal.objects.visible_to(by), signal.pk, version)
    _not_destroyed(signal)
    row = correct(signal, by=by, reason=reason, urgency=urgency, urgency_overridden=True)
    add_words(keyring, row, signal.pk, Purpose.REPORT, words)
    if signal.case_id:
        case = locked(Case.objects.for_desk(by), signal.case_id)
        if case.state not in ENDED:
            levels = case.signals.values_list("urgency", flat=True)
            correct(case, by=by, reason=reason, urgency=min(levels, key=URGENCY_RANK.__getitem__))
    record("change", by=by, obj=signal, purpose=reason)
    return signal


def _not_destroyed(thing) -> None:
    if thing.state == SignalState.DESTROYED:
        raise NotAllowed("it was destroyed")


@transaction.atomic
def write_note(thing, *, by, keyring, words: str) -> None:
    """Add a note of the desk about a signal or a case: sealed, never changed, and never in anybody's way.

    A note has no version: two that are written at once both stay. Raises Locked, CannotOpen, DoesNotExist,
    NotAllowed where the thing was destroyed.
    """
    is_signal = isinstance(thing, Signal)
    thing = locked(Signal.objects.visible_to(by) if is_signal else Case.objects.for_desk(by), thing.pk)
    _not_destroyed(thing)
    row = thing.transitions.create(
        old=thing.state, new=thing.state, by=by, at=timezone.now(), reason=Reason.NOTED
    )
    add_words(keyring, row, thing.pk, Purpose.REPORT if is_signal else Purpose.DESK, words)
    record("change", by=by, obj=thing, purpose=Reason.NOTED)
