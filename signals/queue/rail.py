"""The desk's menu on every page, and the tiles on its front page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from meldpunt.teams.rail import items_of, role_line
from signals.queue.tally import OPEN_CASES, Tally, shown, tally
from signals.workflow import CaseState, SignalState


def desk_rail(user, current: str, counted: Tally | None = None) -> dict:
    """Return `rail`, `rail_role` and `desk_alarm` for staff.html, and `to_compare`: how many are not in the index yet.

    `current` is the name of the page's URL.
    """
    counted = counted or tally(user)
    items = with_counts(items_of(user.roles()), counted)
    return {
        "rail": [item | {"current": item["name"] == current} for item in items],
        "rail_role": role_line(user),
        "desk_alarm": counted.alarm,
        "to_compare": counted.of("compare", ""),
    }


def with_counts(items: list[dict], counted: Tally) -> list[dict]:
    """Return the items of a menu with what is open beside the signals and the cases."""
    counts = {
        "queue": shown(counted.of("signal", SignalState.RECEIVED, SignalState.IN_TRIAGE)),
        "cases": shown(counted.of("case", *OPEN_CASES)),
    }
    return [item | {"count": counts.get(item.get("name"), item["count"])} for item in items]


def tiles(counted: Tally) -> list[dict]:
    """Return the front page's tiles: number, label, whether it is bad news, and the list of exactly those rows."""
    queue, cases = reverse("queue"), reverse("cases")
    late, unconfirmed = counted.of("late", ""), counted.of("letter", "")
    found = [
        (counted.of("signal", SignalState.RECEIVED), _("nieuw"), queue, False),
        (late, _("te laat"), f"{queue}?stand=open&laat=1", late > 0),
        (unconfirmed, _("onbevestigd"), f"{queue}?stand=doorgezet", counted.of("letter", "late") > 0),
        (counted.of("returned", ""), _("teruggegeven"), f"{cases}?stand={CaseState.ASSESSED}&terug=1", False),
        (counted.of("task", ""), _("taken voor jou"), f"{queue}#taken", False),
    ]
    return [
        {"number": shown(number), "label": label, "url": url, "bad": bad} for number, label, url, bad in found
    ]
