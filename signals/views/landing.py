"""The first page, and how reports are handled: what this is, for whom, and what happens."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from meldpunt.teams.access import public
from meldpunt.teams.models import Team, TeamKind
from signals.filing import promise
from signals.models import Helpline
from signals.views.receipt import helplines

ON_LANDING = 7


def ways_in() -> list[tuple[str, str, str]]:
    """Return [(kind of referrer, who that is, a word of comfort or use)] in the order of the page."""
    return [
        ("self", _("Het gaat over mij"), _("Jij kiest wat je vertelt. Je naam hoeft niet.")),
        ("parent", _("Ik ben ouder of familie"), _("Ook als je kind het nog niet weet.")),
        ("school", _("Ik werk op een school"), _("Je meldt wat je ziet of hoort.")),
        (
            "care",
            _("Ik werk in zorg, jeugdwerk of bij politie"),
            _("Of bij de gemeente. De meldcode blijft gelden."),
        ),
        ("other", _("Ik ben iemand anders"), _("Bijvoorbeeld een vriend, vriendin of buur.")),
    ]


@public
@require_safe
@gzip_page
def landing(request: HttpRequest) -> HttpResponse:
    """Five ways in, the way back with a code, advice, and the helplines."""
    context = {
        "ways_in": ways_in(),
        "promise": promise.of_reading(),
        "helplines": helplines(first=ON_LANDING),
        "more_helplines": Helpline.objects.filter(retired_at=None).count() > ON_LANDING,
    }
    return render(request, "signals/landing.html", context)


@public
@require_safe
def handling(request: HttpRequest) -> HttpResponse:
    """Who reads a report, by when, how long it is kept, and what this does not replace."""
    names = Team.objects.filter(kind=TeamKind.NETWORK).order_by("name").values_list("name", flat=True)
    context = {"terms": promise.of_each_urgency(), "networks": list(names)}
    return render(request, "signals/handling.html", context)
