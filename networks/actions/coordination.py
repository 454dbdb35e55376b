"""Who coordinates a case, and who is the contact of the person concerned; who was stays to be read."""

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.notices.actions import leave
from meldpunt.vault import sealed
from networks import content
from networks.actions.casework import worker_of, writable
from networks.content import AppointmentContent
from networks.models import Appointment, Party, Post
from signals.actions import Clash
from signals.models import Assignment
from signals.workflow import NotAllowed


@transaction.atomic
def appoint(
    assignment: Assignment,
    *,
    by,
    keyring,
    post: str,
    person=None,
    party: str = Party.MEMBER,
    who: str = "",
    organisation: str = "",
    words: str = "",
    instead_of=None,
) -> Appointment:
    """Give a post (Post) to `person`, a member who works on this case, or to somebody else in sealed words.

    `party` (Party) says where who has it belongs: a member is `person`, another has `who` or `organisation`. Whoever had
    it is kept as history. `instead_of` is the key of the appointment that was on the page, or "" where nobody had the
    post; None takes whoever has it now. A member who gets a post hears of it; one who
    has it already, without new words, keeps it and nothing changes.
    Raises Clash where somebody else was appointed meanwhile, NotAllowed, Assignment.DoesNotExist, Locked, CannotOpen.
    """
    held = writable(assignment, by=by)
    if post not in Post or party not in Party:
        raise NotAllowed("no such post or party")
    member = party == Party.MEMBER
    if member != (person is not None) or not (member or who.strip() or organisation.strip()):
        raise NotAllowed("a member is named, and another described")
    now = timezone.now()
    before = Appointment.objects.select_for_update().filter(assignment=held, post=post, until=None).first()
    if instead_of is not None and str(instead_of) != (str(before.pk) if before else ""):
        raise Clash
    if before and person is not None and before.person_id == person.pk and not words.strip():
        return before
    if before:
        before.until = now
        before.save(update_fields=["until"])
    row = Appointment(assignment=held, post=post, party=party, person=worker_of(held, person), by=by, at=now)
    said = AppointmentContent(who=who, organisation=organisation, words=words)
    sealed.seal(sealed.key_for(keyring, row, "content"), row, "content", content.to_bytes(said))
    row.save(force_insert=True)
    if person is not None and person.pk != by.pk:
        leave([person], kind="post_given", path=f"/netwerk/{held.case.reference}/plan/")
    record("change", by=by, team=held.team, obj=row, purpose=post)
    return row
