"""What somebody of a partner would read of a case, by the very code that serves a member of that partner."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meldpunt.teams.access import role, unlocked
from meldpunt.teams.agreement import ALL_PARTS
from meldpunt.teams.models import Team, TeamKind
from meldpunt.teams.partners import Partner
from signals.desk.signal_page import signs_by_topic
from signals.models import Assignment
from signals.queue.rail import desk_rail
from signals.sharing.door import in_words, partners_of, parts_as, shared_as
from signals.views.cases import case_or_404


def chosen_of(request: HttpRequest, partners: list[Partner]) -> Partner | None:
    """Return the partner that the address names, else the first; None where there is none."""
    wanted = request.GET.get("partner", "")
    return next((one for one in partners if str(one.pk) == wanted), partners[0] if partners else None)


@role("coordinator")
@unlocked
@require_safe
def view_as(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a case as a partner reads it: of the networks that hold it, or of every network before it is routed."""
    case = case_or_404(request, reference)
    holders = Assignment.objects.visible_to(request.user).filter(case=case, let_go_at=None).values("team")
    networks = Team.objects.filter(kind=TeamKind.NETWORK)
    teams = list(networks.filter(pk__in=holders)) or list(networks)
    partners = partners_of(teams)
    chosen = chosen_of(request, partners)
    shared = shared_as(request.keyring, case, chosen) if chosen else None
    signs = [sign for _topic, found in signs_by_topic(shared.signs) for sign in found] if shared else []
    context = desk_rail(request.user, "cases") | {
        "case": case, "partners": partners, "chosen": chosen, "shared": shared, "letter": {"signs": signs},
        "assignment": None, "back_to": request.get_full_path(),
        "not_given": in_words(ALL_PARTS - parts_as(case, chosen)) if chosen else [],
    }  # fmt: skip
    return render(request, "signals/desk/view_as.html", context)
