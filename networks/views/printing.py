"""A case of the network on paper: what is shared, what is agreed, the work; names only where somebody asks for them."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from meldpunt.teams.access import role, unlocked
from networks import reading
from networks.casework import timeline
from networks.casework.work_page import opened_work
from networks.meeting.reading import reports_of
from signals.views.printing import sheet
from signals.workflow import AssignmentState


@role("member", "lead")
@unlocked
@require_safe
@transaction.atomic
def print_case(request: HttpRequest, reference: str) -> HttpResponse:
    """A case on paper; printing is in the reading log."""
    assignment = reading.held_or_404(request.user, reference)
    if assignment.state == AssignmentState.DELIVERED:
        return redirect("network_case", reference)
    work = opened_work(request.keyring, assignment)
    return sheet(
        request,
        assignment.case,
        "networks/print_case.html",
        case=assignment.case,
        assignment=assignment,
        work=work,
        shared=work.shared,
        signs=reading.sign_texts(work.shared.signs),
        reports=reports_of(request.keyring, assignment),
        moments=timeline.moments_of(request.user, assignment),
        back_to=reverse("network_case", args=[reference]),
    )
