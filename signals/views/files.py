"""Sending files along: one at a time, in the form and later with the code."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from meldpunt.teams.access import public
from meldpunt.teams.limits import allow
from signals.actions.files import add_later, keep_in_draft, take_from_draft
from signals.cleaning.kinds import Refused
from signals.content import FileNote
from signals.files import listing as files
from signals.files.uploads import BUSY, MOST, TOO_MANY, take, taking_a_file
from signals.filing import drafts
from signals.forms.files import LaterFileForm
from signals.mailbox import visits
from signals.views.filing import FROM_CHECK, address_of, form_for, go_to, step_page
from signals.views.leaving import gone
from signals.views.returning import lapsed, see_thread, thread_page


def _taken(request: HttpRequest, already: int) -> FileNote:
    """Take the file of this request in; raises Refused."""
    if already >= MOST:
        raise Refused(TOO_MANY)
    if not allow(request, "upload", settings.UPLOADS_PER_SOURCE):
        raise Refused(BUSY)
    return take(request.received)


def _back_to_the_step(request: HttpRequest, who: str) -> HttpResponse:
    """Go to the step with the files; who came from the check page goes back there from it."""
    return go_to(address_of(who, "files") + (f"?{FROM_CHECK}=1" if FROM_CHECK in request.GET else ""))


@public
@require_http_methods(["GET", "HEAD", "POST"])
@taking_a_file
def add(request: HttpRequest) -> HttpResponse:
    """Add a file to the filing that is under way, and show the list with it."""
    draft = drafts.open_draft(request)
    if draft is None or draft.sent:
        return redirect("file_receipt") if draft else gone(request)
    onward = _back_to_the_step(request, draft.data["who"])
    if request.method != "POST":
        return onward
    code, request.page_address = "", onward.url
    try:
        if request.received is not None:
            kept = keep_in_draft(request, onward, _taken(request, len(draft.data.get("files", ()))))
            return onward if kept else gone(request)
    except Refused as refusal:
        code = refusal.args[0]
    form = form_for("files", draft.data, {})
    form.add_error("file", files.sentence(code, request.received))
    return step_page(request, "files", draft.data, form)


@public
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Take a file out of the filing that is under way."""
    draft = drafts.open_draft(request)
    if draft is None or draft.sent:
        return redirect("file_receipt") if draft else gone(request)
    onward = _back_to_the_step(request, draft.data["who"])
    if not take_from_draft(request, onward, request.POST.get("file", "")):
        raise Http404
    return onward


@public
@require_POST
@taking_a_file
def add_with_code(request: HttpRequest) -> HttpResponse:
    """Add a file to what was filed before."""
    visit = visits.open_visit(request)
    if visit is None:
        return lapsed(request)
    if "new_code" in visit.data:
        return redirect("new_code")
    code, request.page_address = "", reverse("thread")
    try:
        if request.received is not None:
            add_later(visit.signal, ring=visit.ring, note=_taken(request, 0))
            return see_thread("4")
    except Refused as refusal:
        code = refusal.args[0]
    form = LaterFileForm({})
    form.add_error("file", files.sentence(code, request.received))
    return thread_page(request, visit, status=422, file_form=form)
