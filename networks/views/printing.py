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
from networks.circle.reading import people_of
from networks.meeting.reading import reports_of
from networks.planning.plan_page import opened_plan
from signals.models import Assignment
from signals.sharing.door import shared_for
from signals.views.printing import sheet
from signals.workflow import AssignmentState

TOGETHER = "samen"


@role("member", "lead")
@unlocked
@require_safe
@transaction.atomic
def print_case(request: HttpRequest, reference: str) -> HttpResponse:
    """A case on paper: the work, or (`deel=samen`) circle, plan and what meetings said; printing is in the reading log."""
    assignment = reading.held_or_404(request.user, reference)
    if assignment.state == AssignmentState.DELIVERED:
        return redirect("network_case", reference)
    parts = together(request, assignment) if request.GET.get("deel") == TOGETHER else work_of(request, assignment)
    parts["signs"] = reading.sign_texts(parts["shared"].signs)
    back_to = reverse("network_case", args=[reference])
    return sheet(
        request, assignment.case, "networks/print_case.html",
        case=assignment.case, assignment=assignment, back_to=back_to, **parts,
    )  # fmt: skip


def work_of(request: HttpRequest, assignment: Assignment) -> dict:
    """Return what the sheet with the work shows."""
    work = opened_work(request.keyring, assignment)
    return {"work": work, "shared": work.shared, "moments": timeline.moments_of(request.user, assignment)}


def together(request: HttpRequest, assignment: Assignment) -> dict:
    """Return what the sheet with circle, plan and meetings shows."""
    request.keyring.load([assignment.case_id, assignment.pk])
    return {
        "shared": shared_for(request.keyring, assignment),
        "relations": people_of(request.keyring, assignment),
        "plan": opened_plan(request.keyring, assignment),
        "reports": reports_of(request.keyring, assignment),
    }
