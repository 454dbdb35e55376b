"""What a coordinator does from the list: search, take, choose several, put off, keep filters. Never a decision."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from meldpunt.audit.log import record
from meldpunt.teams.access import role, unlocked
from signals.actions import Clash, leases, queue
from signals.models import Signal
from signals.queue import later
from signals.queue.filters import ORDER, Filters
from signals.queue.looking_up import looked_up
from signals.queue.rail import desk_rail
from signals.queue.search import find, reference_of
from signals.queue.tally import tally
from signals.views.matching import keep_up
from signals.workflow import NotAllowed

MOST = 50
LISTS = ("queue", "cases")


@role("coordinator")
@unlocked
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Go to what was searched, else look it up as a number, plate, account or nickname; what was typed is not kept."""
    typed = request.POST.get("q", "")
    counted = tally(request.user, front=True)
    among = request.POST.get("lijst") if request.POST.get("lijst") in LISTS else "queue"
    found = find(request.user, typed, counted.places, among=among)
    record("search", by=request.user, purpose=found.kind if found else "nothing")
    if found:
        return redirect(found.url)
    if rows := looked_up(request.keyring, typed, counted.places):
        context = desk_rail(request.user, among, counted) | {"rows": rows, "list": among}
        return render(request, "signals/desk/found.html", context)
    context = desk_rail(request.user, among, counted) | {"list": among, "back": reverse(among)}
    return render(request, "signals/desk/not_found.html", context, status=404)


@role("coordinator")
@unlocked
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Put one signal on one's own name and stay in the list, at the row after it."""
    signal = Signal.objects.visible_to(request.user).filter(reference=request.POST.get("neem", "")).first()
    if signal is None:
        messages.error(request, _("Deze melding is er niet meer."))
        return redirect(back(request))
    try:
        leases.take_up(signal, by=request.user)
    except (Clash, NotAllowed):
        messages.warning(request, _("Een collega was eerder met %(number)s.") % {"number": signal.reference})
    else:
        keep_up(request, signal)
        messages.success(request, _("%(number)s staat op jouw naam.") % {"number": signal.reference})
    return redirect(back(request))


def back(request: HttpRequest) -> str:
    """Return the list with its tab and filters as they were: only known keys of our own pages."""
    kept = QueryDict(request.POST.get("plek", "")[:400])
    known = QueryDict(mutable=True)
    for key in ("stand", *ORDER, "na"):
        if kept.get(key):
            known[key] = kept[key]
    row = reference_of(request.POST.get("rij", "")[:12])
    return f"{reverse('queue')}?{known.urlencode()}".rstrip("?") + (f"#rij-{row}" if row else "")


@role("coordinator")
@unlocked
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Ask once more, then take, let go or put off the chosen signals. Deciding is done one by one."""
    verbs = {"nemen": _("op jouw naam zetten"), "loslaten": _("loslaten"), "later": _("later terug laten komen")}
    verb = request.POST.get("doe", "")
    rows = chosen_rows(request)
    moment = request.POST.get("tot", "")
    problem = ""
    if verb not in verbs or not rows:
        problem = _("Kies minstens één melding.") if verb in verbs else _("Kies wat je wilt doen.")
    elif request.POST.get("zeker") == "1":
        if verb != "later" or moment in later.LABELS:
            say(request, *done_to(request, verb, rows, moment))
            return redirect(back(request))
        problem = _("Kies tot wanneer.")
    context = desk_rail(request.user, "queue") | {
        "rows": rows, "verb": verb, "verb_words": verbs.get(verb, ""), "problem": problem,
        "moments": later.LABELS.items(), "place": request.POST.get("plek", "")[:400], "back": back(request),
    }  # fmt: skip
    return render(request, "signals/desk/chosen.html", context, status=422 if problem else 200)


def chosen_rows(request: HttpRequest) -> list[Signal]:
    """Return the signals that were ticked and that this user may see, at most a page of them."""
    references = request.POST.getlist("melding")[:MOST]
    if not references:
        return []
    rows = Signal.objects.visible_to(request.user).filter(reference__in=references)
    return list(rows.defer("report", "headline", "filed_once").order_by("queue_key", "filed_at", "id"))


def done_to(request: HttpRequest, verb: str, rows: list[Signal], moment: str) -> tuple[int, list[str]]:
    """Do it to each; return how many it was done to, and the references of the others."""
    until = later.moment_of(moment) if verb == "later" else timezone.now()
    act = {
        "nemen": lambda row: leases.take_up(row, by=request.user),
        "loslaten": lambda row: leases.let_go(row, by=request.user),
        "later": lambda row: queue.put_off(row, by=request.user, until=until),
    }[verb]
    refused = []
    for row in rows:
        try:
            if verb == "loslaten" and leases.held_by_another(row, request.user):
                raise Clash
            act(row)
        except (Clash, NotAllowed):
            refused.append(row.reference)
    return len(rows) - len(refused), refused


def say(request: HttpRequest, done: int, refused: list[str]) -> None:
    """Say how many were done, and which were not."""
    if done:
        words = ngettext("%(n)d melding bijgewerkt.", "%(n)d meldingen bijgewerkt.", done)
        messages.success(request, words % {"n": done})
    if refused:
        words = _("Dit kon niet bij %(numbers)s. Een collega heeft die, of het mag daar niet.")
        messages.warning(request, words % {"numbers": ", ".join(refused)})


@role("coordinator")
@unlocked
@require_POST
def bring_back(request: HttpRequest) -> HttpResponse:
    """Put a signal that was put off back in the list now."""
    signal = Signal.objects.visible_to(request.user).filter(reference=request.POST.get("melding", "")).first()
    try:
        if signal:
            queue.bring_back(signal, by=request.user)
            messages.success(request, _("%(number)s staat weer in de lijst.") % {"number": signal.reference})
    except NotAllowed:
        messages.warning(request, _("%(number)s stond al in de lijst.") % {"number": signal.reference})
    return redirect(back(request))


@role("coordinator")
@unlocked
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the filters in use, or forget them; they are named by what they filter."""
    places = tally(request.user, front=True).places
    chosen = Filters.from_query(request.POST.get("filter", "")[:400], places)
    if chosen and request.POST.get("doe") == "vergeten":
        queue.forget_filter(chosen.query, by=request.user)
        messages.success(request, _("Filter vergeten."))
    elif chosen:
        queue.keep_filter(chosen.query, by=request.user)
        messages.success(request, _("Filter bewaard: %(words)s.") % {"words": chosen.words})
    return redirect(back(request))


@role("coordinator")
@unlocked
@require_POST
def shortcuts(request: HttpRequest) -> HttpResponse:
    """Switch the single-key shortcuts on or off for oneself (WCAG 2.1.4)."""
    on = request.POST.get("aan") == "1"
    queue.use_shortcuts(on, by=request.user)
    messages.success(request, _("Sneltoetsen staan aan.") if on else _("Sneltoetsen staan uit."))
    return redirect(back(request))
