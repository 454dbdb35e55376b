"""The page of a case, and what every act on it shares: who may come here, locked keys, and coming too late."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meldpunt.teams.access import to_page
from meldpunt.vault.crypto import CannotOpen
from meldpunt.vault.unlocking import Locked
from networks import reading
from networks.actions.casework import WRITABLE
from networks.actions.outcome import may_close
from networks.forms.casework import GiveBackForm, NoteForm
from networks.forms.outcome import OutcomeForm
from networks.views.inbox import menu
from signals.actions import Clash
from signals.models import Assignment
from signals.workflow import AssignmentState, NotAllowed


def tab_of(assignment: Assignment) -> str:
    """Return the tab of the inbox in which this letter lies."""
    return next(tab for tab, (_label, states) in reading.TABS.items() if assignment.state in states)


def case_page(request: HttpRequest, assignment: Assignment, *, status: int = 200, **forms) -> HttpResponse:
    """Show a letter that is open; `forms` (note_form, return_form, outcome_form) carry what was typed.

    Keys that are locked: first unlock, then come back here.
    """
    if request.keyring is None:
        return unlock_first(request)
    try:
        letter = reading.letter_of(request.keyring, assignment)
    except CannotOpen:
        return render(request, "networks/no_key.html", page_context(request, assignment), status=403)
    context = page_context(request, assignment) | {
        "letter": letter,
        "may_accept": assignment.state == AssignmentState.OPENED,
        "may_give_back": assignment.state in (AssignmentState.OPENED, AssignmentState.ACCEPTED),
        "may_write": assignment.state in WRITABLE,
        "may_close": may_close(assignment, request.user),
        "note_form": NoteForm(),
        "return_form": GiveBackForm(),
        "outcome_form": OutcomeForm(),
    }
    context |= forms | {"form": next(iter(forms.values()), None)}
    return render(request, "networks/case.html", context, status=status)


def page_context(request: HttpRequest, assignment: Assignment) -> dict:
    """What each page about this letter knows: the letter, its case, its clock, and the menu."""
    clock = reading.clock_of(assignment)
    return menu(request, tab_of(assignment)) | {
        "assignment": assignment,
        "case": assignment.case,
        "clock": clock,
        "back_to": reverse("network_case", args=[assignment.case.reference]),
    }


def unlock_first(request: HttpRequest) -> HttpResponse:
    """Ask to unlock: a page that was asked for comes back after it, a form that was sent waits with what was typed."""
    if request.method != "POST":
        return to_page(request, "unlock")
    typed = [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"]
    return render(request, "networks/locked.html", menu(request, "") | {"typed": typed}, status=409)


def attempt(request: HttpRequest, assignment: Assignment, act, **forms) -> HttpResponse | None:
    """Call `act`; return None where it succeeded, else the answer: locked, overtaken by a colleague (409), or gone."""
    try:
        act()
    except Locked:
        return unlock_first(request)
    except Assignment.DoesNotExist as error:
        raise Http404 from error
    except (NotAllowed, Clash):
        messages.warning(request, _("Een collega was je voor: de zaak is veranderd. Kijk wat er nu staat."))
        now = reading.held_or_404(request.user, assignment.case.reference)
        return case_page(request, now, status=409, **forms)
    return None
