"""On paper: facts and what happened, without contact data unless somebody asks for them. Printing is in the log."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from meldpunt.audit.log import record
from meldpunt.audit.models import Act
from meldpunt.teams.access import role, unlocked
from signals.desk import case_page as desk_case
from signals.desk import signal_page as desk
from signals.desk import timeline
from signals.files import listing as files
from signals.mailbox import desk as desk_mailbox
from signals.models import Case, Signal
from signals.places.gazetteer import gazetteer
from signals.views.cases import case_or_404
from signals.views.signal_page import beside, signal_or_404


def sheet(request: HttpRequest, thing: Signal | Case, name: str, **context) -> HttpResponse:
    """Show the page to print; the row in the reading log says whether contact data are on it."""
    contact = request.GET.get("contact") == "1"
    context |= {"thing": thing, "contact": contact, "printed_at": timezone.now()}
    response = render(request, name, context)
    record(Act.PRINT, by=request.user, obj=thing, purpose="contact" if contact else "")
    return response


@role("coordinator")
@unlocked
@require_safe
@transaction.atomic
def print_signal(request: HttpRequest, reference: str) -> HttpResponse:
    """A signal on paper."""
    signal = signal_or_404(request, reference)
    facts = desk.facts_of(request.keyring, signal, gazetteer())
    box = desk_mailbox.box_of(request.keyring, signal)
    shown_files = files.for_desk(request.keyring, signal)
    moments = timeline.ordered(facts.moments + beside(box, shown_files), "alles")
    return sheet(request, signal, "signals/desk/print_signal.html", signal=signal, facts=facts, moments=moments)


@role("coordinator")
@unlocked
@require_safe
@transaction.atomic
def print_case(request: HttpRequest, reference: str) -> HttpResponse:
    """A case on paper."""
    case = case_or_404(request, reference)
    about = desk_case.about_case(request.keyring, case)
    moments = timeline.ordered(about.moments, "alles")
    return sheet(request, case, "signals/desk/print_case.html", case=case, about=about, moments=moments)
