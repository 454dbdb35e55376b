"""One goal of the plan: read it, say how it goes, change it, plan an action for it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meldpunt.teams.access import role
from meldpunt.vault.unlocking import Locked
from networks import reading
from networks.actions import casework, plans
from networks.actions.casework import WRITABLE
from networks.casework.own_work import may_read
from networks.forms.plan import ChangeGoalForm, HowForm
from networks.forms.work import ActionForm
from networks.models import Goal
from networks.planning.plan_page import goal_of
from networks.views.page import page_context, unlock_first
from networks.views.plan_clash import goal_clash
from networks.views.typed import GOAL_FORMS
from signals.actions import Clash, keeping
from signals.models import Assignment
from signals.views.typed import keep_all, start_with
from signals.workflow import NotAllowed


def goal_or_404(request: HttpRequest, reference: str, pk) -> Goal:
    """Return a goal of the case `reference` with its letter, where this user reads it; raises Http404."""
    letter = reading.held_or_404(request.user, reference)
    found = Goal.objects.visible_to(request.user).select_related("owner", "by")
    goal = get_object_or_404(found, pk=pk, assignment=letter)
    goal.assignment = letter
    if not may_read(request.user, letter, goal):
        raise Http404
    return goal


def goal_page(request: HttpRequest, goal: Goal, *, status: int = 200, **typed) -> HttpResponse:
    """Show one goal; `typed` (how_form, goal_form, action_form) carries what was filled in."""
    shown = goal_of(request.keyring, goal)
    drafts = keeping.kept_of(request.keyring, goal)
    workers = reading.workers_of(goal.assignment)
    said = {"words": shown.said.words, "who": shown.said.who, "owner": goal.owner_id, "due_on": goal.due_on}
    version = {"version": goal.version}
    forms = {
        "how_form": HowForm(initial=start_with(drafts, "how", state=goal.state) | version),
        "goal_form": ChangeGoalForm(workers=workers, initial=start_with(drafts, "goal", **said) | version),
        "action_form": ActionForm(workers=workers, initial=start_with(drafts, "action", owner=request.user.pk)),
    }
    context = page_context(request, goal.assignment, "plan") | forms | typed
    context |= {
        "shown": shown, "drafts": drafts, "form": next(iter(typed.values()), None),
        "may_write": goal.assignment.state in WRITABLE,
    }  # fmt: skip
    return render(request, "networks/goal.html", context, status=status)


def tried(request: HttpRequest, goal: Goal, form, act, **typed) -> HttpResponse | None:
    """Call `act`; return None where it succeeded, else the answer: locked, overtaken (409 with both values), or gone."""
    try:
        act()
    except Locked:
        return unlock_first(request, goal.assignment, thing=goal)
    except Assignment.DoesNotExist as error:
        raise Http404 from error
    except (Clash, NotAllowed) as error:
        now = goal_or_404(request, goal.assignment.case.reference, goal.pk)
        keep_all(request, now, GOAL_FORMS)
        if isinstance(error, Clash):
            return goal_clash(request, now, form)
        messages.warning(request, _("Een collega was je voor: de zaak is veranderd. Kijk wat er nu staat."))
        return goal_page(request, now, status=409, **typed)
    return None


def _done(request: HttpRequest, goal: Goal, form: str, said: str) -> HttpResponse:
    keeping.forget(goal, form, by=request.user)
    messages.success(request, said)
    return redirect("network_goal", goal.assignment.case.reference, goal.pk)


@role("member", "lead")
@require_http_methods(["GET", "HEAD", "POST"])
def goal(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Show a goal, or change what it says."""
    found = goal_or_404(request, reference, pk)
    if request.keyring is None:
        return unlock_first(request, found.assignment, thing=found)
    if request.method != "POST":
        return goal_page(request, found)
    workers = reading.workers_of(found.assignment)
    form = ChangeGoalForm(request.POST, workers=workers, initial={"due_on": found.due_on})
    if not form.is_valid():
        return goal_page(request, found, status=422, goal_form=form)

    def act():
        plans.change_goal(found, by=request.user, keyring=request.keyring, **form.cleaned_data)

    failed = tried(request, found, form, act, goal_form=form)
    return failed or _done(request, found, "goal", _("Het doel is veranderd."))


@role("member", "lead")
@require_POST
def how(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Say how a goal goes."""
    found = goal_or_404(request, reference, pk)
    if request.keyring is None:
        return unlock_first(request, found.assignment, thing=found)
    form = HowForm(request.POST)
    if not form.is_valid():
        return goal_page(request, found, status=422, how_form=form)

    def act():
        plans.say_how(found, by=request.user, keyring=request.keyring, **form.cleaned_data)

    failed = tried(request, found, form, act, how_form=form)
    return failed or _done(request, found, "how", _("Bewaard hoe het gaat."))


@role("member", "lead")
@require_POST
def plan_action(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Plan an action for a goal."""
    found = goal_or_404(request, reference, pk)
    if request.keyring is None:
        return unlock_first(request, found.assignment, thing=found)
    form = ActionForm(request.POST, workers=reading.workers_of(found.assignment))
    if not form.is_valid():
        return goal_page(request, found, status=422, action_form=form)
    given = form.cleaned_data | {"goal": found}

    def act():
        casework.plan_action(found.assignment, by=request.user, keyring=request.keyring, **given)

    failed = tried(request, found, form, act, action_form=form)
    return failed or _done(request, found, "action", _("De actie is gepland."))
