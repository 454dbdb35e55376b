"""From the desk to a network and back: route, deliver, open, accept, give back, recall, close.

Keys change hands in the request of the person who decides; the worker that delivers holds none (security.md, key 5).
"""

import logging

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.notices.actions import leave
from meldpunt.teams.models import Role, TeamKind
from meldpunt.vault import keys, sealed
from meldpunt.vault.models import Purpose
from signals.actions.history import add_words, finish_tasks, locked, move, seal_words
from signals.actions.post import call_the_postman
from signals.actions.tasks import give_task
from signals.deadlines import due
from signals.models import Assignment, Case
from signals.models.task import TaskKind
from signals.workflow import AssignmentState, CaseState, NotAllowed, Reason

log = logging.getLogger(__name__)


@transaction.atomic
def route(case: Case, *, by, keyring, team, reason: str, version: int, words: str = "") -> Assignment:
    """Send a case to a network: seal its shared key to `team` and queue the letter.

    The row is the outbox: where the broker is down, the request succeeds and a sweep finds the letter.
    Raises Clash, NotAllowed (also where `team` is no network), Locked, CannotOpen, NotTrusted.
    """
    if team.kind != TeamKind.NETWORK:
        raise NotAllowed("only to a network")
    case = locked(Case.objects.for_desk(by), case.pk, version)
    row = move(case, CaseState.ROUTING, by=by, reason=reason)
    now = timezone.now()
    assignment = Assignment.objects.create(
        case=case,
        team=team,
        routed_by=by,
        queued_at=now,
        due_at=due(case.urgency, "deliver", now),
        reason=reason,
    )
    keys.grant(keyring, case.pk, Purpose.SHARED, team)
    keys.new_content_key("assignment", assignment.pk, Purpose.ASSIGNMENT, [team])
    assignment.transitions.create(old="", new=assignment.state, by=by, at=now, reason=reason)
    add_words(keyring, row, case.pk, Purpose.DESK, words)
    finish_tasks(case=case)
    call_the_postman(assignment.pk)
    record("change", by=by, team=team, obj=case, purpose=reason)
    return assignment


@transaction.atomic
def deliver(assignment_id) -> bool:
    """Deliver a queued letter: check the seal, start the clock, leave notices. The postman; needs no key.

    Returns True where it was delivered now; a second delivery changes nothing. Without a seal it fails closed:
    the letter stays, and a coordinator gets a task.
    """
    assignment = (
        Assignment.objects.select_for_update(of=("self",), no_key=True).select_related("team").get(pk=assignment_id)
    )
    if assignment.state != AssignmentState.QUEUED:
        return False
    case = Case.objects.select_for_update(of=("self",), no_key=True).defer("shared", "desk_notes").get(
        pk=assignment.case_id
    )
    if not keys.holds(case.pk, Purpose.SHARED, assignment.team) or not keys.holds(
        assignment.pk, Purpose.ASSIGNMENT, assignment.team
    ):
        Assignment.objects.filter(pk=assignment.pk).update(refused_to_deliver=True)
        give_task(TaskKind.NO_SEAL, case=case)
        log.error("no seal for the network: assignment %s stays", assignment.pk)
        record("refused", obj=assignment, team=assignment.team, source="worker", result="no_seal")
        return False
    now = timezone.now()
    move(
        assignment,
        AssignmentState.DELIVERED,
        by=None,
        reason=Reason.DELIVERED,
        delivered_at=now,
        due_at=due(case.urgency, "open", now),
    )
    move(case, CaseState.WITH_NETWORK, by=None, reason=Reason.DELIVERED)
    leave(assignment.team.active_users(Role.MEMBER, Role.LEAD), kind="case_waits", path="/netwerk/")
    record("change", obj=assignment, team=assignment.team, source="worker", purpose=Reason.DELIVERED)
    return True


@transaction.atomic
def open_letter(assignment: Assignment, *, by) -> Assignment:
    """A member opens a delivered letter: the clock for accepting runs from here."""
    assignment = _held(assignment, by)
    if assignment.state != AssignmentState.DELIVERED:
        return assignment
    now = timezone.now()
    move(
        assignment,
        AssignmentState.OPENED,
        by=by,
        reason=Reason.OPENED,
        opened_at=now,
        due_at=due(assignment.case.urgency, "accept", assignment.delivered_at),
        breached_at=None,
    )
    record("change", by=by, team=assignment.team, obj=assignment, purpose=Reason.OPENED)
    return assignment


