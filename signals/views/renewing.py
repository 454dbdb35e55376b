"""After a team key was renewed: the page that gives every open thing of the team a new key, step by step."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meldpunt.teams.access import confirmed, role, unlocked
from meldpunt.teams.models import Team
from meldpunt.teams.rail import rail
from meldpunt.vault.trust import NotTrusted
from signals.actions import renewing


def _own_team(request: HttpRequest, slug: str) -> Team:
    for team in request.user.teams(*renewing.MAY_RENEW):
        if team.slug == slug:
            return team
    raise Http404


@role("coordinator", "lead")
@unlocked
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def renew_contents(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how many keys are to be renewed; a POST does one step, and tells a script what is left."""
    team = _own_team(request, slug)
    problem, left = "", None
    if request.method == "POST":
        try:
            left = renewing.renew_step(team, by=request.user).left
        except NotTrusted:
            problem = _("Dat kan nu niet: de sleutel van een team telt niet. Vernieuw die eerst.")
        if request.accepts("application/json") and not request.accepts("text/html"):
            return JsonResponse({"left": left}) if left is not None else JsonResponse({}, status=409)
        if left is not None:
            return redirect("renew_contents", slug)
    context = {"team": team, "left": renewing.to_renew(team).count(), "problem": problem}
    return render(request, "signals/renewing.html", context | rail(request), status=409 if problem else 200)
