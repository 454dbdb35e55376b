"""The menu beside the pages of this room."""

from contextlib import suppress

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from meldpunt.teams.models import Role


def rail(request: HttpRequest) -> dict:
    """Return what staff.html needs: `rail` and `rail_role`, by the roles of the user."""
    roles = request.user.roles()
    items = []
    if Role.COORDINATOR in roles:
        items += _known({"queue": _("Meldingen"), "cases": _("Zaken")})
    if roles & {Role.MEMBER, Role.LEAD}:
        items += _known({"inbox": _("Zaken van het netwerk"), "meetings": _("Overleg")})
    if roles & {Role.COORDINATOR, Role.LEAD}:
        items += _known({"steering": _("Sturen op cijfers")})
        items.append((_("Team en sleutels"), reverse("team_keys")))
    if Role.ADMINISTRATOR in roles:
        items.append((_("Mensen"), reverse("people")))
        items += _known({"coverage": _("Gemeenten"), "signs": _("Tekens"), "places": _("Plaatsen")})
        items += _known({"outside": _("Buiten het team")})
        items += _known({"clocks": _("Klokken"), "helplines": _("Hulplijnen"), "texts": _("Teksten")})
    if roles & {Role.ADMINISTRATOR, Role.LEAD, Role.PRIVACY_OFFICER}:
        items.append((_("Partners"), reverse("partners")))
    if Role.PRIVACY_OFFICER in roles:
        items.append((_("Leesboek"), reverse("reading_log")))
        items += _known({"rights": _("Inzage en wissen")})
    if roles & {Role.ADMINISTRATOR, Role.PRIVACY_OFFICER}:
        items.append((_("Herstel van sleutels"), reverse("officers")))
    if roles & {Role.COORDINATOR, Role.ADMINISTRATOR}:
        items.append((_("Dienst"), reverse("duty")))
    if roles & {Role.COORDINATOR, Role.MEMBER, Role.LEAD}:
        items.append((_("Bereikbaar"), reverse("reach")))
    if roles & {Role.ANALYST, Role.COORDINATOR}:
        items += _known({"published": _("Gepubliceerde cijfers")})
    items.append((_("Jouw account"), reverse("password")))
    teams = {membership.team.name for membership in request.user.current_memberships}
    return {
        "rail": [{"label": label, "url": url, "count": "", "current": request.path == url} for label, url in items],
        "rail_role": ", ".join(sorted(teams)),
    }


def _known(pages: dict[str, str]) -> list[tuple[str, str]]:
    """Pages of a room downstream, known by name only; where that room is not there, the menu goes without."""
    found = []
    for name, label in pages.items():
        with suppress(NoReverseMatch):
            found.append((label, reverse(name)))
    return found
