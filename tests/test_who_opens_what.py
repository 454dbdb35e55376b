"""Who has a seal for which key of a case after each act of its life: the table of the vault, and nobody else opens it."""

import pytest
from django.utils import timezone

from meldpunt.vault import crypto, keys, sealed
from meldpunt.vault.models import ContentSeal, TeamKeySeal
from networks.actions import circle, meetings, moving, outcome, suspects
from networks.content import SuspectContent
from networks.models import Meeting
from signals.actions import dispatching, reopening, routing
from signals.actions import moving as signals_moving
from signals.models import Assignment, Case, Transfer
from tests.worlds import SHARED, World

pytestmark = pytest.mark.django_db
ENDED = {"outcome": "handled_in_network", "youth_care_needed": False, "safe_now": "yes"}
ALMELO, ZWOLLE = {"assignment almelo"}, {"assignment zwolle"}


@pytest.fixture
def world(settings):
    return World(settings)


class Life:
    """One case with its network almelo, and what happens to it."""

    def __init__(self, world):
        self.world, self.case = world, world.case()

    def seals(self):
        """Every seal there is for this case and its letters, of any version: {"purpose team"}."""
        letters = Assignment.objects.filter(case=self.case).values_list("pk", flat=True)
        found = ContentSeal.objects.filter(content_key__object_id__in=[self.case.pk, *letters])
        return {f"{p} {slug}" for p, slug in found.values_list("content_key__purpose", "team_key__team__slug")}

    def newest(self):
        """Who has a seal for the key under which what is shared lies now, and opens it."""
        case = Case.objects.get(pk=self.case.pk)
        who = {"desk": "coordinator", "almelo": "lead", "zwolle": "other_lead"}
        holders = {slug for slug in who if opens(self.world.keyring(who[slug]), case, "shared")}
        assert holders == {team.slug for team in keys.teams_that_hold(case.pk, "shared")}
        assert all(keys.holds(case.pk, "shared", self.world.teams[slug]) for slug in holders)
        return holders

    def route(self):
        case, ring = Case.objects.get(pk=self.case.pk), self.world.keyring("coordinator")
        given = {"reason": "lives_there", "version": case.version}
        letter = routing.route(case, by=ring.user, keyring=ring, team=self.world.teams["almelo"], **given)
        routing.deliver(letter.pk)
        return routing.open_letter(letter, by=self.world.user("lead"))

    def ask(self, letter):
        ring = self.world.keyring("lead")
        asked = {"reason": "lives_there", "words": "Verhuisd", "wanted": ("notes", "suspects")}
        transfer = moving.ask_transfer(letter, by=ring.user, keyring=ring, team=self.world.teams["zwolle"], **asked)
        routing.deliver(transfer.receiver_id)
        return transfer, routing.open_letter(Assignment.objects.get(pk=transfer.receiver_id), by=self.world.user("other_lead"))


def opens(ring, row, field):
    try:
        return bool(sealed.peek(ring, row, field))
    except crypto.CannotOpen:
        return False


def whose(world, transfer):
    transfer.refresh_from_db()
    assert bytes(transfer.parcel)
    return [who for who in ("coordinator", "lead", "member", "other_lead") if opens(world.keyring(who), transfer, "parcel")]


def answered(world, letter):
    """Answer for every peer whom a report names."""
    ring = world.keyring("lead")
    for row in circle.take_over_named(letter, by=ring.user, keyring=ring, named=SHARED.others):
        circle.answer(row, by=ring.user, keyring=ring, version=row.version, approached="no")


DESK = {"desk desk", "shared desk"}


def test_a_request_to_take_over_opens_for_who_is_asked_and_for_nobody_once_it_is_over(world):
    life = Life(world)
    letter = routing.accept(life.route(), by=world.user("lead"))
    ring, other = world.keyring("lead"), world.keyring("other_lead")
    suspects.add_suspect(letter, by=ring.user, keyring=ring, said=SuspectContent(nickname="Ricky"))
    mine = DESK | ALMELO | {"shared almelo", "suspects almelo"}
    assert life.seals() == mine
    for end in ("refused", "withdrawn"):
        transfer, theirs = life.ask(letter)
        assert life.seals() == mine | ZWOLLE | {"shared zwolle"}
        assert whose(world, transfer) == ["other_lead"]
        if end == "refused":
            moving.give_back(theirs, by=other.user, keyring=other, reason="no_capacity", words="Geen plek")
        else:
            signals_moving.withdraw_transfer(transfer, by=ring.user, keyring=ring)
        assert life.seals() == mine and life.newest() == {"desk", "almelo"}
        assert whose(world, transfer) == []
    transfer, theirs = life.ask(letter)
    moving.accept(theirs, by=other.user, keyring=other)
    assert life.seals() == DESK | ZWOLLE | {"shared zwolle", "suspects zwolle"}
    assert life.newest() == {"desk", "zwolle"}
    assert bytes(Transfer.objects.get(pk=transfer.pk).parcel) == b""
    assert Transfer.objects.exclude(pk=transfer.pk).count() == 2


