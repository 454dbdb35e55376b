"""A case in which somebody of the network wrote one word of each kind, and a colleague of another partner who reads it."""

import datetime

from django.utils import timezone

from meldpunt.teams.agreement import Agreement, Part
from meldpunt.teams.models import Membership
from meldpunt.teams.partners import Partner
from meldpunt.vault import sealed
from networks import content
from networks.actions import casework, circle, contacts, coordination, meetings, plans, suspects
from networks.content import ContactContent, PlanContent, RelationContent, SuspectContent
from networks.models import CaseFile
from signals.content import FileNote

DAY = datetime.timedelta(days=1)
# A word of each kind that stands nowhere else → what the reader of it must get.
WORDS = {
    "Canarieactie": {Part.WORK},
    "Canariemaatregel": {Part.WORK, Part.OTHERS},
    "Canariedoel": {Part.WORK},
    "Canariewens": {Part.WORK},
    "Canariepost": {Part.WORK},
    "Canarieverslag": {Part.WORK},
    "Canarienotitie": {Part.NOTES},
    "Canariebestand": {Part.NOTES},
    "Canariecontact": {Part.NOTES, Part.CONTACT},
    "Canariekring": {Part.OTHERS},
    "Canarieschuld": {Part.SUSPECTS},
}


def written(world, letter, who="lead"):
    """Let somebody write each of WORDS about a letter; returns the meeting where a part of it was said."""
    ring = world.keyring(who)
    by = {"by": ring.user, "keyring": ring}
    friend = circle.add_relation(letter, **by, kind="friend", said=RelationContent(name="Canariekring"))
    suspects.add_suspect(letter, **by, said=SuspectContent(name="Canarieschuld"))
    goal = plans.set_goal(letter, **by, words="Canariedoel")
    casework.plan_action(letter, **by, kind="school", words="Canarieactie", goal=goal)
    casework.plan_action(letter, **by, kind="other", words="Canariemaatregel", peer=friend)
    plans.write_wish(letter, **by, version=0, said=PlanContent(wish="Canariewens"))
    coordination.appoint(letter, **by, post="coordinator", party="outside", who="Canariepost")
    casework.write_note(letter, **by, words="Canarienotitie")
    contacts.note_contract_read(letter, by=ring.user)
    said = ContactContent(with_whom="school", how="phone", who="Canariecontact", words="Canariecontact")
    contacts.write_contact(letter, **by, held_at=timezone.now(), said=said)
    row = CaseFile(assignment=letter, by=ring.user, at=timezone.now())
    note = FileNote(id=str(row.pk), name="Canariebestand.pdf", kind="pdf", size=100, key="", scanned=True)
    sealed.seal(sealed.key_for(ring, row, "description"), row, "description", content.to_bytes(note))
    row.save(force_insert=True)
    meeting = meetings.plan(letter.team, **by, begins_at=timezone.now() + DAY)
    item = meeting.items.get(assignment=letter)
    meetings.write_minutes(item, **by, words="Canarieverslag")
    return meeting


def of_partner(world, rows, who="member", role="school", bases=("public_task",)) -> Partner:
    """Let somebody of almelo be of a partner of its own, whose kind gets `rows` (Grant) only; returns that partner."""
    Agreement.objects.filter(role=role).delete()
    Agreement.objects.bulk_create(
        Agreement(part=row.part, basis=row.basis, until=row.until, role=role, version=number)
        for number, row in enumerate({(one.part, one.basis): one for one in rows}.values(), start=1)
    )
    today = timezone.localdate()
    partner, _made = Partner.objects.update_or_create(
        team=world.teams["almelo"],
        organisation="Een partner",
        defaults={"role": role, "bases": list(bases), "agreed_on": today - DAY, "review_on": today + DAY},
    )
    Membership.objects.filter(user=world.people[who]).update(partner=partner)
    return partner
