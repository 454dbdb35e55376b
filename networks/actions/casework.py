"""What a member writes down about a case: actions and notes. Contacts and files have modules of their own."""

import datetime

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.vault import sealed
from networks import content
from networks.casework.own_work import check_reads
from networks.content import ActionContent
from networks.models import Action, ActionState, Note
from signals.actions.history import locked
from signals.models import Assignment
from signals.workflow import AssignmentState, NotAllowed

WRITABLE = (AssignmentState.OPENED, AssignmentState.ACCEPTED)


def writable(assignment: Assignment, *, by) -> Assignment:
    """Return the letter, locked, where `by`'s network works on it now: part of every write about it.

    Raises Assignment.DoesNotExist where `by` does not hold it any more, NotAllowed unless it is opened or accepted.
    """
    held = locked(Assignment.objects.visible_to(by).held_by(by.network_teams()).select_related("team"), assignment.pk)
    if held.state not in WRITABLE:
        raise NotAllowed(f"writing: {held.state}")
    return held


@transaction.atomic
def write_note(assignment: Assignment, *, by, keyring, words: str) -> Note:
    """Seal `words` under the key of the network's own assignment and keep them as a note of `by`.

    Raises as `writable` does, Locked or CannotOpen where `keyring` does not open the key.
    """
    held = writable(assignment, by=by)
    note = Note(assignment=held, by=by, at=timezone.now())
    sealed.seal(sealed.key_for(keyring, note, "words"), note, "words", words.encode())
    note.save(force_insert=True)
    record("create", by=by, team=held.team, obj=note)
    return note


@transaction.atomic
def plan_action(
    assignment: Assignment,
    *,
    by,
    keyring,
    kind: str,
    words: str,
    owner=None,
    due_on: datetime.date | None = None,
    goal=None,
    peer=None,
    meeting=None,
) -> Action:
    """Plan an action of `kind` (ActionKind); `owner` is a member of the same network, `due_on` a Dutch day, `goal` one of the
    support plan of this letter, `peer` one of its circle for whom the measure is, `meeting` the one that decided it.

    Raises as `writable` does, NotAllowed where `owner` does not work on this case, Locked, CannotOpen.
    """
    held = writable(assignment, by=by)
    if any(part is not None and part.assignment_id != held.pk for part in (goal, peer)):
        raise NotAllowed("a goal or peer of another letter")
    now = timezone.now()
    action = Action(assignment=held, goal=goal, peer=peer, meeting=meeting, kind=kind, by=by, at=now, changed_at=now, due_on=due_on)
    action.owner = worker_of(held, owner)
    _seal(keyring, action, ActionContent(words))
    action.save(force_insert=True)
    record("create", by=by, team=held.team, obj=action, purpose=kind)
    return action


@transaction.atomic
def change_action(
    action: Action, *, by, keyring, version: int, kind: str, words: str, owner=None, due_on: datetime.date | None = None
) -> Action:
    """Change what an open action says; who gets it, or gets another day, is reminded anew.

    Raises Clash where a colleague changed it since `version`, NotAllowed unless it is open, and as `plan_action` does.
    """
    action = _open_action(action, by=by, version=version)
    said = _said(keyring, action)
    action.kind, action.due_on, action.owner = kind, due_on, worker_of(action.assignment, owner)
    action.reminded_on = None
    _seal(keyring, action, ActionContent(words, said.result))
    _save(action, "kind", "due_on", "owner", "reminded_on", "content")
    record("change", by=by, team=action.assignment.team, obj=action, purpose=kind)
    return action


@transaction.atomic
def finish_action(action: Action, *, by, keyring, version: int, result: str = "") -> Action:
    """Say that an action is done, and how it went. Raises as `change_action` does."""
    return _settle(action, ActionState.DONE, by=by, keyring=keyring, version=version, result=result)


@transaction.atomic
def drop_action(action: Action, *, by, keyring, version: int, result: str = "") -> Action:
    """Say that an action is not needed any more, and why. Raises as `change_action` does."""
    return _settle(action, ActionState.DROPPED, by=by, keyring=keyring, version=version, result=result)


@transaction.atomic
def take_up_again(action: Action, *, by, version: int) -> Action:
    """Open an action that was done or dropped; what was written about it stays. Raises Clash, NotAllowed."""
    action = _locked_action(action, by=by, version=version)
    if action.state == ActionState.OPEN:
        raise NotAllowed("this action is open")
    action.state, action.settled_at, action.settled_by, action.reminded_on = ActionState.OPEN, None, None, None
    _save(action, "state", "settled_at", "settled_by", "reminded_on")
    record("change", by=by, team=action.assignment.team, obj=action, purpose="open")
    return action


def _settle(action: Action, state: str, *, by, keyring, version: int, result: str) -> Action:
    action = _open_action(action, by=by, version=version)
    action.state, action.settled_at, action.settled_by = state, timezone.now(), by
    _seal(keyring, action, ActionContent(_said(keyring, action).words, result))
    _save(action, "state", "settled_at", "settled_by", "content")
    record("change", by=by, team=action.assignment.team, obj=action, purpose=state)
    return action


def _locked_action(action: Action, *, by, version: int) -> Action:
    held = writable(action.assignment, by=by)
    found = locked(Action.objects.visible_to(by).filter(assignment=held), action.pk, version)
    check_reads(by, action.assignment, found)
    found.assignment = held
    return found


def _open_action(action: Action, *, by, version: int) -> Action:
    found = _locked_action(action, by=by, version=version)
    if found.state != ActionState.OPEN:
        raise NotAllowed(f"action: {found.state}")
    return found


def worker_of(assignment: Assignment, owner):
    """Return `owner` where that person works on this letter now: member of the network, and not kept away from it."""
    if owner is None:
        return None
    if not Assignment.objects.visible_to(owner).held_by(owner.network_teams()).filter(pk=assignment.pk).exists():
        raise NotAllowed("the owner does not work on this case")
    return owner


def _said(keyring, action: Action) -> ActionContent:
    return content.from_bytes(ActionContent, sealed.peek(keyring, action, "content"))


def _seal(keyring, action: Action, said: ActionContent) -> None:
    sealed.seal(sealed.key_for(keyring, action, "content"), action, "content", content.to_bytes(said))


def _save(action: Action, *fields: str) -> None:
    action.version += 1
    action.changed_at = timezone.now()
    action.save(update_fields=[*fields, "version", "changed_at"])
