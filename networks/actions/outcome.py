"""Closing a case: the lead of the network that leads it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from meldpunt.teams.models import Role
from signals.actions import routing
from signals.models import Assignment
from signals.models.assignment import Part
from signals.workflow import AssignmentState, NotAllowed


def may_close(assignment: Assignment, user) -> bool:
    """Tell whether `user` is a lead of the network that leads this case and has accepted it."""
    return (
        assignment.part == Part.LEAD
        and assignment.state == AssignmentState.ACCEPTED
        and user.role_in(assignment.team) == Role.LEAD
    )


@transaction.atomic
def close(
    assignment: Assignment,
    *,
    by,
    keyring,
    outcome: str,
    youth_care_needed: bool,
    safe_now: str,
    words: str = "",
) -> None:
    """Close the case of `assignment` with an outcome; the desk's own rows are written by signals (law 3).

    Raises PermissionDenied unless `by` is a lead of the network, NotAllowed unless it leads the case and has accepted
    it, and what signals.actions.routing.close_case raises.
    """
    if by.role_in(assignment.team) != Role.LEAD:
        raise PermissionDenied
    if not may_close(assignment, by):
        raise NotAllowed(f"close: {assignment.state}")
    routing.close_case(
        assignment,
        by=by,
        keyring=keyring,
        outcome=outcome,
        youth_care_needed=youth_care_needed,
        safe_now=safe_now,
        words=words,
    )
