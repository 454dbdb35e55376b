"""The outcome of a case: what stands open, closing it (fill in, confirm, done), how it ended and how it goes after."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from meldpunt.teams.access import role
from meldpunt.teams.models import Role
from networks import reading
from networks.actions import outcome
from networks.actions.casework import WRITABLE
from networks.actions.circle import PeersOpen
from networks.actions.outcome import may_close
from networks.forms.outcome import HandPulseForm, OutcomeForm, PulseForm
from networks.planning import outcome_page as shown
from networks.planning.earlier import earlier_of
from networks.planning.plan_page import in_short
from networks.views.page import attempt, page_context, unlock_first
from networks.views.plan import closed
from signals.actions import keeping
from signals.models import Assignment
from signals.views.typed import start_with


def ending_page(request: HttpRequest, assignment: Assignment, *, status: int = 200, **typed) -> HttpResponse:
    """Show the outcome of a letter; `typed` (outcome_form, pulse_form with `pulse_of`) carries what was filled in."""
    if request.keyring is None:
        return unlock_first(request, assignment)
    context = page_context(request, assignment, "outcome")
    drafts = keeping.kept_of(request.keyring, assignment)
    workers = reading.workers_of(assignment)
    if assignment.state in WRITABLE:
        short = in_short(request.user, assignment)
        contact = short.contact.person_id if short.contact else None
        initial = start_with(drafts, "outcome", stays=contact)
        context |= {
            "may_close": may_close(assignment, request.user),
            "still_open": shown.still_open(request.user, assignment, shown.peers_open(request.keyring, assignment)),
            "outcome_form": OutcomeForm(initial=initial, workers=workers),
        }
    else:
        context |= {
            "ending": shown.ending_of(request.keyring, assignment),
            "pulse_form": PulseForm(initial=start_with(drafts, "pulse")),
            "hand_form": HandPulseForm(workers=workers),
        }
    context |= {"drafts": drafts} | typed | {"form": next((one for one in typed.values() if hasattr(one, "errors")), None)}
    return render(request, "networks/outcome.html", context, status=status)


@role("member", "lead")
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the outcome; a form that was sent is checked, then confirmed, and then closes the case."""
    assignment = reading.held_or_404(request.user, reference)
    if request.method != "POST":
        return closed(request, reference, assignment) or ending_page(request, assignment)
    if request.user.role_in(assignment.team) != Role.LEAD:
        raise PermissionDenied
    form = OutcomeForm(request.POST, workers=reading.workers_of(assignment))
    if not form.is_valid() or "change" in request.POST:
        return ending_page(request, assignment, status=422 if form.errors else 200, outcome_form=form)
    if "confirmed" in request.POST:
        return _close(request, assignment, form)
    if request.keyring is None:
        return unlock_first(request, assignment)
    if peers := shown.peers_open(request.keyring, assignment):
        return _peers_first(request, assignment, form, peers)
    said = shown.consequences(assignment, form.cleaned_data, timezone.now())
    still = shown.still_open(request.user, assignment, 0)
    context = page_context(request, assignment, "outcome") | {"form": form, "said": said, "still_open": still}
    return render(request, "networks/confirm.html", context)


def _close(request: HttpRequest, assignment: Assignment, form: OutcomeForm) -> HttpResponse:
    unanswered = []

    def act():
        try:
            outcome.close(assignment, by=request.user, keyring=request.keyring, **form.act())
        except PeersOpen as peers:
            unanswered.append(peers.number)

    if failed := attempt(request, assignment, act, page=ending_page, outcome_form=form):
        return failed
    if unanswered:
        return _peers_first(request, assignment, form, unanswered[0])
    keeping.forget(assignment, "outcome", by=request.user)
    messages.success(request, _("Zaak %s is afgesloten.") % assignment.case.reference)
    return redirect("network_outcome", assignment.case.reference)


def _peers_first(request: HttpRequest, assignment: Assignment, form: OutcomeForm, number: int) -> HttpResponse:
    said = ngettext(
        "De zaak kan nog niet dicht. %(n)d persoon in de kring is nog niet nagevraagd.",
        "De zaak kan nog niet dicht. %(n)d personen in de kring zijn nog niet nagevraagd.",
        number,
    )
    messages.warning(request, said % {"n": number})
    return ending_page(request, assignment, status=409, outcome_form=form)


@role("member", "lead")
@require_safe
def earlier(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what the own network wrote about this case before it was closed and opened again."""
    assignment = reading.held_or_404(request.user, reference)
    if request.keyring is None:
        return unlock_first(request, assignment)
    context = page_context(request, assignment) | {"letters": earlier_of(request.keyring, assignment)}
    return render(request, "networks/earlier.html", context)
