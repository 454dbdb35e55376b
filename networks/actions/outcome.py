"""Closing a case: the lead of the network that leads it, with an evaluation and somebody who stays in touch."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.teams.models import Role
from meldpunt.vault import sealed
from networks import content
from networks.actions import aftercare
from networks.actions.casework import worker_of, writable
from networks.actions.circle import refuse_while_peers_are_open
from networks.circle.reading import peers_named
from networks.content import EvaluationContent
from networks.models import Evaluation
from signals.actions import routing
from signals.models import Assignment, Case
from signals.models.assignment import Part
from signals.vocabulary import Outcome
from signals.workflow import AssignmentState, NotAllowed

# After these nobody is asked how it goes. Source: own proposal; where there was no trafficking there is nothing to care for.
WITHOUT_AFTERCARE = (Outcome.NO_TRAFFICKING,)


@dataclass(frozen=True)
class After:
    """What goes with closing: what helped and what did not, and who stays in touch (None: who closes)."""

    helped: str = ""
    hindered: str = ""
    stays: object = None


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
    after: After = After(),  # noqa: B008 (frozen)
) -> None:
    """Close the case of `assignment` with an outcome; the desk's own rows are written by signals (law 3).

    `words` go to the desk too; the evaluation stays in the network. Who stays in touch gets the pulses of aftercare.
    Raises PeersOpen while of a peer nobody has said whether she or he is approached too, in any network of the case;
    PermissionDenied unless `by` is a lead of the network, NotAllowed unless it leads the case and has accepted
    it or where it ended without youth care and youth care is needed, and what signals.actions.routing.close_case raises.
    """
    if by.role_in(assignment.team) != Role.LEAD:
        raise PermissionDenied
    if not may_close(assignment, by):
        raise NotAllowed(f"close: {assignment.state}")
    if outcome == Outcome.HANDLED_IN_NETWORK and youth_care_needed:
        raise NotAllowed("handled in the network is without youth care")
    held = writable(assignment, by=by)
    stays = worker_of(held, after.stays or by)
    _evaluate(held, by=by, keyring=keyring, after=after)
    refuse_while_peers_are_open(held.case, keyring=keyring, named=peers_named(keyring, held), held=held)
    case: Case = routing.close_case(
        held,
        by=by,
        keyring=keyring,
        outcome=outcome,
        youth_care_needed=youth_care_needed,
        safe_now=safe_now,
        words=words,
    )
    if outcome not in WITHOUT_AFTERCARE:
        aftercare.plan_pulses(held, owner=stays, closed_at=case.closed_at)
    record("create", by=by, team=held.team, obj=held, purpose="evaluation")


def _evaluate(held: Assignment, *, by, keyring, after: After) -> None:
    row = Evaluation(assignment=held, by=by, at=timezone.now())
    said = EvaluationContent(helped=after.helped, hindered=after.hindered)
    sealed.seal(sealed.key_for(keyring, row, "content"), row, "content", content.to_bytes(said))
    row.save(force_insert=True)
