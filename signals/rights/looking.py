"""Who looked at what we keep about somebody, and why: for that person to read, so without names of staff or referrers."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meldpunt.audit.models import Act, Entry
from meldpunt.teams.models import Role
from signals.desk.timeline import looked
from signals.models import Case

# Why each kind of organisation may look at all (product.md, "Need to know").
WHY = {
    "desk": gettext_lazy("om te beoordelen wat er nodig is"),
    "network": gettext_lazy("om hulp te regelen"),
    "province": gettext_lazy("om na te gaan of goed met de gegevens wordt omgegaan"),
}


@dataclass(frozen=True)
class Look:
    """Looking by one organisation in one function on one day: what was done, how often, and why."""

    on: date
    organisation: str
    function: str
    what: str
    times: int
    why: str


def looks_at(case: Case) -> list[Look]:
    """Return who looked at a case, its reports and its letters, the last day first; two statements.

    The caller found the case through `visible_to`. What a referrer did is left out: it would say that there is one, and when.
    """
    things = [("case", case.reference)]
    things += [("signal", reference) for reference in case.signals.values_list("reference", flat=True)]
    things += [("assignment", str(pk)) for pk in case.assignments.values_list("pk", flat=True)]
    seen: Counter = Counter()
    for entry in Entry.objects.handled(things):
        kind = entry.team.kind if entry.team else "desk"
        seen[_line(entry, kind)] += 1
    lines = [Look(*line[:4], times, line[4]) for line, times in seen.items()]
    return sorted(lines, key=lambda look: (-look.on.toordinal(), look.organisation, look.function, look.what))


def _line(entry: Entry, kind: str) -> tuple:
    functions = ", ".join(str(Role(name).label) for name in entry.role.split(",") if name in Role.values)
    what = looked(entry) if entry.act in (Act.REVEAL, Act.PRINT) else str(entry.get_act_display())
    organisation = entry.team.name if entry.team else _("Meldpunt")
    return timezone.localdate(entry.at), organisation, functions, what, str(WHY.get(kind, ""))
