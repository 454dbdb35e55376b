"""From the desk to a network and back: route, deliver, open, accept, give back, recall, close.

Keys change hands in the request of the person who decides; the worker that delivers holds none (security.md, key 5).
"""

import datetime
import logging
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.notices.actions import leave
from meldpunt.teams.models import Role, TeamKind
from meldpunt.vault import keys
from meldpunt.vault.models import Purpose
from signals.actions import contact, sharing
from signals.actions.history import add_words, finish_tasks, locked, move
from signals.actions.holding import end_hold, lock_open_letters, tell_who_asked
from signals.actions.mailbox import ask_to_tell
from signals.actions.post import call_the_postman
from signals.actions.shielding import alarm_outside
from signals.actions.tasks import give_task
from signals.deadlines import aftercare, due
from signals.models import Assignment, BackReason, Case
from signals.models.assignment import Part
from signals.models.task import TaskKind
from signals.shielding.people import workers_for
from signals.workflow import AssignmentState, CaseState, NotAllowed, Reason

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """How a case is sent: on what ground, until when an answer is wanted, how long it may still be undone."""

    basis: str = ""
    answer_by: datetime.datetime | None = None
    hold: int = 0


@transaction.atomic
def route(
    case: Case,
    *,
    by,
    keyring,
    team,
    reason: str,
    version: int,
    words: str = "",
    support=(),
    urgency: str = "",
    note: str | None = None,
    letter: Letter = Letter(),  # noqa: B008 (frozen)
) -> Assignment:
    """Send a case to the network `team`, which leads, and to those in `support`; returns the leading letter.

    Its shared key is sealed to each, and each gets a letter of its own in the queue. `note` (None: as it was) is what
    the networks read from the desk; `words` stay with the desk. `letter.hold` (seconds) keeps the postman waiting.
    The row is the outbox: where the broker is down, the request succeeds and a sweep finds the letter.
    Raises Clash, NotAllowed (no network, twice the same, or one that holds the case), Locked, CannotOpen, NotTrusted.
    """
    teams = [team, *support]
    if any(one.kind != TeamKind.NETWORK for one in teams) or len({one.pk for one in teams}) < len(teams):
        raise NotAllowed("only to networks, and once to each")
    case = locked(Case.objects.for_desk(by), case.pk, version)
    if case.assignments.still_open().filter(team__in=teams).exists():
        raise NotAllowed("this network holds the case")
    row = move(case, CaseState.ROUTING, by=by, reason=reason, urgency=urgency or case.urgency)
    sharing.under_newest(keyring, case, note)
    add_words(keyring, row, case.pk, Purpose.DESK, words)
    parts = [(team, Part.LEAD), *((one, Part.SUPPORT) for one in support)]
    posted = {"by": by, "keyring": keyring, "reason": reason, "letter": letter, "now": timezone.now()}
    letters = [post_letter(case, to, part, **posted) for to, part in parts]
    sharing.keep(keyring, case, letters, by=by)
    finish_tasks(case=case)
    record("change", by=by, team=team, obj=case, purpose=reason, rows=letters)
    return letters[0]


def post_letter(case: Case, team, part: str, *, by, keyring, reason: str, letter: Letter, now) -> Assignment:
    """Seal the case to a network and queue its letter; all letters of one sending are held equally long.

    Raises NotAllowed while the case may only be kept.
    """
    if case.rests:
        raise NotAllowed("not to be used for now")
    hold = datetime.timedelta(seconds=letter.hold)
    assignment = Assignment.objects.create(
        case=case,
        team=team,
        part=part,
        routed_by=by,
        queued_at=now,
        hold_until=now + hold if letter.hold else None,
        answer_by=letter.answer_by,
        due_at=due(case.urgency, "deliver", now) + hold,
        reason=reason,
        basis=letter.basis,
    )
    keys.grant(keyring, case.pk, Purpose.SHARED, team)
    keys.new_content_key("assignment", assignment.pk, Purpose.ASSIGNMENT, [team])
    assignment.transitions.create(old="", new=assignment.state, by=by, at=now, reason=reason)
    call_the_postman(assignment.pk, after=letter.hold)
    return assignment


