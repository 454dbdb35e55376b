"""The ladder of a breached clock: who is told when (product.md, "Nothing disappears"). Pure.

First the deputy, then the lead, then the coordinator, and in the end it is a task of a named person. Acute steps run
day and night, the others in working hours only.
"""

import datetime

from meldpunt import clocks
from signals.models.ladder import Step
from signals.vocabulary import Urgency

# How long after the breach each step is taken. Source: own proposal; an acute one is with a named coordinator within
# a quarter of an hour, an urgent one within two working hours, a normal one within a working day.
MINUTES, HOURS = clocks.Unit.MINUTES, clocks.Unit.WORKING_HOURS
AFTER = {
    Urgency.ACUTE: (MINUTES, {Step.DEPUTY: 0, Step.LEAD: 5, Step.COORDINATOR: 10, Step.TASK: 15}),
    Urgency.URGENT: (HOURS, {Step.DEPUTY: 0, Step.LEAD: 1, Step.COORDINATOR: 2, Step.TASK: 2}),
    Urgency.NORMAL: (HOURS, {Step.DEPUTY: 0, Step.LEAD: 4, Step.COORDINATOR: 8, Step.TASK: 8}),
}


def when(due_at: datetime.datetime, urgency: str, step: str) -> datetime.datetime:
    """Return when a step is taken for a clock that ran out at `due_at` (aware)."""
    unit, steps = AFTER[Urgency(urgency)]
    amount = steps[Step(step)]
    return clocks.due(due_at, clocks.Term(amount, unit)) if amount else due_at


def reached(due_at: datetime.datetime, urgency: str, now: datetime.datetime) -> list[Step]:
    """Return the steps that are to be taken by `now`, from the bottom."""
    return [step for step in Step if when(due_at, urgency, step) <= now]
