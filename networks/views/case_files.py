"""Files of the network about a case: add one, save one. Nothing is previewed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meldpunt.teams.access import role, unlocked
from meldpunt.vault.crypto import CannotOpen
from networks import reading
from networks.actions import files as actions
from networks.forms.work import CaseFileForm
from networks.models import CaseFile
from networks.views.page import attempt
from networks.views.work import to_work, work_page
from signals.cleaning.kinds import Refused
from signals.files import listing
from signals.files.uploads import FAILED, TOO_MANY, Received, take, taking_a_file
from signals.views.desk_files import ALONE


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


@role("member", "lead")
@unlocked
@require_POST
def save(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Give a file to save; the browser never shows it."""
    assignment = reading.held_or_404(request.user, reference)
    row = get_object_or_404(CaseFile.objects.visible_to(request.user).filter(assignment=assignment), pk=pk)
    try:
        note, pieces = listing.opened(request.keyring, row, act="export", purpose="download")
    except CannotOpen:
        messages.error(request, _("Dit bestand is er niet meer, of het is beschadigd."))
        return to_work(reference, "bestanden")
    response = StreamingHttpResponse(pieces, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, note.name)
    response.headers["Content-Length"] = str(note.size)
    response.headers["Content-Security-Policy"] = ALONE
    return response
