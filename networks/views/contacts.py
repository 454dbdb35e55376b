"""Contacts: say that the agreement was read, and write one down where it fits that."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meldpunt.teams.access import role
from networks import reading
from networks.actions import contacts
from networks.actions.contacts import Breaks, NotRead
from networks.forms.work import ContactForm
from networks.views.page import attempt
from networks.views.work import to_work, work_page
from signals.actions import keeping


@role("member", "lead")
@require_POST
def read_contract(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down that this member has read what is agreed about contact; back to where that stood."""
    assignment = reading.held_or_404(request.user, reference)

    def act():
        contacts.note_contract_read(assignment, by=request.user)

    if failed := attempt(request, assignment, act, page=work_page):
        return failed
    if request.POST.get("back") == "case":
        return redirect("network_case", reference)
    return to_work(reference, "nieuw-contact")


@role("member", "lead")
@require_POST
def contact(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a contact down; where it breaks what is agreed it is refused, or asked why to go on."""
    assignment = reading.held_or_404(request.user, reference)
    form = ContactForm(request.POST)
    if not form.is_valid():
        return work_page(request, assignment, status=422, contact_form=form)

    def act():
        contacts.write_contact(
            assignment, by=request.user, keyring=request.keyring, held_at=form.held_at, said=form.said
        )

    try:
        failed = attempt(request, assignment, act, page=work_page, contact_form=form)
    except NotRead:
        messages.warning(request, _("Lees eerst wat is afgesproken over contact. Wat je typte, staat er nog."))
        return work_page(request, assignment, status=409, contact_form=form)
    except Breaks as breaks:
        form.ask_why(breaks.breaches)
        return work_page(request, assignment, status=422, contact_form=form)
    if failed:
        return failed
    keeping.forget(assignment, "contact", by=request.user)
    messages.success(request, _("Het contact is bewaard."))
    return to_work(reference, "contacten")
