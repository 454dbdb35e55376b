"""What a coordinator does from the list: put off until later, bring back, and keep filters of one's own."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from signals.actions.history import correct, locked
from signals.models import SavedFilter, Signal
from signals.vocabulary import Urgency
from signals.workflow import NotAllowed, Reason, SignalState

MOST_FILTERS = 12


@transaction.atomic
def put_off(signal: Signal, *, by, until: datetime) -> Signal:
    """Keep a signal out of the list until `until` (aware); then it comes back by itself.

    Raises NotAllowed for danger, after the clock has run out, for a moment past that clock, and once it is asked about
    or decided: later never means too late.
    """
    signal = locked(Signal.objects.visible_to(by), signal.pk)
    if signal.state not in (SignalState.RECEIVED, SignalState.IN_TRIAGE) or signal.urgency == Urgency.ACUTE:
        raise NotAllowed("only what is not acute and waits for the desk")
    if until <= timezone.now() or (signal.due_at and until > signal.due_at):
        raise NotAllowed("between now and the end of its clock")
    correct(signal, by=by, reason=Reason.LATER, snoozed_until=until)
    record("change", by=by, obj=signal, purpose=Reason.LATER)
    return signal


@transaction.atomic
def bring_back(signal: Signal, *, by) -> Signal:
    """Put a signal that was put off back in the list now; raises NotAllowed where it was not."""
    signal = locked(Signal.objects.visible_to(by), signal.pk)
    if signal.snoozed_until is None or signal.snoozed_until <= timezone.now():
        raise NotAllowed("it is in the list already")
    correct(signal, by=by, reason=Reason.BACK_NOW, snoozed_until=None)
    record("change", by=by, obj=signal, purpose=Reason.BACK_NOW)
    return signal


@transaction.atomic
def keep_filter(query: str, *, by) -> None:
    """Keep a filter, as `Filters.query` writes it, for `by`; the oldest goes where there are twelve already."""
    SavedFilter.objects.get_or_create(user=by, query=query)
    kept = SavedFilter.objects.filter(user=by).order_by("-pk").values_list("pk", flat=True)
    SavedFilter.objects.filter(user=by).exclude(pk__in=list(kept[:MOST_FILTERS])).delete()
    record("change", by=by, purpose="keep_filter")


@transaction.atomic
def forget_filter(query: str, *, by) -> None:
    """Forget a filter of `by`; one that is not there stays away."""
    SavedFilter.objects.filter(user=by, query=query).delete()
    record("change", by=by, purpose="forget_filter")


@transaction.atomic
def use_shortcuts(on: bool, *, by) -> None:
    """Switch single-key shortcuts on or off for `by` (WCAG 2.1.4)."""
    by.shortcuts = on
    by.save(update_fields=["shortcuts"])
    record("change", by=by, purpose="shortcuts")
