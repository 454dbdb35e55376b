"""The first page: what this is, and for whom."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from meldpunt.clocks import Unit
from meldpunt.teams.access import public
from signals import deadlines
from signals.views.receipt import helplines
from signals.vocabulary import Urgency


def promise() -> str:
    """Say by when a signal is read: what the clocks of the desk hold, and nothing that they do not hold."""
    normal, urgent = (deadlines.term(urgency, "triage") for urgency in (Urgency.NORMAL, Urgency.URGENT))
    if normal.unit != Unit.WORKING_DAYS:
        return _("Na het versturen lees je wanneer.")
    said = ngettext("Binnen %(days)d werkdag.", "Binnen %(days)d werkdagen.", normal.amount) % {"days": normal.amount}
    if urgent.unit == Unit.SAME_WORKING_DAY:
        said += " " + _("Is het dringend? Dan op dezelfde werkdag.")
    return said


@public
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Five ways in, the way back with a code, and the helplines."""
    return render(request, "signals/landing.html", {"helplines": helplines(first=7), "promise": promise()})
