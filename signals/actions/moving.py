"""A case moves between networks: another one is asked to take it over, or to support; keys change hands in the same request.

The network that asks keeps the case until the other has accepted its own letter; then it loses sight in that request.
"""

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.notices.actions import leave
from meldpunt.teams.models import Role, Team, TeamKind
from meldpunt.vault import keys, sealed
from meldpunt.vault.models import Purpose
from signals.actions import contact
from signals.actions.history import locked, move
from signals.actions.holding import end_hold, lock_open_letters, renew_shared
from signals.actions.routing import Letter, post_letter
from signals.models import Assignment, Case, Sharing, Transfer
from signals.models.assignment import Part
from signals.shielding.people import workers_for
from signals.workflow import AssignmentState, CaseState, NotAllowed, Reason


def may_move(assignment: Assignment, user) -> bool:
    """Tell whether `user` is a lead of the network that leads this case and has accepted it."""
    leads = assignment.part == Part.LEAD and assignment.state == AssignmentState.ACCEPTED
    return leads and user.role_in(assignment.team) == Role.LEAD


def waiting_transfer(assignment: Assignment) -> Transfer | None:
    """Return the request to take this case over that still waits for an answer."""
    open_ones = Assignment.objects.still_open().exclude(state=AssignmentState.ACCEPTED)
    found = Transfer.objects.filter(sender=assignment, receiver__in=open_ones)
    return found.select_related("receiver__team", "by").first()


@transaction.atomic
def ask_transfer(
    assignment: Assignment, *, by, keyring, team: Team, reason: str, parcel: bytes
) -> Transfer:
    """Ask the network `team` to take a case over; it may read what is shared from now on, to decide.

    `parcel` is what goes along and opens only for `team`. Raises NotAllowed unless `by` leads the network that leads the
    case and has accepted it, where one is asked already, or `team` holds the case; Locked, CannotOpen, NotTrusted.
    """
    case, letters = _case_of(assignment, by=by)
    if any(letter.part == Part.NEXT for letter in letters):
        raise NotAllowed("another network is asked already")
    receiver = _post(case, team, Part.NEXT, letters, by=by, keyring=keyring, reason=reason)
    key = keys.new_content_key("assignment", receiver.pk, Purpose.ASSIGNMENT, [team])
    row = Transfer(sender=assignment, receiver=receiver, by=by, at=timezone.now())
    sealed.seal(key, row, "parcel", parcel)
    row.save(force_insert=True)
    record("change", by=by, team=assignment.team, obj=case, purpose="ask_transfer", rows=[receiver])
    return row


@transaction.atomic
def ask_support(assignment: Assignment, *, by, keyring, team: Team, reason: str) -> Assignment:
    """Ask another network to support; the lead of the leading network does. Raises as `ask_transfer`."""
    case, letters = _case_of(assignment, by=by)
    letter = _post(case, team, Part.SUPPORT, letters, by=by, keyring=keyring, reason=reason)
    record("change", by=by, team=assignment.team, obj=case, purpose="ask_support", rows=[letter])
    return letter


@transaction.atomic
def add_support(case: Case, *, by, keyring, team: Team, reason: str, version: int) -> Assignment:
    """Ask a network to support a case that is with another one; a coordinator does.

    Raises Clash, NotAllowed where the case is with no network or `team` holds it, Locked, CannotOpen, NotTrusted.
    """
    letters = lock_open_letters(case.pk)
    case = locked(Case.objects.for_desk(by), case.pk, version)
    if case.state != CaseState.WITH_NETWORK:
        raise NotAllowed("this case is with no network")
    letter = _post(case, team, Part.SUPPORT, letters, by=by, keyring=keyring, reason=reason)
    record("change", by=by, team=team, obj=case, purpose="ask_support", rows=[letter])
    return letter


