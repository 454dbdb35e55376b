"""Contacts of a network: reading what was agreed, and writing down a contact that does not break it."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.teams.agreement import Part
from meldpunt.vault import sealed
from networks import content
from networks.actions.casework import writable
from networks.casework import contract
from networks.casework.contract import Breach
from networks.casework.contract_reads import was_read
from networks.content import ContactContent
from networks.models import Contact, ContractRead
from signals.content import Shared
from signals.models import Assignment
from signals.sharing import door


class NotRead(Exception):
    """The member has not read what was agreed about contact, or something was added since."""


class Breaks(Exception):
    """The contact breaks what was agreed; `breaches` says how."""

    def __init__(self, breaches: list[Breach]):
        super().__init__("contact breaks what was agreed")
        self.breaches = breaches


@transaction.atomic
def note_contract_read(assignment: Assignment, *, by) -> ContractRead:
    """Write down that `by` has read what was agreed about contact. Raises as `casework.writable` does."""
    held = writable(assignment, by=by)
    row = ContractRead(assignment=held, by=by, at=timezone.now())
    row.save(force_insert=True)
    record("read", by=by, team=held.team, obj=held.case, purpose="contract")
    return row


@transaction.atomic
def write_contact(
    assignment: Assignment, *, by, keyring, held_at: datetime.datetime, said: ContactContent
) -> Contact:
    """Keep a contact of `by`, sealed; `held_at` is when it was or will be.

    Raises NotRead before `by` has read what was agreed, Breaks where it is refused or `said.anyway` gives no reason for
    a warning, as `casework.writable` does, PermissionDenied where the agreement does not give safe contact to the own organisation, Locked, CannotOpen.
    """
    held = writable(assignment, by=by)
    if not door.may_read(by, held.team_id, held.case, Part.CONTACT):
        raise PermissionDenied
    shared = content.from_bytes(Shared, sealed.peek(keyring, held.case, "shared"))
    if contract.is_there(shared) and not was_read(held, by):
        raise NotRead("contract")
    found = contract.breaches(shared, said, timezone.localtime(held_at))
    if any(breach.refused for breach in found) or (found and not said.anyway.strip()):
        raise Breaks(found)
    row = Contact(assignment=held, by=by, at=timezone.now(), held_at=held_at)
    sealed.seal(sealed.key_for(keyring, row, "content"), row, "content", content.to_bytes(said))
    row.save(force_insert=True)
    record("create", by=by, team=held.team, obj=row, purpose="anyway" if found else "")
    return row
