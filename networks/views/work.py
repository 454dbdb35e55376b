"""The page with the work of a case: actions, contacts, notes, files; and what a member does with an action."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meldpunt.teams.access import role
from meldpunt.vault.crypto import CannotOpen
from networks import reading
from networks.actions import casework
from networks.actions.casework import WRITABLE
from networks.casework.work_page import work_of
from networks.forms.casework import NoteForm
from networks.forms.work import ActionForm, CaseFileForm, ContactForm
from networks.views.page import attempt, page_context, unlock_first
from signals.actions import keeping
from signals.models import Assignment
from signals.views.typed import start_with
from signals.workflow import AssignmentState


def to_work(reference: str, place: str) -> HttpResponse:
    """Go to a place on the page of the work."""
    return redirect(reverse("network_work", args=[reference]) + f"#{place}")


def work_page(request: HttpRequest, assignment: Assignment, *, status: int = 200, **typed) -> HttpResponse:
    """Show the work of a letter; `typed` (action_form, contact_form, note_form, file_form) carry what was filled in."""
    if request.keyring is None:
        return unlock_first(request, assignment)
    try:
        work = work_of(request.keyring, assignment)
    except CannotOpen:
        return render(request, "networks/no_key.html", page_context(request, assignment, "work"), status=403)
    drafts = keeping.kept_of(request.keyring, assignment)
    workers = reading.workers_of(assignment)
    forms = {
        "action_form": ActionForm(workers=workers, initial=start_with(drafts, "action", owner=request.user.pk)),
        "contact_form": ContactForm(initial=start_with(drafts, "contact")),
        "note_form": NoteForm(initial=start_with(drafts, "note")),
        "file_form": CaseFileForm(),
    }
    context = page_context(request, assignment, "work") | forms | typed
    context |= {
        "work": work, "shared": work.shared, "drafts": drafts, "form": next(iter(typed.values()), None),
        "may_write": assignment.state in WRITABLE,
        "may_contact": assignment.contract_read or not work.has_contract,
    }  # fmt: skip
    return render(request, "networks/work.html", context, status=status)


@role("member", "lead")
@require_safe
def work(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the work; a letter that nobody has opened stays closed."""
    assignment = reading.held_or_404(request.user, reference)
    if assignment.state == AssignmentState.DELIVERED:
        return redirect("network_case", reference)
    return work_page(request, assignment)


@role("member", "lead")
@require_POST
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Plan an action."""
    assignment = reading.held_or_404(request.user, reference)
    form = ActionForm(request.POST, workers=reading.workers_of(assignment))
    if not form.is_valid():
        return work_page(request, assignment, status=422, action_form=form)

    def act():
        casework.plan_action(assignment, by=request.user, keyring=request.keyring, **form.cleaned_data)

    if failed := attempt(request, assignment, act, page=work_page, action_form=form):
        return failed
    keeping.forget(assignment, "action", by=request.user)
    messages.success(request, _("De actie is gepland."))
    return to_work(reference, "acties")


@role("member", "lead")
@require_POST
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a note."""
    assignment = reading.held_or_404(request.user, reference)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return work_page(request, assignment, status=422, note_form=form)

    def act():
        casework.write_note(assignment, by=request.user, keyring=request.keyring, **form.cleaned_data)

    if failed := attempt(request, assignment, act, page=work_page, note_form=form):
        return failed
    keeping.forget(assignment, "note", by=request.user)
    messages.success(request, _("Je notitie is bewaard."))
    return to_work(reference, "notities")
