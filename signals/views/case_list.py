"""The desk's cases: one tab for each state, without names, with where the letter is and its clock."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from meldpunt.audit.log import record
from meldpunt.teams.access import role, unlocked
from signals.desk.case_page import with_letters
from signals.models import Case
from signals.queue import paging
from signals.queue.filters import Filters
from signals.queue.rail import desk_rail
from signals.queue.tally import OPEN_CASES, Tally, shown, tally
from signals.workflow import CaseState

TABS = (*OPEN_CASES, CaseState.CLOSED)
EMPTY = {
    CaseState.ASSESSED: _("Er ligt geen zaak bij het meldpunt die nog een netwerk nodig heeft."),
    CaseState.ROUTING: _("Er is geen zaak onderweg. Alles is bezorgd."),
    CaseState.WITH_NETWORK: _("Er ligt nu geen zaak bij een netwerk."),
    CaseState.CLOSED: _("Er is nog geen zaak afgesloten."),
}


@role("coordinator")
@unlocked
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Show one tab of the cases, the newest first."""
    counted = tally(request.user, front=True)
    tab = request.GET.get("stand") if request.GET.get("stand") in TABS else CaseState.WITH_NETWORK
    chosen = Filters.read(request.GET, counted.places)
    wanted = chosen.cases(Case.objects.for_desk(request.user).filter(state=tab)).select_related("municipality")
    wanted = wanted.defer("shared")
    rows, following = paging.latest_page(wanted, "opened_at", request.GET.get("na", ""))
    rows = with_letters(rows)
    if rows:
        record("list", by=request.user, purpose="cases", rows=rows)
    total = counted.of("case", tab)
    context = desk_rail(request.user, "cases", counted) | {
        "rows": rows, "tab": tab, "tabs": tabs_of(counted, tab), "following": following, "filters": chosen,
        "total": shown(total), "empty": EMPTY[tab], "list": "cases",
        "saved": None, "first_run": False, "place": "", "first_page": not request.GET.get("na"),
        "hidden": {"total": shown(total), "acute": 0, "words": chosen.words} if chosen and total else None,
    }  # fmt: skip
    return render(request, "signals/desk/cases.html", context)


def tabs_of(counted: Tally, current: str) -> list[dict]:
    """Return the tabs with their counts."""
    return [
        {"key": key, "label": key.label, "count": shown(counted.of("case", key)), "current": key == current}
        for key in TABS
    ]
