"""Files of the network about a case: add one, save one, mark one as not to be opened. Nothing is previewed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meldpunt.teams.access import confirmed, role, unlocked
from meldpunt.vault.crypto import CannotOpen
from networks import reading
from networks.actions import files as actions
from networks.actions.casework import WRITABLE
from networks.casework.own_work import may_read
from networks.forms.work import CaseFileForm
from networks.models import CaseFile
from networks.views.page import attempt, page_context
from networks.views.work import to_work, work_page
from signals.cleaning.kinds import Refused
from signals.files import listing
from signals.files.uploads import FAILED, TOO_MANY, Received, take, taking_a_file
from signals.forms.files import HoldForm, ReleaseForm
from signals.models import Assignment
from signals.views.desk_files import as_download
from signals.workflow import NotAllowed


def sentence(code: str, received: Received | None) -> str:
    """Return what to tell about a file that was refused with `code`."""
    if code == TOO_MANY:
        return _("Bij deze zaak staan al veertig bestanden. Meer kan niet.")
    if code == FAILED and received is not None:
        return _("‘%(name)s’ bewaren lukt nu niet. Probeer het later nog een keer.") % {"name": received.name}
    return listing.sentence(code, received)


@role("member", "lead")
@require_POST
@taking_a_file
@unlocked
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a file to a case of the own network: cleaned, scanned and sealed as every file is."""
    assignment = reading.held_or_404(request.user, reference)
    code = ""
    try:
        if request.received is not None:
            return _kept(request, assignment, reference)
    except Refused as refusal:
        code = refusal.args[0]
    form = CaseFileForm({})
    form.add_error("file", sentence(code, request.received))
    return work_page(request, assignment, status=422, file_form=form)


def _kept(request: HttpRequest, assignment, reference: str) -> HttpResponse:
    note = take(request.received)

    def act():
        actions.add_file(assignment, by=request.user, keyring=request.keyring, note=note)

    if failed := attempt(request, assignment, act, page=work_page):
        return failed
    messages.success(request, _("Het bestand is bewaard."))
    return to_work(reference, "bestanden")


def _file_or_404(request: HttpRequest, reference: str, pk) -> CaseFile:
    """Return a file of a case that the own network holds and this user reads, with its letter; raises Http404."""
    assignment = reading.held_or_404(request.user, reference)
    found = CaseFile.objects.visible_to(request.user).filter(assignment=assignment).select_related("held_by")
    row = get_object_or_404(found, pk=pk)
    row.assignment = assignment
    if not may_read(request.user, assignment, row):
        raise Http404
    return row


def _page(request: HttpRequest, row: CaseFile, form=None, *, status: int = 200) -> HttpResponse:
    """The procedure for a file that is marked, or the question whether to mark it."""
    context = page_context(request, row.assignment, "work") | {
        "row": row, "by_me": row.held_by_id == request.user.pk, "form": form or (ReleaseForm() if row.held_at else HoldForm()),
        "may_write": row.assignment.state in WRITABLE,
    }  # fmt: skip
    return render(request, "networks/file_held.html" if row.held_at else "networks/file_hold.html", context, status=status)


@role("member", "lead")
@unlocked
@require_POST
def save(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Give a file to save; the browser never shows it. A marked one only for the police, see `_for_police`."""
    row = _file_or_404(request, reference, pk)
    if row.held_at:
        return _for_police(request, row) if request.POST.get("police") == "1" else _page(request, row, status=403)
    return _download(request, row, purpose="download")


@confirmed
def _for_police(request: HttpRequest, row: CaseFile) -> HttpResponse:
    """The one step that the procedure leaves: hand the file over, with the second factor given just now."""
    return _download(request, row, purpose="police")


def _download(request: HttpRequest, row: CaseFile, *, purpose: str) -> HttpResponse:
    try:
        note, pieces = listing.opened(request.keyring, row, act="export", purpose=purpose)
    except CannotOpen:
        messages.error(request, _("Dit bestand is er niet meer, of het is beschadigd."))
        return to_work(row.assignment.case.reference, "bestanden")
    return as_download(note, pieces)


@role("member", "lead")
@unlocked
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Mark a file as not to be opened; what to do then stands on the same address."""
    row = _file_or_404(request, reference, pk)
    form = HoldForm(request.POST or None)
    if row.held_at or request.method != "POST" or not form.is_valid():
        shown = None if row.held_at else form
        return _page(request, row, shown, status=422 if request.method == "POST" and not row.held_at else 200)
    try:
        actions.hold_file(row, by=request.user, keyring=request.keyring, **form.cleaned_data)
    except Assignment.DoesNotExist as error:
        raise Http404 from error
    except NotAllowed:
        messages.warning(request, _("Een collega was je voor: de zaak is veranderd. Kijk wat er nu staat."))
    return redirect("network_hold_file", reference, pk)


@role("member", "lead")
@unlocked
@require_POST
def release(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Take the mark off again: a colleague of who put it there, with a reason."""
    row = _file_or_404(request, reference, pk)
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form if row.held_at else None, status=422)
    try:
        actions.release_file(row, by=request.user, keyring=request.keyring, **form.cleaned_data)
    except Assignment.DoesNotExist as error:
        raise Http404 from error
    except NotAllowed:
        return _page(request, row, form, status=409)
    messages.success(request, _("Het bestand mag weer open."))
    return to_work(reference, "bestanden")
