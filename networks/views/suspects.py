"""Suspects of a case, for the leads and for whom a lead lets in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldpunt.teams.access import role
from meldpunt.teams.models import Role
from meldpunt.vault.crypto import CannotOpen
from networks import reading
from networks.actions import suspects as acts
from networks.actions.casework import WRITABLE
from networks.circle.reading import suspects_of
from networks.forms.circle import ChangeSuspectForm, SuspectForm
from networks.models import Suspect, SuspectAccess
from networks.views.page import attempt, page_context, unlock_first
from signals.actions import keeping
from signals.desk.revealing import Kind, is_revealed
from signals.models import Assignment
from signals.sharing.door import shared_for
from signals.views.typed import start_with
from signals.workflow import AssignmentState


def _allowed_or_403(request: HttpRequest, reference: str) -> Assignment:
    letter = reading.held_or_404(request.user, reference)
    if letter.state == AssignmentState.DELIVERED:
        raise Http404
    if not acts.may_see(request.user, letter):
        raise PermissionDenied
    return letter


def suspects_page(request: HttpRequest, assignment: Assignment, *, status: int = 200, **typed) -> HttpResponse:
    """Show the suspects of a letter; `typed` (suspect_form, or change_form with `changing`) carries what was filled in."""
    if request.keyring is None:
        return unlock_first(request, assignment)
    try:
        shown, named = suspects_of(request.keyring, assignment)
    except CannotOpen:
        return render(request, "networks/no_key.html", page_context(request, assignment, "circle"), status=403)
    drafts, changing = keeping.kept_of(request.keyring, assignment), typed.pop("changing", None)
    rows = []
    for one in shown:
        mine = typed.get("change_form") if one.row.pk == changing else None
        values = vars(one.said) | {"version": one.row.version}
        rows.append((one, mine or ChangeSuspectForm(initial=values, auto_id=f"id_{one.row.pk.hex}_%s")))
    leads = request.user.role_in(assignment.team) == Role.LEAD
    context = page_context(request, assignment, "circle")
    context |= {"suspect_form": SuspectForm(initial=start_with(drafts, "suspect")), "colleagues": []} | typed
    if leads:
        seen_by = SuspectAccess.objects.visible_to(request.user).current().filter(assignment=assignment)
        let_in = set(seen_by.values_list("user", flat=True))
        workers = reading.workers_of(assignment)
        context["colleagues"] = [
            (user, user.pk in let_in) for user in workers if user.role_in(assignment.team) != Role.LEAD
        ]
    context |= {
        "shown_now": is_revealed(request, Kind.SUSPECT, assignment.case), "rows": rows, "named": named, "leads": leads,
        "drafts": drafts, "may_write": assignment.state in WRITABLE, "form": next((one for one in typed.values()), None),
        "back_to": reverse("network_suspects", args=[assignment.case.reference]),
    }  # fmt: skip
    return render(request, "networks/suspects.html", context, status=status)


def to_suspects(reference: str) -> HttpResponse:
    """Go to the page of the suspects."""
    return redirect(reverse("network_suspects", args=[reference]))


@role("member", "lead")
@require_safe
def suspects(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the suspects."""
    return suspects_page(request, _allowed_or_403(request, reference))


@role("member", "lead")
@require_POST
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a suspect down."""
    letter, form = _allowed_or_403(request, reference), SuspectForm(request.POST)
    if not form.is_valid():
        return suspects_page(request, letter, status=422, suspect_form=form)

    def act():
        acts.add_suspect(letter, by=request.user, keyring=request.keyring, said=form.said)

    if failed := attempt(request, letter, act, page=suspects_page, suspect_form=form):
        return failed
    keeping.forget(letter, "suspect", by=request.user)
    messages.success(request, _("Bewaard."))
    return to_suspects(reference)


@role("member", "lead")
@require_POST
def take_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down everybody whom the reports name."""
    letter = _allowed_or_403(request, reference)

    def act():
        shared = shared_for(request.keyring, letter)
        acts.take_over_named(letter, by=request.user, keyring=request.keyring, named=shared.suspects)

    if failed := attempt(request, letter, act, page=suspects_page):
        return failed
    return to_suspects(reference)


@role("member", "lead")
@require_POST
def change(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Change what is known of a suspect."""
    letter, row = _one(request, reference, pk)
    form = ChangeSuspectForm(request.POST)
    if not form.is_valid():
        return suspects_page(request, letter, status=422, change_form=form, changing=row.pk)

    def act():
        version = form.cleaned_data["version"]
        acts.change_suspect(row, by=request.user, keyring=request.keyring, version=version, said=form.said)

    def again(request, now, *, status, change_form):
        row.refresh_from_db(fields=["version"])
        change_form.renew(row.version)
        return suspects_page(request, now, status=status, change_form=change_form, changing=row.pk)

    if failed := attempt(request, letter, act, page=again, change_form=form):
        return failed
    messages.success(request, _("Dat is veranderd."))
    return to_suspects(reference)


@role("member", "lead")
@require_POST
def remove(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Take away who is no suspect."""
    letter, row = _one(request, reference, pk)

    def act():
        acts.remove_suspect(row, by=request.user, version=row.version)

    if failed := attempt(request, letter, act, page=suspects_page):
        return failed
    messages.success(request, _("Deze persoon staat hier niet meer."))
    return to_suspects(reference)


def _one(request: HttpRequest, reference: str, pk) -> tuple[Assignment, Suspect]:
    letter = _allowed_or_403(request, reference)
    row = get_object_or_404(Suspect.objects.visible_to(request.user).current(), pk=pk, assignment=letter)
    row.assignment = letter
    return letter, row


@role("member", "lead")
@require_http_methods(["POST"])
def who_sees(request: HttpRequest, reference: str) -> HttpResponse:
    """Let a colleague see the suspects of this case, or not any more; only a lead does."""
    letter = _allowed_or_403(request, reference)
    user = next((one for one in reading.workers_of(letter) if str(one.pk) == request.POST.get("user")), None)
    if user is None:
        raise Http404

    def act():
        write = acts.keep_out if "not" in request.POST else acts.let_in
        write(letter, by=request.user, user=user)

    if failed := attempt(request, letter, act, page=suspects_page):
        return failed
    return to_suspects(reference)
