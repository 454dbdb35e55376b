"""The menu beside the pages of this room."""

from contextlib import suppress

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from meldpunt.teams.models import Role


def pages_of(roles: set[str]) -> list[tuple[str, str]]:
    """Return (name of the address, label) of the pages in the menu of somebody with `roles`, in the menu's order."""
    found = {}
    if Role.COORDINATOR in roles:
        found |= {"queue": _("Meldingen"), "cases": _("Zaken"), "intake": _("Telefoon en brief")}
    if roles & {Role.MEMBER, Role.LEAD}:
        found |= {"inbox": _("Zaken van het netwerk"), "meetings": _("Overleg")}
    if roles & {Role.COORDINATOR, Role.PRIVACY_OFFICER}:
        found |= {"rights": _("Inzage en wissen")}
    if Role.PRIVACY_OFFICER in roles:
        found |= {"reading_log": _("Leesboek")}
    if Role.ADMINISTRATOR in roles:
        found |= {"people": _("Mensen"), "coverage": _("Gemeenten"), "signs": _("Tekens"), "places": _("Plaatsen")}
        found |= {"outside": _("Buiten het team"), "clocks": _("Klokken"), "helplines": _("Hulplijnen"), "texts": _("Teksten")}
    if roles & {Role.ADMINISTRATOR, Role.LEAD, Role.PRIVACY_OFFICER}:
        found |= {"partners": _("Partners")}
    if roles & {Role.ADMINISTRATOR, Role.PRIVACY_OFFICER}:
        found |= {"officers": _("Herstel van sleutels")}
    return list((found | _of_everybody(roles)).items())


def _of_everybody(roles: set[str]) -> dict[str, str]:
    """Return the pages at the end of the menu: figures, being there, and the own team and account."""
    found = {}
    if roles & {Role.COORDINATOR, Role.LEAD}:
        found |= {"steering": _("Sturen op cijfers")}
    if roles & {Role.ANALYST, Role.COORDINATOR}:
        found |= {"published": _("Gepubliceerde cijfers")}
    if roles & {Role.COORDINATOR, Role.ADMINISTRATOR}:
        found |= {"duty": _("Dienst")}
    if roles & {Role.COORDINATOR, Role.MEMBER, Role.LEAD}:
        found |= {"reach": _("Bereikbaar")}
    if roles & {Role.COORDINATOR, Role.LEAD}:
        found |= {"team_keys": _("Team en sleutels")}
    return found | {"password": _("Jouw account")}


def items_of(roles: set[str]) -> list[dict]:
    """Return what the menu shows for `roles`: {name, label, url, count}; no page of a room that is not there.

    Pages of the rooms downstream are known by name only.
    """
    found = []
    for name, label in pages_of(roles):
        with suppress(NoReverseMatch):
            found.append({"name": name, "label": label, "url": reverse(name), "count": ""})
    return found


def role_line(user) -> str:
    """Return what stands below the name of the site: the work of a coordinator, else the teams of `user`."""
    if user.is_coordinator:
        return _("Coördinator")
    return ", ".join(sorted({membership.team.name for membership in user.current_memberships}))


def rail(request: HttpRequest) -> dict:
    """Return what staff.html needs: `rail` and `rail_role`, by the roles of the user."""
    items = items_of(request.user.roles())
    return {
        "rail": [item | {"current": request.path == item["url"]} for item in items],
        "rail_role": role_line(request.user),
    }
