"""Two who change the plan at once: the second sees both values, field by field, and chooses. Nothing typed is lost."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from networks.forms.plan import ChangeGoalForm, HowForm, WishForm
from networks.models import Goal, GoalState
from networks.planning.plan_page import goal_of, plan_of
from networks.views.clash import choice_of
from networks.views.page import page_context
from signals.models import Assignment
from signals.views.clash import Choice


def wish_clash(request: HttpRequest, assignment: Assignment, form: WishForm) -> HttpResponse:
    """Answer 409 with both values of the wish; sending the page goes on with the version that is there now."""
    found = plan_of(request.keyring, assignment)
    form.renew(found.wish.version if found.wish else 0)
    now = {"wish": found.said.wish, "made_with": found.said.made_with}
    choices = [choice_of(form, name, value, value or _("leeg")) for name, value in now.items()]
    return _answer(request, assignment, form, choices, what=_("Wat wil de persoon zelf?"))


def goal_clash(request: HttpRequest, goal: Goal, form: ChangeGoalForm | HowForm) -> HttpResponse:
    """Answer 409 with both values of a goal."""
    said = goal_of(request.keyring, goal).said
    form.renew(goal.version)
    if isinstance(form, HowForm):
        choices = [choice_of(form, "state", goal.state, str(GoalState(goal.state).label))]
    else:
        day = goal.due_on
        choices = [
            choice_of(form, "words", said.words, said.words),
            choice_of(form, "owner", str(goal.owner_id or ""), goal.owner.name if goal.owner else _("nog niemand")),
            choice_of(form, "who", said.who, said.who or _("leeg")),
            choice_of(
                form, "due_on", day.isoformat() if day else "", date_format(day, "l j F Y") if day else _("geen dag")
            ),
        ]
    return _answer(request, goal.assignment, form, choices, what=said.words)


def _answer(request: HttpRequest, assignment: Assignment, form, choices: list[Choice], *, what: str) -> HttpResponse:
    chosen = {choice.name for choice in choices}
    context = page_context(request, assignment, "plan") | {
        "thing": assignment.case, "what": what, "clashing": form, "choices": choices,
        "rest": [bound for bound in form.visible_fields() if bound.html_name not in chosen],
        "address": request.get_full_path(),
    }  # fmt: skip
    return render(request, "networks/plan_clash.html", context, status=409)
