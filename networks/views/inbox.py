"""The inbox of a network: what waits, what runs, what was given back, what is done."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meldpunt.audit.log import record
from meldpunt.teams.access import role
from meldpunt.teams.models import Role
from meldpunt.teams.rail import rail
from meldpunt.teams.renewals import renewals_due
from networks import reading
from networks.circle.summary import open_peers_by_letter
from networks.models import ActionKind
from signals.models import Assignment

ROWS = 50


def menu(request: HttpRequest, current: str) -> dict:
    """The `tabs` of the inbox with their counts, and the menu of staff.html: the tabs, then the member's own pages."""
    counts = reading.tab_counts(request.user)
    start = reverse("inbox")
    tabs = [
        {"url": f"{start}?stand={tab}", "label": label, "count": counts[tab], "current": tab == current}
        for tab, (label, _states) in reading.TABS.items()
    ]
    beside = rail(request)
    others = [item for item in beside["rail"] if item["url"] != start]
    return {"tabs": tabs, "copies": counts[reading.COPIES], "rail": tabs + others, "rail_role": beside["rail_role"]}


@role("member", "lead")
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """The letters of the own network, one tab at a time; no names, and nothing of what was given back."""
    tab = request.GET.get("stand", reading.FIRST_TAB)
    if tab not in reading.TABS:
        tab = reading.FIRST_TAB
    given_back = tab == reading.RETURNED_TAB
    found = reading.returned(request.user) if given_back else reading.in_tab(request.user, tab)
    context, pages = menu(request, tab), Paginator(found, ROWS)
    if not given_back:  # the tab says how many there are: no second statement counts them
        pages.count = next(item["count"] for item in context["tabs"] if item["current"])
    page = pages.get_page(request.GET.get("pagina"))
    rows = list(page.object_list)
    cases = [row.assignment.case if given_back else row.case for row in rows]
    if not given_back:
        peers = open_peers_by_letter(rows)
        for row in rows:
            row.clock, row.next, row.open_peers = reading.clock_of(row), next_of(row), peers.get(row.pk, 0)
    if cases:
        record("list", by=request.user, purpose="inbox", rows=cases)
    context |= {
        "tab": tab, "page": page, "rows": rows, "title": reading.TABS[tab][0], "empty": EMPTY[tab](),
        "renewals": renewals_due(request.user.teams(Role.LEAD)),
    }  # fmt: skip
    return render(request, "networks/inbox.html", context)


def next_of(row: Assignment) -> dict | None:
    """Return the open action that is due first, in words: its day, its kind, whether the day has passed."""
    due_on = getattr(row, "next_due", None)
    if due_on is None:
        return None
    return {"due_on": due_on, "kind": ActionKind(row.next_kind).label, "late": due_on < timezone.localdate()}


EMPTY = {
    "bevestigen": lambda: _("Er wacht geen zaak op een antwoord van jullie."),
    "lopend": lambda: _("Jullie hebben nu geen lopende zaken."),
    "teruggegeven": lambda: _("Jullie gaven nog geen zaak terug."),
    "klaar": lambda: _("Er is nog geen zaak afgesloten."),
}