@transaction.atomic
def withdraw_transfer(transfer: Transfer, *, by, keyring) -> None:
    """Take a request back before the other network has accepted. Raises NotAllowed after that."""
    letters = {letter.pk: letter for letter in lock_open_letters(transfer.sender.case_id)}
    sender, receiver = letters.get(transfer.sender_id), letters.get(transfer.receiver_id)
    if sender is None or receiver is None or not may_move(sender, by) or receiver.part != Part.NEXT:
        raise NotAllowed("the other network has answered")
    end_hold(receiver, AssignmentState.RECALLED, by=by, keyring=keyring, reason=Reason.UNDONE)
    record("change", by=by, team=sender.team, obj=sender.case, purpose="withdraw_transfer", rows=[receiver])


@transaction.atomic
def take_over(assignment: Assignment, *, by, keyring) -> Transfer:
    """Accept a case that another network asked to take over: that one loses its keys and its sight in this request.

    Returns the transfer, whose parcel the caller unpacks. Raises NotAllowed where it was withdrawn or answered, Locked,
    CannotOpen, NotTrusted.
    """
    letters = {letter.pk: letter for letter in lock_open_letters(assignment.case_id)}
    receiver = letters.get(assignment.pk)
    transfer = Transfer.objects.filter(receiver=assignment.pk).first()
    if receiver is None or transfer is None or receiver.part != Part.NEXT or not by.role_in(receiver.team):
        raise NotAllowed("there is nothing to take over")
    sender = letters.get(transfer.sender_id)
    if sender is None or sender.part != Part.LEAD:
        raise NotAllowed("the other network has not got it any more")
    contact.bring_all_back([sender], by=by)
    told = list(workers_for(sender))
    case = locked(Case.objects.all(), receiver.case_id)
    now = timezone.now()
    move(sender, AssignmentState.TRANSFERRED, by=by, reason=receiver.reason, ended_at=now, due_at=None)
    accepted = {"accepted_at": now, "owner": by, "due_at": None, "breached_at": None, "part": Part.LEAD}
    move(receiver, AssignmentState.ACCEPTED, by=by, reason=Reason.ACCEPTED, **accepted)
    renew_shared(case, keyring, without=sender)
    leave(told, kind="case_changed", path="/netwerk/")
    record("change", by=by, team=receiver.team, obj=case, purpose="transferred", rows=[sender, receiver])
    transfer.receiver = receiver
    return transfer


@transaction.atomic
def unpacked(transfer: Transfer) -> None:
    """Empty the parcel of a transfer: what was in it is written down at the receiver now. Part of taking over."""
    transfer.parcel, transfer.unpacked_at = b"", timezone.now()
    transfer.save(update_fields=["parcel", "unpacked_at"])


def _case_of(assignment: Assignment, *, by) -> tuple[Case, list[Assignment]]:
    letters = lock_open_letters(assignment.case_id)
    mine = next((letter for letter in letters if letter.pk == assignment.pk), None)
    if mine is None or not may_move(mine, by):
        raise NotAllowed("only a lead of the network that leads and has accepted")
    return locked(Case.objects.all(), assignment.case_id), letters


def _post(case: Case, team: Team, part: str, letters, *, by, keyring, reason: str) -> Assignment:
    if team.kind != TeamKind.NETWORK or any(letter.team_id == team.pk for letter in letters):
        raise NotAllowed("this network holds the case")
    posted = {"by": by, "keyring": keyring, "reason": reason, "letter": Letter(), "now": timezone.now()}
    letter = post_letter(case, team, part, **posted)
    _keep_what_was_shared(case, letter, keyring, by=by)
    return letter


def _keep_what_was_shared(case: Case, letter: Assignment, keyring, *, by) -> None:
    """Keep for the desk what the other network may read now, under a desk key of its own: that needs public keys only."""
    row = Sharing(assignment=letter, by=by, at=timezone.now())
    desk = keys.teams_that_hold(case.pk, Purpose.DESK)
    key = keys.new_content_key("case", case.pk, Purpose.DESK, desk)
    sealed.seal(key, row, "parts", sealed.peek(keyring, case, "shared"))
    row.save(force_insert=True)