@transaction.atomic
def undo(case: Case, *, by, keyring) -> Case:
    """Take every letter back that the postman still waits with: nobody has seen it. Raises NotAllowed when too late."""
    letters = list(
        Assignment.objects.visible_to(by)
        .filter(case=case, state=AssignmentState.QUEUED, hold_until__gt=timezone.now())
        .select_related("team")
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    if not letters or not by.is_coordinator:
        raise NotAllowed("the postman has gone")
    for letter in letters:
        end_hold(letter, AssignmentState.RECALLED, by=by, keyring=keyring, reason=Reason.UNDONE, words="")
    record("change", by=by, obj=case, purpose=Reason.UNDONE, rows=letters)
    return letters[0].case


@transaction.atomic
def deliver(assignment_id) -> bool:
    """Deliver a queued letter: check the seal, start the clock, leave notices. The postman; needs no key.

    Returns True where it was delivered now; a second delivery changes nothing. Without a seal it fails closed:
    the letter stays, and a coordinator gets a task.
    """
    assignment = (
        Assignment.objects.select_for_update(of=("self",), no_key=True).select_related("team").get(pk=assignment_id)
    )
    if assignment.state != AssignmentState.QUEUED or assignment.is_held:
        return False
    case = Case.objects.select_for_update(of=("self",), no_key=True).defer("shared").get(
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
        due_at=_by(assignment, due(case.urgency, "open", now)),
    )
    Assignment.objects.filter(case=case, team=assignment.team).exclude(let_go_at=None).update(let_go_at=None)
    if assignment.part == Part.LEAD and case.state != CaseState.WITH_NETWORK:
        move(case, CaseState.WITH_NETWORK, by=None, reason=Reason.DELIVERED)
    tell_network(assignment)
    record("change", obj=assignment, team=assignment.team, source="worker", purpose=Reason.DELIVERED)
    return True


def tell_network(assignment: Assignment) -> None:
    """Tell who works in the network that a letter waits; where all of them are kept out, somebody outside it."""
    people = list(workers_for(assignment).only("pk"))
    if people:
        leave(people, kind="case_waits", path="/netwerk/")
    else:
        alarm_outside(assignment.team, Case(pk=assignment.case_id))


def _by(assignment: Assignment, term: datetime.datetime, *, asked: bool = False) -> datetime.datetime:
    """Return until when a leg may take: its term, or what the coordinator asked; opening is never later than that."""
    if assignment.answer_by is None:
        return term
    return assignment.answer_by if asked else min(term, assignment.answer_by)


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
        due_at=_by(assignment, due(assignment.case.urgency, "accept", assignment.delivered_at), asked=True),
        breached_at=None,
    )
    record("change", by=by, team=assignment.team, obj=assignment, purpose=Reason.OPENED)
    return assignment


@transaction.atomic
def accept(assignment: Assignment, *, by) -> Assignment:
    """A member takes the case on for the network. Raises NotAllowed."""
    assignment = _held(assignment, by)
    if assignment.state == AssignmentState.ACCEPTED or assignment.part == Part.NEXT:
        raise NotAllowed("a colleague has accepted it, or it is to be taken over")
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
    if not Assignment.objects.unconfirmed().filter(case=assignment.case_id).exists():
        finish_tasks(case_id=assignment.case_id)
    record("change", by=by, team=assignment.team, obj=assignment, purpose=Reason.ACCEPTED)
    return assignment


@transaction.atomic
def give_back(assignment: Assignment, *, by, keyring, reason: str, words: str = "") -> Assignment:
    """A member gives the case back to the desk, with a reason: the network loses sight in this request."""
    assignment = _held(assignment, by)
    refused = assignment.part == Part.NEXT
    if refused:
        tell_who_asked(assignment, by=by, keyring=keyring, reason=reason, words=words)
    own = "" if refused else words
    end_hold(assignment, AssignmentState.RETURNED, by=by, keyring=keyring, reason=reason, words=own)
    if not refused:
        give_task(TaskKind.RETURNED, case=assignment.case, first=assignment.routed_by)
    record("change", by=by, team=assignment.team, obj=assignment, purpose=reason)
    return assignment


