"""The menu beside the pages of this room."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from meldpunt.teams.models import Role


def rail(request: HttpRequest) -> dict:
    """Return what staff.html needs: `rail` and `rail_role`, by the roles of the user."""
    roles = request.user.roles()
    items = []
    if Role.COORDINATOR in roles:
        items += [(_("Meldingen"), "/meldingen/"), (_("Zaken"), "/zaken/")]
    if roles & {Role.MEMBER, Role.LEAD}:
        items.append((_("Zaken van het netwerk"), "/netwerk/"))
    if roles & {Role.COORDINATOR, Role.LEAD}:
        items.append((_("Team en sleutels"), reverse("team_keys")))
    if Role.ADMINISTRATOR in roles:
        items += [(_("Mensen"), reverse("people")), (_("Gemeenten"), reverse("coverage"))]
    items.append((_("Jouw account"), reverse("password")))
    teams = {membership.team.name for membership in request.user.current_memberships}
    return {
        "rail": [{"label": label, "url": url, "count": "", "current": request.path == url} for label, url in items],
        "rail_role": ", ".join(sorted(teams)),
    }
