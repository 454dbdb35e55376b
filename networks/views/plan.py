"""The page of the plan: who coordinates, who is the contact, what the person wants, and goals."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meldpunt.teams.access import role
from networks import reading
from networks.actions import coordination, plans
from networks.actions.casework import WRITABLE
from networks.forms.plan import AppointForm, GoalForm, WishForm
from networks.models import Post
from networks.planning.plan_page import Plan, plan_of
from networks.views.page import attempt, page_context, unlock_first
from networks.views.plan_clash import wish_clash
from signals.actions import keeping
from signals.models import Assignment
from signals.views.typed import start_with
from signals.workflow import AssignmentState


def to_plan(reference: str, place: str = "") -> HttpResponse:
    """Go to a place on the page of the plan."""
    return redirect(reverse("network_plan", args=[reference]) + (f"#{place}" if place else ""))


def plan_page(request: HttpRequest, assignment: Assignment, *, status: int = 200, **typed) -> HttpResponse:
    """Show the plan of a letter; `typed` (wish_form, goal_form, post_forms by post) carries what was filled in."""
    if request.keyring is None:
        return unlock_first(request, assignment)
    found = plan_of(request.keyring, assignment)
    drafts = keeping.kept_of(request.keyring, assignment)
    workers = reading.workers_of(assignment)
    said = {"wish": found.said.wish, "made_with": found.said.made_with} if found.said else {}
    forms = {
        "wish_form": WishForm(initial=start_with(drafts, "wish", **said) | {"version": version_of(found)}),
        "goal_form": GoalForm(workers=workers, initial=start_with(drafts, "goal")),
    }
    posts = post_cards(found, workers, drafts, typed.pop("post_form", None))
    context = page_context(request, assignment, "plan") | forms | typed
    context |= {
        "plan": found, "drafts": drafts, "posts": posts, "may_write": assignment.state in WRITABLE,
        "form": next((card["form"] for card in posts if card["form"].is_bound), next(iter(typed.values()), None)),
    }  # fmt: skip
    return render(request, "networks/plan.html", context, status=status)


def version_of(found: Plan) -> int:
    """Return the version of the wish, 0 where nothing was written."""
    return found.wish.version if found.wish else 0


def post_cards(found: Plan, workers: list, drafts: dict, typed: AppointForm | None) -> list[dict]:
    """Return for each post who has it, who had it, and the form to give it to somebody else."""
    cards = []
    for post in Post:
        now = found.posts.get(post)
        initial = start_with(drafts, f"post_{post}") | {"instead_of": str(now.row.pk) if now else ""}
        form = typed if typed is not None and typed.post == post else None
        cards.append({
            "post": post, "now": now, "before": [one for one in found.before if one.row.post == post],
            "form": form or AppointForm(post=post, workers=workers, initial=initial),
            "open": form is not None or f"post_{post}" in drafts,
        })  # fmt: skip
    return cards


def closed(request: HttpRequest, reference: str, assignment: Assignment) -> HttpResponse | None:
    """Lead to the letter where nobody has opened it yet; None where it is open."""
    return redirect("network_case", reference) if assignment.state == AssignmentState.DELIVERED else None


@role("member", "lead")
@require_safe
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the plan."""
    assignment = reading.held_or_404(request.user, reference)
    return closed(request, reference, assignment) or plan_page(request, assignment)


@role("member", "lead")
@require_POST
def appoint(request: HttpRequest, reference: str, post: str) -> HttpResponse:
    """Give a post to somebody."""
    assignment = reading.held_or_404(request.user, reference)
    if post not in Post:
        raise Http404
    form = AppointForm(request.POST, post=post, workers=reading.workers_of(assignment))
    if not form.is_valid():
        return plan_page(request, assignment, status=422, post_form=form)

    def act():
        coordination.appoint(assignment, by=request.user, keyring=request.keyring, **form.act())

    def again(request, now, *, status, post_form):
        current = now.appointments.filter(post=post, until=None).values_list("pk", flat=True).first()
        post_form.renew(current)
        return plan_page(request, now, status=status, post_form=post_form)

    if failed := attempt(request, assignment, act, page=again, post_form=form):
        return failed
    keeping.forget(assignment, f"post_{post}", by=request.user)
    messages.success(request, _("Bewaard. Wie het eerst was, blijft te lezen."))
    return to_plan(reference, post)


def wish_again(request: HttpRequest, now: Assignment, *, status: int, wish_form: WishForm) -> HttpResponse:
    """Show both values of the wish where a colleague changed it; the page where nothing can be written any more."""
    if now.state not in WRITABLE:
        return plan_page(request, now, status=status, wish_form=wish_form)
    return wish_clash(request, now, wish_form)


@role("member", "lead")
@require_POST
def wish(request: HttpRequest, reference: str) -> HttpResponse:
    """Write what the person concerned wants."""
    assignment = reading.held_or_404(request.user, reference)
    form = WishForm(request.POST)
    if not form.is_valid():
        return plan_page(request, assignment, status=422, wish_form=form)

    def act():
        given = {"version": form.cleaned_data["version"], "said": form.said}
        plans.write_wish(assignment, by=request.user, keyring=request.keyring, **given)

    if failed := attempt(request, assignment, act, page=wish_again, wish_form=form):
        return failed
    keeping.forget(assignment, "wish", by=request.user)
    messages.success(request, _("Het plan is bewaard."))
    return to_plan(reference, "wens")


@role("member", "lead")
@require_POST
def goal(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a goal."""
    assignment = reading.held_or_404(request.user, reference)
    form = GoalForm(request.POST, workers=reading.workers_of(assignment))
    if not form.is_valid():
        return plan_page(request, assignment, status=422, goal_form=form)

    def act():
        plans.set_goal(assignment, by=request.user, keyring=request.keyring, **form.cleaned_data)

    if failed := attempt(request, assignment, act, page=plan_page, goal_form=form):
        return failed
    keeping.forget(assignment, "goal", by=request.user)
    messages.success(request, _("Het doel staat in het plan."))
    return to_plan(reference, "doelen")
