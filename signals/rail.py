"""What waits where: one statement counts it, for the desk's menu and its front page."""

from dataclasses import dataclass

from django.db.models import Count, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from signals.models import Assignment, Case, Signal, Task
from signals.models.task import TaskKind
from signals.workflow import AssignmentState, CaseState, SignalState


@dataclass(frozen=True)
class Tally:
    """Counts by thing and state: ("signal", "received") → 12; "late" and "task" beside them."""

    counts: dict[tuple[str, str], int]

    def of(self, thing: str, *states: str) -> int:
        """How many of `thing` are in one of `states`."""
        return sum(self.counts.get((thing, state), 0) for state in states)

    def all_of(self, thing: str) -> int:
        """How many of `thing` there are in whichever state."""
        return sum(count for (kind, _state), count in self.counts.items() if kind == thing)


def tally(user) -> Tally:
    """Count, in one statement, what waits where at the desk, and the open tasks of `user`."""
    late_signals, late_letters = (
        Signal.objects.visible_to(user).overdue(),
        Assignment.objects.visible_to(user).overdue(),
    )
    parts = [
        _counted("signal", Signal.objects.visible_to(user), "state"),
        _counted("assignment", Assignment.objects.visible_to(user), "state"),
        _counted("case", Case.objects.for_desk(user), "state"),
        _counted("late_signal", late_signals, "state"),
        _counted("late_letter", late_letters, "state"),
        _counted("task", Task.objects.filter(user=user, done_at=None), "kind"),
    ]
    return Tally({(thing, state): count for thing, state, count in parts[0].union(*parts[1:], all=True)})


def _counted(thing: str, rows, column: str):
    return rows.order_by().values_list(Value(thing), column).annotate(n=Count("pk"))


def desk_rail(user, current: str, counted: Tally | None = None) -> dict:
    """Return `rail` and `rail_role` for staff.html; `current` is the name of the page's URL."""
    counted = counted or tally(user)
    items = [
        ("queue", _("Meldingen"), counted.of("signal", SignalState.RECEIVED, SignalState.IN_TRIAGE)),
        (
            "cases",
            _("Zaken"),
            counted.of("case", CaseState.ASSESSED, CaseState.ROUTING, CaseState.WITH_NETWORK),
        ),
        ("intake", _("Telefoon en brief"), ""),
        ("duty", _("Dienst"), ""),
        ("reach", _("Bereikbaar"), ""),
        ("team_keys", _("Team en sleutels"), ""),
        ("password", _("Jouw account"), ""),
    ]
    return {
        "rail": [
            {"url": reverse(name), "label": label, "count": count, "current": name == current}
            for name, label, count in items
        ],
        "rail_role": _("Coördinator"),
    }


def tiles(counted: Tally) -> list[dict]:
    """Return the front page's tiles: number, label, where it leads, and whether it is bad news."""
    unconfirmed = (AssignmentState.QUEUED, AssignmentState.DELIVERED, AssignmentState.OPENED)
    queue, cases = reverse("queue"), reverse("cases")
    late = counted.all_of("late_signal") + counted.all_of("late_letter")
    return [
        {
            "number": counted.of("signal", SignalState.RECEIVED),
            "label": _("nieuw"),
            "url": queue,
            "bad": False,
        },
        {
            "number": counted.of("signal", SignalState.IN_TRIAGE),
            "label": _("in beoordeling"),
            "url": f"{queue}?stand=beoordeling",
            "bad": False,
        },
        {"number": late, "label": _("te laat"), "url": queue, "bad": late > 0},
        {
            "number": counted.of("assignment", *unconfirmed),
            "label": _("onbevestigd"),
            "url": f"{cases}?stand={CaseState.WITH_NETWORK}",
            "bad": counted.all_of("late_letter") > 0,
        },
        {
            "number": counted.of("task", TaskKind.RETURNED),
            "label": _("teruggegeven"),
            "url": f"{cases}?stand={CaseState.ASSESSED}",
            "bad": False,
        },
        {
            "number": counted.all_of("task"),
            "label": _("taken voor jou"),
            "url": f"{queue}#taken",
            "bad": False,
        },
    ]
