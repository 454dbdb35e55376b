"""Ageing: a signal on which nobody decided in time becomes more urgent. Done by the worker, from clear fields only."""

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from signals.actions.history import correct
from signals.models import Signal
from signals.weighing import urgency
from signals.workflow import Reason


@transaction.atomic
def age(pk) -> bool:
    """Raise the urgency of a signal by the rule "waited", once; returns whether it was raised now.

    Left alone: what a coordinator works on at this moment (the page would answer 409) or set the urgency of, and what
    was decided since. The version goes up, so that no form that is older writes over it.
    """
    waiting = Signal.objects.to_age().defer("report", "headline", "filed_once")
    signal = waiting.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if signal is None:
        return False
    level, score = urgency.aged(signal.urgency, signal.urgency_score)
    correct(signal, by=None, reason=Reason.AGED, urgency=level, urgency_score=score, aged_at=timezone.now())
    record("change", obj=signal, source="worker", purpose=Reason.AGED)
    return True