@transaction.atomic
def recall(assignment: Assignment, *, by, keyring, reason: str, words: str = "") -> Assignment:
    """A coordinator takes a letter back until the network has accepted. Raises NotAllowed after that."""
    assignment = locked(Assignment.objects.visible_to(by).select_related("case", "team"), assignment.pk)
    if assignment.state == AssignmentState.ACCEPTED or not by.is_coordinator:
        raise NotAllowed("only until the network accepts")
    end_hold(assignment, AssignmentState.RECALLED, by=by, keyring=keyring, reason=reason, words=words)
    record("change", by=by, team=assignment.team, obj=assignment, purpose=reason)
    return assignment


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
    """The lead of the leading network closes the case with an outcome; every open assignment ends. Raises NotAllowed."""
    letters = lock_open_letters(assignment.case_id)
    assignment = _held(assignment, by)
    leads = assignment.part == Part.LEAD and assignment.state == AssignmentState.ACCEPTED
    if by.role_in(assignment.team) != Role.LEAD or not leads:
        raise NotAllowed("only the lead of a network that leads and has accepted closes")
    contact.bring_all_back(letters, by=by, because=BackReason.CLOSED)
    _recall_unanswered(letters, by=by, keyring=keyring, reason=Reason.CLOSED)
    case = locked(Case.objects.all(), assignment.case_id)
    now = timezone.now()
    row = move(
        case,
        CaseState.CLOSED,
        by=by,
        reason=Reason.CLOSED,
        aftercare_until=aftercare(now)[-1],
        outcome=outcome,
        youth_care_needed=youth_care_needed,
        safe_now=safe_now,
        closed_at=now,
    )
    _end_open_letters(case, by=by, reason=Reason.CLOSED)
    add_words(keyring, row, case.pk, Purpose.SHARED, words)
    finish_tasks(case=case)
    ask_to_tell(case)
    record("change", by=by, team=assignment.team, obj=case, purpose=outcome)
    return case


@transaction.atomic
def hand_over_outside(case: Case, *, by, keyring, words: str, version: int) -> Case:
    """The desk hands a case over to a body outside the networks, and says to whom in own words. Raises Clash."""
    letters = lock_open_letters(case.pk)
    case = locked(Case.objects.for_desk(by), case.pk, version)
    if case.state != CaseState.ASSESSED:
        raise NotAllowed("recall the case first")
    _recall_unanswered(letters, by=by, keyring=keyring, reason=Reason.HANDED_OVER)
    case = locked(Case.objects.for_desk(by), case.pk)
    now = timezone.now()
    row = move(
        case,
        CaseState.CLOSED,
        by=by,
        reason=Reason.HANDED_OVER,
        outcome="referred_elsewhere",
        closed_at=now,
        aftercare_until=aftercare(now)[-1],
    )
    _end_open_letters(case, by=by, reason=Reason.HANDED_OVER)
    add_words(keyring, row, case.pk, Purpose.DESK, words)
    finish_tasks(case=case)
    ask_to_tell(case)
    record("change", by=by, obj=case, purpose=Reason.HANDED_OVER)
    return case


def _recall_unanswered(letters: list[Assignment], *, by, keyring, reason: str) -> None:
    """Take back what no network said yes to: it keeps nothing of a case that closes, and finds nothing of it under "Klaar"."""
    for letter in letters:
        if letter.state != AssignmentState.ACCEPTED:
            end_hold(letter, AssignmentState.RECALLED, by=by, keyring=keyring, reason=reason)


def _end_open_letters(case: Case, *, by, reason: str) -> None:
    for letter in case.assignments.still_open():
        move(letter, AssignmentState.ENDED, by=by, reason=reason, ended_at=timezone.now(), due_at=None)


def _held(assignment: Assignment, by) -> Assignment:
    """Return the assignment locked, where `by` is a member of its network now; raises DoesNotExist otherwise."""
    mine = Assignment.objects.visible_to(by).held_by(by.network_teams()).select_related("case", "team")
    return locked(mine, assignment.pk)
