"""Handing a case on: ask another network to take it over or to support, and take a request back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meldpunt.audit.log import record
from meldpunt.teams.access import role
from meldpunt.teams.models import Team, TeamKind
from networks import reading
from networks.actions import moving as acts
from networks.casework.work_page import notes_of
from networks.forms.moving import SupportForm, TransferForm
from networks.views.page import attempt, page_context, unlock_first
from signals.actions import keeping, moving
from signals.models import Assignment
from signals.views.typed import start_with
from signals.workflow import OPEN_ASSIGNMENT, AssignmentState


def others(assignment: Assignment) -> tuple[list[Assignment], list[Team]]:
    """Return the letters of other networks about this case that are open, and the networks that hold none."""
    letters = assignment.case.assignments.filter(state__in=OPEN_ASSIGNMENT).select_related("team")
    letters = list(letters.exclude(pk=assignment.pk).order_by("queued_at"))
    held = {assignment.team_id, *(letter.team_id for letter in letters)}
    networks = Team.objects.filter(kind=TeamKind.NETWORK, is_practice=assignment.team.is_practice)
    return letters, list(networks.exclude(pk__in=held).order_by("name"))


def notes_to_choose(keyring, assignment: Assignment) -> list[tuple[str, str]]:
    """Return (key, label) of each note of a letter, the newest first: who, when, the first words; read with the page."""
    found = notes_of(keyring, assignment)
    record("read", by=keyring.user, team=assignment.team, obj=assignment.case, purpose="notes")
    return [(acts.note_key(note), _label(note, said)) for note, said in found]


def _label(note, said: str) -> str:
    named = {"who": note.by.name, "day": date_format(note.at, "j b Y"), "words": Truncator(said).chars(60)}
    return _("Notitie van %(who)s, %(day)s: %(words)s") % named


def moving_page(request: HttpRequest, assignment: Assignment, *, status: int = 200, **typed) -> HttpResponse:
    """Show who works on this case beside us, and the forms; `typed` (transfer_form, support_form) carries what was typed."""
    if request.keyring is None:
        return unlock_first(request, assignment)
    letters, free = others(assignment)
    drafts = keeping.kept_of(request.keyring, assignment)
    transfer = typed.get("transfer_form")
    if transfer is None:
        notes = notes_to_choose(request.keyring, assignment) if moving.may_move(assignment, request.user) else []
        transfer = TransferForm(teams=free, notes=notes, initial=start_with(drafts, "transfer"))
    context = page_context(request, assignment, "moving") | {
        "letters": letters, "drafts": drafts, "may_move": moving.may_move(assignment, request.user),
        "waiting": moving.waiting_transfer(assignment), "form": next(iter(typed.values()), None),
        "transfer_form": transfer,
        "support_form": SupportForm(teams=free), "refusals": acts.refusals_of(request.keyring, assignment),
    } | typed  # fmt: skip
    return render(request, "networks/moving.html", context, status=status)


@role("member", "lead")
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the page; a POST asks another network to take over, after a page that says what that means."""
    assignment = reading.held_or_404(request.user, reference)
    if assignment.state == AssignmentState.DELIVERED:
        return redirect("network_case", reference)
    if request.method != "POST":
        return moving_page(request, assignment)
    if request.keyring is None:
        return unlock_first(request, assignment)
    notes = notes_to_choose(request.keyring, assignment)
    form = TransferForm(request.POST, teams=others(assignment)[1], notes=notes)
    if not form.is_valid() or "change" in request.POST:
        return moving_page(request, assignment, status=422 if form.errors else 200, transfer_form=form)
    if "confirmed" not in request.POST:
        given = {name: form.cleaned_data[name] for name in ("wanted", "words")}
        context = page_context(request, assignment, "moving") | {"form": form}
        context["parcel"] = acts.preview_of(request.keyring, assignment, **given)
        return render(request, "networks/confirm_transfer.html", context)

    def act():
        acts.ask_transfer(assignment, by=request.user, keyring=request.keyring, **form.cleaned_data)

    if failed := attempt(request, assignment, act, page=moving_page, transfer_form=form):
        return failed
    keeping.forget(assignment, "transfer", by=request.user)
    messages.success(request, _("De vraag is verstuurd. Tot zij ja zeggen, blijft de zaak van jullie."))
    return redirect("network_moving", reference)


@role("member", "lead")
@require_POST
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the request back."""
    assignment = reading.held_or_404(request.user, reference)
    waiting = moving.waiting_transfer(assignment)
    if waiting is None:
        raise Http404

    def act():
        moving.withdraw_transfer(waiting, by=request.user, keyring=request.keyring)

    if failed := attempt(request, assignment, act, page=moving_page):
        return failed
    messages.success(request, _("De vraag is ingetrokken. De zaak blijft van jullie."))
    return redirect("network_moving", reference)


@role("member", "lead")
@require_POST
def support(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask a network to support."""
    assignment = reading.held_or_404(request.user, reference)
    form = SupportForm(request.POST, teams=others(assignment)[1])
    if not form.is_valid():
        return moving_page(request, assignment, status=422, support_form=form)

    def act():
        moving.ask_support(assignment, by=request.user, keyring=request.keyring, **form.cleaned_data)

    if failed := attempt(request, assignment, act, page=moving_page, support_form=form):
        return failed
    messages.success(request, _("De vraag om steun is verstuurd."))
    return redirect("network_moving", reference)
