"""The duty roster by week, and how a colleague is reached: number, deputy, days away."""

import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meldpunt.clocks import AMSTERDAM
from meldpunt.teams import duty_actions, roster
from meldpunt.teams.access import role
from meldpunt.teams.duty import on_duty
from meldpunt.teams.duty_forms import AbsenceForm, ReachForm, ShiftForm
from meldpunt.teams.models import Absence, DutyShift
from meldpunt.teams.rail import rail

WEEK = datetime.timedelta(days=7)


@role("coordinator", "administrator")
@require_http_methods(["GET", "POST"])
def duty(request: HttpRequest) -> HttpResponse:
    """Show a week of the roster; a POST plans a shift."""
    monday = roster.monday_from(request.GET.get("week", ""))
    form = ShiftForm(request.POST if request.method == "POST" else None, initial={"day": monday})
    if request.method == "POST" and form.is_valid():
        duty_actions.plan_shifts(by=request.user, **form.cleaned_data)
        messages.success(request, _("De dienst staat in het rooster."))
        shown = roster.name_of_week(roster.monday_of(form.cleaned_data["day"]))
        return redirect(f"{reverse('duty')}?week={shown}")
    context = {
        "days": roster.week_of(monday),
        "now": on_duty(),
        "monday": monday,
        "sunday": monday + datetime.timedelta(days=6),
        "before": roster.name_of_week(monday - WEEK),
        "after": roster.name_of_week(monday + WEEK),
        "form": form,
        **rail(request),
    }
    return render(request, "teams/duty.html", context, status=422 if form.errors else 200)


@role("coordinator", "administrator")
@require_POST
def remove_shift(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a shift off the roster."""
    shift = get_object_or_404(DutyShift, pk=pk)
    week = roster.name_of_week(roster.monday_of(shift.starts_at.astimezone(AMSTERDAM).date()))
    duty_actions.remove_shift(shift, by=request.user)
    messages.success(request, _("De dienst is uit het rooster."))
    return redirect(f"{reverse('duty')}?week={week}")


def _reach_page(request: HttpRequest, *, status: int = 200, **typed) -> HttpResponse:
    user = request.user
    forms = {
        "reach_form": ReachForm(user=user, initial={"phone": user.phone, "deputy": user.deputy_id}),
        "absence_form": AbsenceForm(user=user),
    }
    today = timezone.now().astimezone(AMSTERDAM).date()
    context = forms | typed | {
        "absences": Absence.objects.filter(user=user, last_day__gte=today).select_related("deputy"),
        "form": next(iter(typed.values()), None),
    }  # fmt: skip
    return render(request, "teams/reach.html", {**context, **rail(request)}, status=status)


@role("coordinator", "member", "lead")
@require_http_methods(["GET", "POST"])
def reach(request: HttpRequest) -> HttpResponse:
    """Set the own number and usual deputy; shows the days away too."""
    if request.method != "POST":
        return _reach_page(request)
    form = ReachForm(request.POST, user=request.user)
    if not form.is_valid():
        return _reach_page(request, status=422, reach_form=form)
    duty_actions.set_reach(by=request.user, **form.cleaned_data)
    messages.success(request, _("Bewaard."))
    return redirect("reach")


@role("coordinator", "member", "lead")
@require_POST
def go_away(request: HttpRequest) -> HttpResponse:
    """Say from when until when one is away."""
    form = AbsenceForm(request.POST, user=request.user)
    if not form.is_valid():
        return _reach_page(request, status=422, absence_form=form)
    duty_actions.go_away(by=request.user, **form.cleaned_data)
    messages.success(request, _("Bewaard. Je werk gaat in die tijd naar je vervanger."))
    return redirect("reach")


@role("coordinator", "member", "lead")
@require_POST
def come_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an own absence back."""
    absence = get_object_or_404(Absence, pk=pk, user=request.user)
    duty_actions.come_back(absence, by=request.user)
    messages.success(request, _("Je bent er weer: deze dagen zijn weg uit de lijst."))
    return redirect("reach")
