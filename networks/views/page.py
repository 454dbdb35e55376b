"""The page of a case, and what every act on it shares: who may come here, locked keys, and coming too late."""

from contextlib import suppress
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meldpunt.teams.access import to_page
from meldpunt.teams.models import Role
from meldpunt.vault.crypto import CannotOpen
from meldpunt.vault.unlocking import Locked
from networks import reading
from networks.actions.casework import WRITABLE
from networks.actions.moving import offer_of
from networks.actions.outcome import may_close
from networks.casework import timeline
from networks.casework.overview import overview_of
from networks.forms.casework import return_form
from networks.meeting.slot import slot_of
from networks.planning.plan_page import in_short
from networks.views.inbox import menu
from networks.views.typed import FORMS, FORMS_OF
from signals.actions import Clash, keeping
from signals.actions.moving import may_move
from signals.matching.found import kinds_around
from signals.matching.strength import in_kinds
from signals.models import Assignment
from signals.sharing.asked import may_note
from signals.sharing.door import withheld
from signals.views.typed import keep_all, start_with
from signals.workflow import AssignmentState, NotAllowed

# The pages of a case, in the order of the work: key → (name of the address, label).
PAGES = {
    "case": ("network_case", gettext_lazy("Overzicht")),
    "work": ("network_work", gettext_lazy("Werk")),
    "circle": ("network_circle", gettext_lazy("Kring")),
    "plan": ("network_plan", gettext_lazy("Plan")),
    "referrer": ("network_referrer", gettext_lazy("Contact melder")),
    "outcome": ("network_outcome", gettext_lazy("Uitkomst")),
    "moving": ("network_moving", gettext_lazy("Doorgeven")),
}


def tab_of(assignment: Assignment) -> str:
    """Return the tab of the inbox in which this letter lies."""
    return next(tab for tab, (_label, states) in reading.TABS.items() if assignment.state in states)


def case_page(request: HttpRequest, assignment: Assignment, *, status: int = 200, **forms) -> HttpResponse:
    """Show the overview of a letter that is open; `forms` (return_form) carry what was typed.

    Keys that are locked: first unlock, then come back here.
    """
    if request.keyring is None:
        return unlock_first(request, assignment)
    try:
        overview = overview_of(request.keyring, assignment)
    except CannotOpen:
        return render(request, "networks/no_key.html", page_context(request, assignment), status=403)
    chosen, drafts = timeline.chosen_of(request.GET), keeping.kept_of(request.keyring, assignment)
    context = page_context(request, assignment) | {
        "overview": overview,
        "shared": overview.shared,
        "letter": {"signs": overview.signs},
        "moments": timeline.of_chip(overview.moments, chosen),
        "chips": timeline.chips(chosen),
        "may_accept": assignment.state == AssignmentState.OPENED,
        "may_give_back": assignment.state in (AssignmentState.OPENED, AssignmentState.ACCEPTED),
        "may_write": assignment.state in WRITABLE,
        "may_close": may_close(assignment, request.user),
        "return_form": return_form(assignment, initial=start_with(drafts, "return")),
        "likeness": in_kinds(kinds_around(request.user, assignment.case)),
        "plan_short": in_short(request.user, assignment),
        "slot": slot_of(request.user, assignment),
        "offer": offer_of(request.keyring, assignment),
    }
    context |= forms | {"form": next(iter(forms.values()), None)}
    return render(request, "networks/case.html", context, status=status)


def page_context(request: HttpRequest, assignment: Assignment, current: str = "case") -> dict:
    """What each page about this letter knows: the letter, its case, its clock, the menu, and the pages of the case.

    `current` is a key of PAGES. Templates extend networks/case_frame.html.
    """
    return menu(request, tab_of(assignment)) | {
        "assignment": assignment,
        "may_view_as": request.user.role_in(assignment.team) == Role.LEAD,
        "withheld": withheld(request.user, assignment.team_id, assignment.case),
        "case": assignment.case,
        "clock": reading.clock_of(assignment),
        "case_nav": case_nav(assignment, current),
        "may_hand_outside": may_move(assignment, request.user),
        "may_note_consent": may_note(request.user, assignment),
        "page_title": PAGES[current][1] if current != "case" else "",
        "back_to": reverse(PAGES[current][0], args=[assignment.case.reference]),
    }


def case_nav(assignment: Assignment, current: str) -> list[dict]:
    """The pages of one case as [{url, label, current}]; contact with a referrer only where that was handed over."""
    found = []
    for key, (name, label) in PAGES.items():
        if key == "referrer" and key != current and not getattr(assignment, "has_contact", False):
            continue
        with suppress(NoReverseMatch):
            url = reverse(name, args=[assignment.case.reference])
            found.append({"url": url, "label": label, "current": key == current})
    return found


def unlock_first(request: HttpRequest, assignment: Assignment | None = None, *, thing=None) -> HttpResponse:
    """Ask to unlock: a page that was asked for comes back after it.

    A form that was sent about `assignment` (or about `thing` of it) waits as a draft, sealed to who typed it, and stands in
    the page again. What cannot be kept so waits on a page of its own.
    """
    if request.method != "POST":
        return to_page(request, "unlock")
    kept = assignment is not None and keep_all(request, thing or assignment, FORMS_OF[thing._meta.model_name] if thing else FORMS)
    if kept:
        before = urlsplit(request.headers.get("Referer", ""))
        ours = before.netloc == request.get_host()
        back = before.path if ours else reverse("network_case", args=[assignment.case.reference])
        return redirect_to_login(back, resolve_url("unlock"), "next")
    typed = [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"]
    return render(request, "networks/locked.html", menu(request, "") | {"typed": typed}, status=409)


def attempt(request: HttpRequest, assignment: Assignment, act, *, page=case_page, **forms) -> HttpResponse | None:
    """Call `act`; return None where it succeeded, else the answer: locked, overtaken by a colleague (409), or gone.

    `page` shows the letter as it is now, with `forms` as they were typed.
    """
    try:
        act()
    except Locked:
        return unlock_first(request, assignment)
    except Assignment.DoesNotExist as error:
        raise Http404 from error
    except (NotAllowed, Clash):
        keep_all(request, assignment, FORMS)
        messages.warning(request, _("Een collega was je voor: de zaak is veranderd. Kijk wat er nu staat."))
        now = reading.held_or_404(request.user, assignment.case.reference)
        return page(request, now, status=409, **forms)
    return None
