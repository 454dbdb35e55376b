"""Who may exploit the person: criminal data (GDPR article 10), under a key of its own, for who may see it only."""

from dataclasses import asdict

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.teams.agreement import Part
from meldpunt.teams.models import Role
from meldpunt.vault import keys, sealed
from meldpunt.vault.keys import OpenKey
from meldpunt.vault.models import ContentKey, Purpose
from networks import content
from networks.actions.casework import worker_of, writable
from networks.content import SuspectContent
from networks.models import Suspect, SuspectAccess
from signals import content as shared_content
from signals.actions.history import locked
from signals.models import Assignment
from signals.sharing import door


def may_see(user, assignment: Assignment) -> bool:
    """Tell whether `user` may see the suspects of a letter: a lead of its network, or whom a lead let in.

    Nobody does where the agreement does not give suspects to the own organisation.
    """
    if not door.may_read(user, assignment.team_id, assignment.case, Part.SUSPECTS):
        return False
    if user.role_in(assignment.team) == Role.LEAD:
        return True
    return SuspectAccess.objects.visible_to(user).current().filter(assignment=assignment, user=user).exists()


def _checked(assignment: Assignment, *, by) -> Assignment:
    held = writable(assignment, by=by)
    if not may_see(by, held):
        raise PermissionDenied
    return held


def _key(keyring, held: Assignment) -> OpenKey:
    """Return the key of the suspects of a locked letter, made for its network where there is none. Raises CannotOpen."""
    known = ContentKey.objects.filter(object_id=held.pk, purpose=Purpose.SUSPECTS).exists()
    if known:
        return keys.newest_content_key(keyring, held.pk, Purpose.SUSPECTS)
    return keys.new_content_key("assignment", held.pk, Purpose.SUSPECTS, [held.team])


@transaction.atomic
def add_suspect(assignment: Assignment, *, by, keyring, said: SuspectContent) -> Suspect:
    """Write down a suspect.

    Raises PermissionDenied for who may not see suspects of this case, as casework.writable does, Locked, CannotOpen.
    """
    held = _checked(assignment, by=by)
    suspect = _new(held, by, _key(keyring, held), said)
    record("create", by=by, team=held.team, obj=suspect)
    return suspect


def _new(held: Assignment, by, key: OpenKey, said: SuspectContent) -> Suspect:
    now = timezone.now()
    suspect = Suspect(assignment=held, by=by, at=now, changed_at=now)
    sealed.seal(key, suspect, "content", content.to_bytes(said))
    suspect.save(force_insert=True)
    return suspect


@transaction.atomic
def take_over_named(
    assignment: Assignment, *, by, keyring, named: list[shared_content.Suspect]
) -> list[Suspect]:
    """Write down who a report names, each once: who was taken over before is left out. Raises as `add_suspect`."""
    held = _checked(assignment, by=by)
    key = _key(keyring, held)
    there = {tuple(said_of(keyring, row).named) for row in held.suspects.all()}
    made = []
    for suspect in named:
        mark = list(asdict(suspect).values())
        if tuple(mark) in there:
            continue
        there.add(tuple(mark))
        parts = {name: getattr(suspect, name) for name in ("name", "nickname", "phone", "handle", "plate")}
        said = SuspectContent(**parts, words=suspect.other, source="referrer", certainty="unsure", named=mark)
        made.append(_new(held, by, key, said))
    if made:
        record("create", by=by, team=held.team, obj=held, purpose="suspects", rows=made)
    return made


@transaction.atomic
def change_suspect(suspect: Suspect, *, by, keyring, version: int, said: SuspectContent) -> Suspect:
    """Change what is known of a suspect; what a report had of this one stays.

    Raises Clash where a colleague changed it since `version`, and as `add_suspect` does.
    """
    suspect = _locked(suspect, by=by, version=version)
    before = said_of(keyring, suspect)
    said = SuspectContent(**asdict(said) | {"named": before.named})
    sealed.seal(_key(keyring, suspect.assignment), suspect, "content", content.to_bytes(said))
    _save(suspect, "content")
    record("change", by=by, team=suspect.assignment.team, obj=suspect)
    return suspect


@transaction.atomic
def remove_suspect(suspect: Suspect, *, by, version: int) -> Suspect:
    """Take away who is no suspect (any more); the row stays. Raises as `change_suspect` does."""
    suspect = _locked(suspect, by=by, version=version)
    suspect.removed_at = timezone.now()
    _save(suspect, "removed_at")
    record("change", by=by, team=suspect.assignment.team, obj=suspect, purpose="removed")
    return suspect


@transaction.atomic
def let_in(assignment: Assignment, *, by, user) -> None:
    """Let a colleague see the suspects of this case; twice is once.

    Raises PermissionDenied unless `by` is a lead, NotAllowed where `user` does not work on this case, and as
    casework.writable does.
    """
    held = _by_a_lead(assignment, by=by)
    user = worker_of(held, user)
    if not SuspectAccess.objects.current().filter(assignment=held, user=user).exists():
        access = SuspectAccess.objects.create(assignment=held, user=user, by=by, at=timezone.now())
        record("create", by=by, team=held.team, obj=access)


@transaction.atomic
def keep_out(assignment: Assignment, *, by, user) -> None:
    """Take back that a colleague may see the suspects of this case. Raises as `let_in` does."""
    held = _by_a_lead(assignment, by=by)
    for access in SuspectAccess.objects.current().filter(assignment=held, user=user):
        access.ended_at = timezone.now()
        access.save(update_fields=["ended_at"])
        record("change", by=by, team=held.team, obj=access)


def _by_a_lead(assignment: Assignment, *, by) -> Assignment:
    held = writable(assignment, by=by)
    if by.role_in(held.team) != Role.LEAD:
        raise PermissionDenied
    return held


def said_of(keyring, suspect: Suspect) -> SuspectContent:
    """Open what is known of a suspect; the caller checks and logs. Raises Locked, CannotOpen."""
    return content.from_bytes(SuspectContent, sealed.peek(keyring, suspect, "content"))


def _locked(suspect: Suspect, *, by, version: int) -> Suspect:
    held = _checked(suspect.assignment, by=by)
    found = locked(Suspect.objects.visible_to(by).current().filter(assignment=held), suspect.pk, version)
    found.assignment = held
    return found


def _save(suspect: Suspect, *fields: str) -> None:
    suspect.version += 1
    suspect.changed_at = timezone.now()
    suspect.save(update_fields=[*fields, "version", "changed_at"])


def unpack(held: Assignment, *, by, keyring, said: list[SuspectContent]) -> None:
    """Write down the suspects that came along with a locked letter from another network. Part of taking over."""
    if said:
        key = _key(keyring, held)
        for one in said:
            _new(held, by, key, one)
