"""The meetings of a network: plan the next one, how often there is one, and who chairs."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from meldpunt.teams.access import role
from meldpunt.teams.models import Role
from networks.actions import meeting_settings, meetings
from networks.forms.meeting import ChairsForm, PlanMeetingForm, RhythmForm
from networks.meeting import reading as shown
from networks.meeting.chairing import workers_of
from networks.meeting.rhythm import proposed, weeks_of
from networks.views.inbox import menu
from networks.views.meetings import meeting_or_404, meeting_page, tried
from networks.views.page import unlock_first


def plan_page(request: HttpRequest, *, status: int = 200, **typed) -> HttpResponse:
    """Show the meetings; `typed` (plan_form, rhythm_form) carries what a lead filled in."""
    rows = shown.meetings_of(request.user)
    leading = request.user.teams(Role.LEAD)
    context = menu(request, "") | {
        "ahead": [row for row in rows if not row.closed_at],
        "over": [row for row in rows if row.closed_at],
        "leads": bool(leading),
    }
    if leading:
        team, weeks = leading[0], weeks_of(leading[0])
        said = ngettext("elke week", "om de %(n)d weken", weeks) % {"n": weeks}
        context |= {"rhythm": said, "rhythm_form": RhythmForm(initial={"weeks": weeks})}
        next_one = proposed(team, weeks)
        first = {"on": next_one[0], "at": f"{next_one[1]:%H:%M}"} if next_one else {}
        workers = [user for user in workers_of(team) if user != request.user]
        context |= {"proposed": next_one, "plan_form": PlanMeetingForm(workers=workers, initial=first)}
    context |= typed | {"form": next(iter(typed.values()), None)}
    return render(request, "networks/meetings.html", context, status=status)


@role("member", "lead")
@require_http_methods(["GET", "HEAD", "POST"])
def all_of_them(request: HttpRequest) -> HttpResponse:
    """The meeting ahead and those that are over; a lead plans the next one here."""
    if request.method != "POST":
        return plan_page(request)
    leading = request.user.teams(Role.LEAD)
    if not leading:
        raise PermissionDenied
    if request.keyring is None:
        return unlock_first(request)
    workers = [user for user in workers_of(leading[0]) if user != request.user]
    form = PlanMeetingForm(request.POST, workers=workers)
    if not form.is_valid():
        return plan_page(request, status=422, plan_form=form)

    def act():
        meetings.plan(leading[0], by=request.user, keyring=request.keyring, **form.act())

    failed = tried(request, act, done=_("Het overleg is gepland. De agenda staat klaar."))
    return failed or redirect("meetings")


@role("member", "lead")
@require_POST
def rhythm(request: HttpRequest) -> HttpResponse:
    """Say how often the network meets."""
    leading = request.user.teams(Role.LEAD)
    if not leading:
        raise PermissionDenied
    form = RhythmForm(request.POST)
    if not form.is_valid():
        return plan_page(request, status=422, rhythm_form=form)

    def act():
        meeting_settings.set_rhythm(leading[0], by=request.user, weeks=form.cleaned_data["weeks"])

    return tried(request, act, done=_("Bewaard hoe vaak jullie overleggen.")) or redirect("meetings")


@role("member", "lead")
@require_POST
def chairs(request: HttpRequest, pk) -> HttpResponse:
    """Say who chairs a meeting, and who takes that over."""
    found = meeting_or_404(request.user, pk)
    if request.user.role_in(found.team) != Role.LEAD:
        raise PermissionDenied
    form = ChairsForm(request.POST, people=workers_of(found.team))
    if not form.is_valid():
        return meeting_page(request, found, status=422, chairs_form=form)

    def act():
        meeting_settings.name_chairs(found, by=request.user, **form.cleaned_data)

    return tried(request, act, done=_("Bewaard wie voorzit.")) or redirect(found)