def test_support_return_recall_closing_and_reopening_leave_the_seals_that_they_should(world):
    life = Life(world)
    assert life.seals() == DESK
    letter = life.route()
    assert life.seals() == DESK | ALMELO | {"shared almelo"} and life.newest() == {"desk", "almelo"}
    letter = routing.accept(letter, by=world.user("lead"))
    ring, other, desk = world.keyring("lead"), world.keyring("other_lead"), world.keyring("coordinator")
    given = {"team": world.teams["zwolle"], "reason": "known_there"}
    support = signals_moving.ask_support(letter, by=ring.user, keyring=ring, **given)
    routing.deliver(support.pk)
    assert life.seals() == DESK | ALMELO | ZWOLLE | {"shared almelo", "shared zwolle"}
    support = routing.open_letter(support, by=other.user)
    moving.give_back(support, by=other.user, keyring=other, reason="no_capacity")
    assert life.seals() == DESK | ALMELO | {"shared almelo"} and life.newest() == {"desk", "almelo"}
    moving.give_back(letter, by=ring.user, keyring=ring, reason="no_capacity")
    assert life.seals() == DESK and life.newest() == {"desk"}
    routing.recall(life.route(), by=desk.user, keyring=desk, reason="mistake")
    assert life.seals() == DESK and life.newest() == {"desk"}
    letter = routing.accept(life.route(), by=world.user("lead"))
    answered(world, letter)
    letter.refresh_from_db()
    outcome.close(letter, by=ring.user, keyring=ring, **ENDED)
    assert life.seals() == DESK | ALMELO | {"shared almelo"}
    case = Case.objects.get(pk=life.case.pk)
    reopening.reopen(case, by=desk.user, keyring=desk, reason="new_facts", version=case.version)
    assert life.seals() == DESK | ALMELO and life.newest() == {"desk"}, "its own notes wait for it"
    again = routing.accept(life.route(), by=world.user("lead"))
    moving.give_back(again, by=ring.user, keyring=ring, reason="no_capacity")
    assert life.seals() == DESK and life.newest() == {"desk"}, "with the letters of before"


def test_who_leaves_has_no_seal_of_any_team_key_and_who_joins_has_that_of_the_newest(world):
    team, ring = world.teams["almelo"], world.keyring("lead")
    meetings.plan(team, by=ring.user, keyring=ring, begins_at=timezone.now())
    assert opens(world.keyring("member"), Meeting.objects.get(), "content")
    assert not opens(world.keyring("other_lead"), Meeting.objects.get(), "content")

    def sealed_to():
        found = TeamKeySeal.objects.filter(team_key__team=team)
        return set(found.values_list("user_key__user__name", flat=True))

    assert sealed_to() == {"Lead", "Member"}
    world.leave("member")
    assert sealed_to() == {"Lead"}
    assert not opens(world.keyring("member"), Meeting.objects.get(), "content")
    joined = world._person("joined", "almelo", "member")
    keys.sign_key(world.keyring("coordinator"), keys.newest_user_key(joined))
    world.people["joined"] = joined
    assert sealed_to() == {"Lead"} and not opens(world.keyring("joined"), Meeting.objects.get(), "content")
    keys.admit(world.keyring("lead"), team, joined)
    assert sealed_to() == {"Lead", "Joined"} and opens(world.keyring("joined"), Meeting.objects.get(), "content")


def test_a_network_that_lost_a_case_gets_no_key_of_what_went_outside_with_the_receipt(world):
    life = Life(world)
    letter, lead = routing.accept(life.route(), by=world.user("lead")), world.keyring("lead")
    what = {"body": "region", "basis": "public_task", "way": "portal", "parts": ["facts"]}
    words = {"recipient": "Politie", "contact": "Jansen", "why": "Aangifte"}
    row = dispatching.hand_outside(life.case, by=lead.user, keyring=lead, **what, **words)
    assert opens(lead, row, "sent")
    moving.give_back(letter, by=lead.user, keyring=lead, reason="no_capacity")
    day = timezone.localdate()
    row = dispatching.note_receipt(row, by=world.user("coordinator"), version=row.version, received_on=day, who="Jansen")
    assert [team.slug for team in keys.teams_that_hold(row.pk, "shared")] == ["desk"]
    assert opens(world.keyring("coordinator"), row, "receipt") and not opens(world.keyring("lead"), row, "receipt")