@transaction.atomic
def accept(assignment: Assignment, *, by) -> Assignment:
    """A member takes the case on for the network. Raises NotAllowed."""
    assignment = _held(assignment, by)
    if assignment.state == AssignmentState.ACCEPTED:
        raise NotAllowed("a colleague has accepted it")
    move(
        assignment,
        AssignmentState.ACCEPTED,
        by=by,
        reason=Reason.ACCEPTED,
        accepted_at=timezone.now(),
        owner=by,
        due_at=None,
        breached_at=None,
    )
    finish_tasks(case_id=assignment.case_id)
    record("change", by=by, team=assignment.team, obj=assignment, purpose=Reason.ACCEPTED)
    return assignment


@transaction.atomic
def give_back(assignment: Assignment, *, by, keyring, reason: str, words: str = "") -> Assignment:
    """A member gives the case back to the desk, with a reason: the network loses sight in this request."""
    assignment = _held(assignment, by)
    _take_away(assignment, AssignmentState.RETURNED, by=by, keyring=keyring, reason=reason, words=words)
    give_task(TaskKind.RETURNED, case=assignment.case, first=assignment.routed_by)
    record("change", by=by, team=assignment.team, obj=assignment, purpose=reason)
    return assignment


@transaction.atomic
def recall(assignment: Assignment, *, by, keyring, reason: str, words: str = "") -> Assignment:
    """A coordinator takes a letter back until the network has accepted. Raises NotAllowed after that."""
    assignment = locked(Assignment.objects.visible_to(by).select_related("case", "team"), assignment.pk)
    if assignment.state == AssignmentState.ACCEPTED or not by.is_coordinator:
        raise NotAllowed("only until the network accepts")
    _take_away(assignment, AssignmentState.RECALLED, by=by, keyring=keyring, reason=reason, words=words)
    record("change", by=by, team=assignment.team, obj=assignment, purpose=reason)
    return assignment


def _take_away(assignment, new_state, *, by, keyring, reason, words) -> None:
    """End a network's hold: its seals go, and the shared key is renewed for who still holds the case."""
    case = locked(Case.objects.all(), assignment.case_id)
    shared = sealed.peek(keyring, case, "shared")
    move(assignment, new_state, by=by, reason=reason, ended_at=timezone.now(), due_at=None)
    row = move(case, CaseState.ASSESSED, by=by, reason=reason)
    keys.revoke(case.pk, assignment.team)
    keys.revoke(assignment.pk, assignment.team)
    desk_and_holders = keys.teams_that_hold(case.pk, Purpose.SHARED)
    fresh = keys.new_content_key("case", case.pk, Purpose.SHARED, desk_and_holders)
    sealed.seal(fresh, case, "shared", shared)
    case.save(update_fields=["shared"])
    seal_words(fresh, row, words)
    assignment.case = case


@transaction.atomic
def close_case(
    assignment: Assignment,
    *,
    by,
    keyring,
    outcome: str,
    youth_care_needed: bool,
    safe_now: str,
    words: str = "",
) -> Case:
    """The lead closes the case with an outcome; every open assignment ends. Raises NotAllowed."""
    assignment = _held(assignment, by)
    if by.role_in(assignment.team) != Role.LEAD or assignment.state != AssignmentState.ACCEPTED:
        raise NotAllowed("only the lead of a network that accepted closes")
    case = locked(Case.objects.all(), assignment.case_id)
    now = timezone.now()
    row = move(
        case,
        CaseState.CLOSED,
        by=by,
        reason=Reason.CLOSED,
        outcome=outcome,
        youth_care_needed=youth_care_needed,
        safe_now=safe_now,
        closed_at=now,
    )
    for open_one in case.assignments.still_open().select_for_update(of=("self",), no_key=True):
        move(open_one, AssignmentState.ENDED, by=by, reason=Reason.CLOSED, ended_at=now, due_at=None)
    add_words(keyring, row, case.pk, Purpose.SHARED, words)
    finish_tasks(case=case)
    record("change", by=by, team=assignment.team, obj=case, purpose=outcome)
    return case


@transaction.atomic
def hand_over_outside(case: Case, *, by, keyring, words: str, version: int) -> Case:
    """The desk hands a case over to a body outside the networks, and says to whom in own words. Raises Clash."""
    case = locked(Case.objects.for_desk(by), case.pk, version)
    if case.state != CaseState.ASSESSED:
        raise NotAllowed("recall the case first")
    row = move(
        case,
        CaseState.CLOSED,
        by=by,
        reason=Reason.HANDED_OVER,
        outcome="referred_elsewhere",
        closed_at=timezone.now(),
    )
    add_words(keyring, row, case.pk, Purpose.DESK, words)
    finish_tasks(case=case)
    record("change", by=by, obj=case, purpose=Reason.HANDED_OVER)
    return case


def _held(assignment: Assignment, by) -> Assignment:
    """Return the assignment locked, where `by` is a member of its network now; raises DoesNotExist otherwise."""
    mine = Assignment.objects.held_by(by.network_teams()).select_related("case", "team")
    return locked(mine, assignment.pk)
