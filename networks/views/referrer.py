"""Contact with a referrer that the desk handed to the network: read, write, mark as read, give back."""

import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meldpunt.teams.access import role
from meldpunt.vault.crypto import CannotOpen
from networks import reading
from networks.forms.referrer import LetterForm
from networks.planning.threads import Thread, handed_to, threads_of
from networks.views.page import attempt, page_context, unlock_first
from signals.actions import contact, contact_writing, keeping
from signals.actions.mailbox import once_for
from signals.mailbox import standard_texts
from signals.models import Assignment, Handover
from signals.views.typed import start_with


def contact_page(request: HttpRequest, assignment: Assignment, *, status: int = 200, **typed) -> HttpResponse:
    """Show the threads of a letter; `typed` (letter_form with `letter_of`) carries what was filled in."""
    if request.keyring is None:
        return unlock_first(request, assignment)
    try:
        threads = threads_of(request.keyring, assignment)
    except CannotOpen:
        return render(request, "networks/no_key.html", page_context(request, assignment, "referrer"), status=403)
    drafts = keeping.kept_of(request.keyring, assignment)
    for number, thread in enumerate(threads):
        thread_form = typed.get("letter_form") if typed.get("letter_of") == thread.handover.pk else None
        thread.handover.form = thread_form or form_of(thread, initial=start_with({} if number else drafts, "message"))
        thread.handover.form.auto_id = f"id_{number}_%s"
    context = page_context(request, assignment, "referrer") | typed
    context |= {"threads": threads, "drafts": drafts, "form": typed.get("letter_form")}
    return render(request, "networks/referrer.html", context, status=status)


def form_of(thread: Thread, **given) -> LetterForm:
    """Return the form for a message, with standard texts in the language of the referrer."""
    texts = standard_texts.texts_for(thread.handover.signal.language)
    return LetterForm(texts=texts, first=not thread.wrote, **given)


def handover_or_404(request: HttpRequest, assignment: Assignment, pk) -> Handover:
    """Return a contact that the network has through this letter; raises Http404."""
    return get_object_or_404(handed_to(request.user, assignment), pk=pk)


@role("member", "lead")
@require_safe
def threads(request: HttpRequest, reference: str) -> HttpResponse:
    """Show every thread that was handed over; 404 where there is none."""
    assignment = reading.held_or_404(request.user, reference)
    if not handed_to(request.user, assignment).exists():
        raise Http404
    return contact_page(request, assignment)


@role("member", "lead")
@require_POST
def write(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Write to the referrer: first a standard text where that button was pressed."""
    assignment = reading.held_or_404(request.user, reference)
    handover = handover_or_404(request, assignment, pk)
    texts = standard_texts.texts_for(handover.signal.language)
    form = LetterForm(request.POST, texts=texts, first=not contact_writing.has_written(handover, request.user))
    typed = {"letter_form": form, "letter_of": handover.pk}
    if "pick" in request.POST:
        form.with_text()
        return contact_page(request, assignment, **typed)
    if not form.is_valid():
        return contact_page(request, assignment, status=422, **typed)
    given = form.cleaned_data
    once = once_for(handover.signal, bytes.fromhex(given["once"]))
    said = {"words": given["words"], "once": once, "read_terms": given.get("read_terms", False)}

    def act():
        gone_or(lambda: contact_writing.write(handover, by=request.user, keyring=request.keyring, **said))

    if failed := attempt(request, assignment, act, page=contact_page, **typed):
        return failed
    keeping.forget(assignment, "message", by=request.user)
    messages.success(request, _("Je bericht is verstuurd."))
    return redirect("network_referrer", reference)


def gone_or(act):
    """Call `act`; a contact that is no longer the network's is not there: Http404."""
    try:
        return act()
    except Handover.DoesNotExist as error:
        raise Http404 from error


@role("member", "lead")
@require_POST
def mark_read(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Mark as read what the page showed; nothing where it does not say up to which moment."""
    assignment = reading.held_or_404(request.user, reference)
    handover = handover_or_404(request, assignment, pk)
    if until := _moment(request.POST.get("until", "")):
        gone_or(lambda: contact_writing.mark_read(handover, by=request.user, until=until))
    return redirect("network_referrer", reference)


def _moment(typed: str) -> datetime.datetime | None:
    try:
        moment = datetime.datetime.fromisoformat(typed)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


@role("member", "lead")
@require_POST
def give_back(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Give the contact back to the desk, after a page that asks to confirm."""
    assignment = reading.held_or_404(request.user, reference)
    handover = handover_or_404(request, assignment, pk)
    if "confirmed" not in request.POST:
        context = page_context(request, assignment, "referrer") | {"handover": handover}
        return render(request, "networks/contact_back.html", context)
    if failed := attempt(request, assignment, lambda: gone_or(lambda: contact.give_back(handover, by=request.user))):
        return failed
    messages.success(request, _("Het contact met deze melder is weer bij het meldpunt."))
    return redirect("network_case", reference)
