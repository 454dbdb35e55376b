"""The recovery officers: who they are, and which keys they hold for when nobody else has one any more."""

from django.db.models import Count, Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from meldpunt.teams.access import confirmed, role, unlocked
from meldpunt.teams.actions import KEY_GIVERS
from meldpunt.teams.models import Team
from meldpunt.teams.rail import rail
from meldpunt.vault import escrow
from meldpunt.vault.models import EscrowSeal, RecoveryOfficer, TeamKey


@role("administrator", "privacy_officer")
@require_safe
def officers(request: HttpRequest) -> HttpResponse:
    """Who the officers are and until when, and for which teams they hold the newest key."""
    newest = TeamKey.objects.filter(team=OuterRef(OuterRef("pk"))).order_by("-version").values("pk")[:1]
    kept = EscrowSeal.objects.filter(team_key=newest, outer__in=escrow.officers(), inner__in=escrow.officers())
    teams = Team.objects.annotate(keys_made=Count("keys"), kept=Exists(kept)).filter(keys_made__gt=0)
    context = {"counting": escrow.officers(), "all": RecoveryOfficer.objects.order_by("name", "pk"), "teams": teams}
    return render(request, "teams/officers.html", context | rail(request))


@role("coordinator", "lead")
@unlocked
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def keep_for_recovery(request: HttpRequest, slug: str) -> HttpResponse:
    """How many keys of a team the officers of today do not hold yet; a POST seals some, and tells a script what is left."""
    team = next((team for team in request.user.teams(*KEY_GIVERS) if team.slug == slug), None)
    if team is None:
        raise Http404
    if request.method == "POST":
        escrow.keep_step(team, by=request.user, keyring=request.keyring)
        if request.accepts("application/json") and not request.accepts("text/html"):
            return JsonResponse({"left": len(escrow.not_kept(team, request.user))})
        return redirect("keep_for_recovery", slug)
    context = {"team": team, "counting": escrow.officers(), "left": len(escrow.not_kept(team, request.user))}
    return render(request, "teams/recovery.html", context | rail(request))
