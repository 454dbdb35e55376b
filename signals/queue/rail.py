"""The desk's menu on every page, and the tiles on its front page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from signals.queue.tally import OPEN_CASES, Tally, shown, tally
from signals.workflow import CaseState, SignalState


def desk_rail(user, current: str, counted: Tally | None = None) -> dict:
    """Return `rail`, `rail_role` and `desk_alarm` for staff.html; `current` is the name of the page's URL."""
    counted = counted or tally(user)
    items = [
        ("queue", _("Meldingen"), shown(counted.of("signal", SignalState.RECEIVED, SignalState.IN_TRIAGE))),
        ("cases", _("Zaken"), shown(counted.of("case", *OPEN_CASES))),
        ("intake", _("Telefoon en brief"), ""),
        ("rights", _("Inzage en wissen"), ""),
        ("duty", _("Dienst"), ""),
        ("reach", _("Bereikbaar"), ""),
        ("team_keys", _("Team en sleutels"), ""),
        ("password", _("Jouw account"), ""),
    ]
    return {
        "rail": [
            {"url": reverse(name), "label": label, "count": count, "current": name == current}
            for name, label, count in items
        ],
        "rail_role": _("Coördinator"),
        "desk_alarm": counted.alarm,
    }


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
