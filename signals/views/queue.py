"""The desk's front page: what waits where, and the queue of signals, danger first."""

from urllib.parse import urlencode

from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from meldpunt.audit.log import record
from meldpunt.teams.access import role, unlocked
from signals.desk.matches import badges_in_words
from signals.desk.presence import present
from signals.matching.found import counts, with_badges
from signals.models import Assignment, Signal
from signals.querysets import MAY_SLEEP, UNDECIDED
from signals.queue import paging
from signals.queue.filters import Filters
from signals.queue.rail import desk_rail, tiles
from signals.queue.rows import dressed, dressed_letters
from signals.queue.tally import Tally, shown, tally
from signals.workflow import SignalState

# In the address → on the screen, the states, and what to say where there is nothing.
TABS = {
    "nieuw": (_("Nieuw"), (SignalState.RECEIVED,), _("Geen nieuwe meldingen. Kijk of er nog iets in beoordeling is.")),
    "mijn": (
        _("Van mij"),
        (SignalState.IN_TRIAGE, SignalState.ASKED),
        _("Er staat niets op jouw naam. Kies bij een nieuwe melding: Pak op."),
    ),
    "beoordeling": (_("In beoordeling"), (SignalState.IN_TRIAGE,), _("Er wordt nu geen melding beoordeeld.")),
    "antwoord": (
        _("Wacht op antwoord"),
        (SignalState.ASKED,),
        _("Er wacht geen melding op een antwoord van de melder."),
    ),
    "doorgezet": (
        _("Onbevestigd"),
        (),
        _("Alles wat is doorgezet, is ook bevestigd door een netwerk."),
    ),
    "besloten": (_("Besloten"), (SignalState.DECIDED,), _("Er is nog over geen melding besloten.")),
    "open": (_("Alles wat open is"), UNDECIDED, _("Er is geen melding meer open.")),
}


@role("coordinator")
@unlocked
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show one tab of the queue; the strongest reasons are opened with one row in the reading log."""
    counted = tally(request.user, front=True)
    tab = request.GET.get("stand") if request.GET.get("stand") in TABS else "nieuw"
    chosen = Filters.read(request.GET, counted.places)
    rows, following = page_of(request, tab, chosen)
    total = total_of(counted, tab)
    context = desk_rail(request.user, "queue", counted) | {
        "rows": rows, "tab": tab, "tabs": tabs_of(counted, tab), "following": following, "tiles": tiles(counted),
        "tasks": counted.tasks, "filters": chosen, "saved": saved_of(counted, chosen),
        "is_saved": chosen.query in counted.saved,
        "total": shown(total), "hidden": hidden_by(request.user, tab, chosen, total) if not rows else None, "empty": TABS[tab][2],
        "first_run": not any(total_of(counted, each) for each in TABS), "later": counted.of("later", *MAY_SLEEP),
        "mark": int(timezone.now().timestamp() * 1_000_000),
        "shown_to_compare": shown(counted.of("compare", "")),
        "first_page": not request.GET.get("na"), "place": place_of(request, tab, chosen), "list": "queue",
    }  # fmt: skip
    return render(request, "signals/desk/queue.html", context)


def place_of(request: HttpRequest, tab: str, chosen: Filters) -> str:
    """Return this list as parameters of an address: only keys and codes that are known."""
    after = {"na": request.GET["na"]} if paging.Mark.read(request.GET.get("na", "")) else {}
    return urlencode({"stand": tab, **chosen.chosen, **after})


def page_of(request: HttpRequest, tab: str, chosen: Filters) -> tuple[list, str]:
    """Return the rows of one page, ready to be shown, and the mark of the next page."""
    after, user = request.GET.get("na", ""), request.user
    if tab == "doorgezet":
        return unconfirmed_page(user, chosen, after)
    rows = with_badges(for_rows(Signal.objects.visible_to(user)), user)
    if tab == "besloten":
        decided = chosen.of_decided(rows.filter(state=SignalState.DECIDED), user)
        found, following = paging.latest_page(decided, "decided_at", after)
    else:
        mine = {"claimed_by": user} if tab == "mijn" else {}
        found, following = paging.triage_page(chosen.signals(rows.filter(**mine), user), TABS[tab][1], after)
    found = dressed(request.keyring, found)
    looked_at = present(found, user) if found and tab != "besloten" else {}
    for row in found:
        row.badges = badges_in_words(counts(row.beside))
        row.readers = looked_at.get(row.pk, [])
    return found, following


def unconfirmed_page(user, chosen: Filters, after: str) -> tuple[list[Assignment], str]:
    """Return the letters that no network has confirmed, danger first, then by clock."""
    letters = Assignment.objects.visible_to(user).unconfirmed().select_related("team", "routed_by", "case__municipality")
    letters = chosen.letters(letters.defer("case__shared"), user)
    danger = Case(When(case__urgency="acute", then=Value(0)), default=Value(1))
    rows, following = paging.soonest_page(letters.annotate(lane=danger), after)
    if rows:
        record("list", by=user, purpose="unconfirmed", rows=[row.case for row in rows])
    return dressed_letters(rows), following


def for_rows(found: QuerySet) -> QuerySet:
    """Fetch with a row what it shows, and not the report."""
    return found.select_related("municipality__coverage__team", "claimed_by", "taken_in_by").defer("report", "filed_once")


def tabs_of(counted: Tally, current: str) -> list[dict]:
    """Return the tabs with their counts; everything that is open only where somebody looks at it."""
    return [
        {"key": key, "label": label, "count": shown(total_of(counted, key)), "current": key == current}
        for key, (label, _states, _empty) in TABS.items()
        if key != "open" or current == "open"
    ]


def total_of(counted: Tally, tab: str) -> int:
    """How many rows a tab has without filters."""
    if tab in ("mijn", "doorgezet"):
        return counted.of("mine" if tab == "mijn" else "letter", "")
    return counted.of("signal", *TABS[tab][1])


def hidden_by(user, tab: str, chosen: Filters, total: int) -> dict | None:
    """What the filters of an empty list hide, also how much danger; None where nothing is filtered."""
    if not chosen or not total:
        return None
    danger = Signal.objects.visible_to(user).filter(state__in=TABS[tab][1], queue_key__lte=0)
    if tab == "doorgezet":
        danger = Assignment.objects.visible_to(user).unconfirmed().filter(case__urgency="acute")
    elif tab == "mijn":
        danger = danger.filter(claimed_by=user)
    acute = 0 if tab == "besloten" else danger.count()
    return {"total": shown(total), "acute": acute, "words": chosen.words}


def saved_of(counted: Tally, chosen: Filters) -> list[dict]:
    """Return the user's saved filters: label, address, whether it is the one in use."""
    found = [(query, Filters.from_query(query, counted.places)) for query in counted.saved]
    return [
        {"query": query, "label": kept.words, "current": query == chosen.query} for query, kept in found if kept
    ]
