"""Files at the desk: save one, look at a picture on request, mark one as not to be opened, and what then."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldpunt.teams.access import confirmed, role, unlocked
from meldpunt.vault.crypto import CannotOpen
from signals.actions import files as actions
from signals.actions import keeping
from signals.content import FileNote
from signals.files import listing as files
from signals.forms.files import HoldForm, ReleaseForm
from signals.models import Attachment
from signals.queue.rail import desk_rail
from signals.views.typed import unlocked_or_kept
from signals.workflow import NotAllowed

ALONE = "sandbox; default-src 'none'"


def _file_or_404(request: HttpRequest, reference: str, pk) -> Attachment:
    """Return the file where this user may see it and it belongs to that signal; raises Http404."""
    found = Attachment.objects.visible_to(request.user).select_related("held_by", "signal")
    return get_object_or_404(found.defer("signal__report", "signal__headline"), pk=pk, signal__reference=reference)


def _page(request: HttpRequest, row: Attachment, name: str, *, status: int = 200, **more) -> HttpResponse:
    context = desk_rail(request.user, "queue") | {
        "signal": row.signal,
        "row": row,
        "by_me": row.held_by_id == request.user.pk,
        **more,
    }
    return render(request, f"signals/desk/{name}.html", context, status=status)


def _procedure(request: HttpRequest, row: Attachment, *, status: int = 200, form=None) -> HttpResponse:
    return _page(request, row, "file_held", status=status, form=form or ReleaseForm())


def _gone(request: HttpRequest, row: Attachment) -> HttpResponse:
    messages.error(request, _("Dit bestand is er niet meer, of het is beschadigd."))
    return redirect("signal", row.signal.reference)


@role("coordinator")
@unlocked
@require_POST
def save(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Give the file to save; the browser never shows it. A marked one only for the police, see `for_police`."""
    row = _file_or_404(request, reference, pk)
    if row.held_at:
        return _for_police(request, row) if request.POST.get("police") == "1" else _procedure(request, row, status=403)
    return _download(request, row, purpose="download")


@confirmed
def _for_police(request: HttpRequest, row: Attachment) -> HttpResponse:
    """The one step that the procedure leaves: hand the file over, with the second factor given just now."""
    return _download(request, row, purpose="police")


def _download(request: HttpRequest, row: Attachment, *, purpose: str) -> HttpResponse:
    try:
        note, pieces = files.opened(request.keyring, row, act="export", purpose=purpose)
    except CannotOpen:
        return _gone(request, row)
    return as_download(note, pieces)


def as_download(note: FileNote, pieces: Iterator[bytes]) -> HttpResponse:
    """Return a file as the browser saves it: under its name, as bytes, and closed to everything."""
    response = StreamingHttpResponse(pieces, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, note.name)
    response.headers["Content-Length"] = str(note.size)
    response.headers["Content-Security-Policy"] = ALONE
    return response


@role("coordinator")
@unlocked
@require_safe
def look(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """A page with one picture, blurred until somebody wants to see it."""
    row = _file_or_404(request, reference, pk)
    if row.held_at:
        return _procedure(request, row)
    shown = next((one for one in files.for_desk(request.keyring, row.signal) if one.row.pk == row.pk), None)
    if shown is None or not shown.is_picture:
        raise Http404
    return _page(request, row, "file_look", shown=shown, form=HoldForm())


@role("coordinator")
@unlocked
@require_safe
def picture(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """The picture itself, as it was written anew; only into a page of ours, never into a window of its own."""
    row = _file_or_404(request, reference, pk)
    if row.held_at or request.headers.get("Sec-Fetch-Dest", "image") != "image":
        return _procedure(request, row, status=403) if row.held_at else redirect("look_at_file", reference, pk)
    try:
        note, pieces = files.opened(request.keyring, row, act="read", purpose="preview")
    except CannotOpen:
        raise Http404 from None
    if note.suffix not in files.PICTURES:
        raise Http404
    response = StreamingHttpResponse(pieces, content_type=files.PICTURES[note.suffix])
    response.headers["Content-Disposition"] = "inline"
    response.headers["Content-Security-Policy"] = ALONE
    return response


@role("coordinator")
@unlocked_or_kept("signal")
@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Mark a file as not to be opened; what to do then stands on the same address."""
    row = _file_or_404(request, reference, pk)
    if row.held_at:
        return _procedure(request, row)
    form = HoldForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, row, "file_hold", form=form, status=422 if form.errors else 200)
    try:
        actions.hold(row, by=request.user, keyring=request.keyring, words=form.cleaned_data["words"])
    except NotAllowed:
        messages.warning(request, _("Een collega heeft dit bestand al gemarkeerd."))
    keeping.forget(row.signal, "hold", by=request.user)
    return redirect(reverse("hold_file", args=[reference, pk]))


@role("coordinator")
@unlocked_or_kept("signal")
@require_POST
def release(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Take the mark off again: a colleague of who put it there, with a reason."""
    row = _file_or_404(request, reference, pk)
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return _procedure(request, row, status=422, form=form)
    try:
        actions.release(row, by=request.user, keyring=request.keyring, words=form.cleaned_data["words"])
    except NotAllowed:
        return _procedure(request, row, status=409)
    keeping.forget(row.signal, "release", by=request.user)
    messages.success(request, _("Het bestand mag weer open."))
    return redirect("signal", reference)
