"""One action: read it, change it, say that it is done or not needed any more, open it again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meldpunt.audit.log import record
from meldpunt.teams.access import role
from meldpunt.vault.unlocking import Locked
from networks import reading
from networks.actions import casework
from networks.actions.casework import WRITABLE
from networks.casework.work_page import ShownAction, shown_action
from networks.forms.work import ChangeActionForm, SettleForm
from networks.models import Action, ActionState
from networks.views.clash import clash
from networks.views.page import page_context, unlock_first
from networks.views.typed import ACTION_FORMS
from networks.views.work import to_work
from signals.actions import Clash, keeping
from signals.models import Assignment
from signals.views.typed import keep_all, start_with
from signals.workflow import NotAllowed


def action_page(request: HttpRequest, action: Action, *, status: int = 200, **typed) -> HttpResponse:
    """Show one action with its forms; `typed` (change_form, settle_form) carry what was filled in."""
    shown = shown_action(request.keyring, action)
    drafts = keeping.kept_of(request.keyring, action)
    workers = reading.workers_of(action.assignment)
    said = {"version": action.version}
    forms = {
        "change_form": ChangeActionForm(workers=workers, initial=as_it_is(shown) | start_with(drafts, "change") | said),
        "settle_form": SettleForm(initial=start_with(drafts, "settle", result=shown.said.result) | said),
    }
    context = page_context(request, action.assignment, "work") | forms | typed
    context |= {
        "shown": shown, "drafts": drafts, "form": next(iter(typed.values()), None),
        "may_write": action.assignment.state in WRITABLE, "is_open": action.state == ActionState.OPEN,
    }  # fmt: skip
    record("read", by=request.user, team=action.assignment.team, obj=action)
    return render(request, "networks/action.html", context, status=status)


def as_it_is(shown: ShownAction) -> dict:
    """Return what an action says, as initial values of its form."""
    row = shown.row
    return {"kind": row.kind, "words": shown.said.words, "owner": row.owner_id, "due_on": row.due_on}


def tried(request: HttpRequest, action: Action, form, act, **typed) -> HttpResponse | None:
    """Call `act`; return None where it succeeded, else the answer: locked, overtaken (409 with both values), or gone."""
    reference = action.assignment.case.reference
    try:
        act()
    except Locked:
        return unlock_first(request, action.assignment, thing=action)
    except Assignment.DoesNotExist as error:
        raise Http404 from error
    except (Clash, NotAllowed) as error:
        now = reading.action_or_404(request.user, reference, action.pk)
        keep_all(request, now, ACTION_FORMS)
        if isinstance(error, Clash) and now.state == ActionState.OPEN:
            return clash(request, now, form)
        messages.warning(request, _("Een collega was je voor: deze actie is veranderd. Kijk wat er nu staat."))
        form.renew(now.version)
        return action_page(request, now, status=409, **typed)
    return None


@role("member", "lead")
@require_http_methods(["GET", "HEAD", "POST"])
def action(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Show an action, or change what it says."""
    found = reading.action_or_404(request.user, reference, pk)
    if request.keyring is None:
        return unlock_first(request, found.assignment, thing=found)
    if request.method != "POST":
        return action_page(request, found)
    form = ChangeActionForm(
        request.POST, workers=reading.workers_of(found.assignment), initial={"due_on": found.due_on}
    )
    if not form.is_valid():
        return action_page(request, found, status=422, change_form=form)

    def act():
        casework.change_action(found, by=request.user, keyring=request.keyring, **form.cleaned_data)

    if failed := tried(request, found, form, act, change_form=form):
        return failed
    keeping.forget(found, "change", by=request.user)
    messages.success(request, _("De actie is veranderd."))
    return to_work(reference, "acties")


@role("member", "lead")
@require_POST
def settle(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Say that an action is done, or (`drop`) that it is not needed any more."""
    found = reading.action_or_404(request.user, reference, pk)
    if request.keyring is None:
        return unlock_first(request, found.assignment, thing=found)
    form = SettleForm(request.POST)
    if not form.is_valid():
        return action_page(request, found, status=422, settle_form=form)
    drop = "drop" in request.POST

    def act():
        write = casework.drop_action if drop else casework.finish_action
        write(found, by=request.user, keyring=request.keyring, **form.cleaned_data)

    if failed := tried(request, found, form, act, settle_form=form):
        return failed
    keeping.forget(found, "settle", by=request.user)
    messages.success(request, _("De actie is vervallen.") if drop else _("De actie is klaar."))
    return to_work(reference, "acties")


@role("member", "lead")
@require_POST
def take_up_again(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Open an action that was done or dropped."""
    found = reading.action_or_404(request.user, reference, pk)
    try:
        casework.take_up_again(found, by=request.user, version=found.version)
    except Assignment.DoesNotExist as error:
        raise Http404 from error
    except (Clash, NotAllowed):
        messages.warning(request, _("Een collega was je voor: deze actie is veranderd. Kijk wat er nu staat."))
    else:
        messages.success(request, _("De actie staat weer open."))
    return redirect("network_action", reference, pk)
