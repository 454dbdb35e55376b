"""The desk's front page: what waits where, and the queue of signals, danger first."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from meldpunt.teams.access import role, unlocked
from signals import paging, reading
from signals.models import Signal, Task
from signals.rail import desk_rail, tally, tiles
from signals.remaining import clock_to
from signals.said import said, signs_for
from signals.workflow import SignalState

TABS = {
    "nieuw": (_("Nieuw"), SignalState.RECEIVED),
    "beoordeling": (_("In beoordeling"), SignalState.IN_TRIAGE),
    "antwoord": (_("Wacht op antwoord"), SignalState.ASKED),
    "besloten": (_("Besloten"), SignalState.DECIDED),
}
EMPTY = {
    "nieuw": _("Er is geen nieuwe melding. Kijk of er nog iets in beoordeling is."),
    "beoordeling": _("Er wordt nu geen melding beoordeeld."),
    "antwoord": _("Er wacht geen melding op een antwoord van de melder."),
    "besloten": _("Er is nog over geen melding besloten."),
}


@role("coordinator")
@unlocked
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show one tab of the queue; the strongest reasons are opened with one row in the reading log."""
    if wanted := " ".join(request.GET.get("zoek", "").split()).upper():
        return find(request, wanted)
    tab = request.GET.get("stand") if request.GET.get("stand") in TABS else "nieuw"
    found = for_rows(Signal.objects.visible_to(request.user).filter(state=TABS[tab][1]))
    page = paging.decided_page if tab == "besloten" else paging.triage_page
    rows, following = page(found, request.GET.get("na", ""))
    counted = tally(request.user)
    tabs = [
        {"key": key, "label": label, "count": counted.of("signal", state), "current": key == tab}
        for key, (label, state) in TABS.items()
    ]
    context = desk_rail(request.user, "queue", counted) | {
        "rows": dressed(request, rows), "tabs": tabs, "tab": tab, "following": following,
        "tiles": tiles(counted), "empty": EMPTY[tab], "tasks": my_tasks(request.user, counted),
    }  # fmt: skip
    return render(request, "signals/desk/queue.html", context)


def for_rows(found: QuerySet) -> QuerySet:
    """Fetch with a row what it shows, and not the report."""
    return found.select_related("municipality__coverage__team", "claimed_by").defer("report", "filed_once")


def dressed(request: HttpRequest, rows: list[Signal]) -> list[Signal]:
    """Give each row its headline and its clock."""
    opened = reading.headlines(request.keyring, rows) if rows else {}
    known = signs_for((line.reason, line.rule, line.sign) for line in opened.values())
    for line in opened.values():
        line.reason = said(line.reason, line.rule, line.sign, known)
    for row in rows:
        row.headline_words = opened.get(row.pk)
        row.clock = clock_to(row.due_at, row.urgency) if row.state in ("received", "in_triage") else None
    return rows


def my_tasks(user, counted) -> list[Task]:
    """Return the open tasks of `user`, oldest first; no statement where there are none."""
    if not counted.all_of("task"):
        return []
    return list(
        Task.objects.filter(user=user, done_at=None)
        .select_related("signal", "case")
        .order_by("created_at")[:20]
    )


def find(request: HttpRequest, wanted: str) -> HttpResponse:
    """Go to the signal or case with this reference, or say that there is none."""
    for prefix, name in (("OV-", "signal"), ("ZK-", "case")):
        if wanted.startswith(prefix) and len(wanted) <= 12:
            return redirect(name, wanted)
    context = desk_rail(request.user, "queue") | {"wanted": wanted}
    return render(request, "signals/desk/not_found.html", context, status=404)
