"""What a meeting never gives away, and what it never loses: keys, shields set later, clashes, what comes back."""

import pytest
from django.urls import reverse
from django.utils import timezone

from meldpunt.audit.models import Entry
from meldpunt.vault import keys
from meldpunt.vault.models import ContentKey, Purpose
from networks.actions import circle, coordination, meetings
from networks.content import RelationContent
from networks.models import Meeting, MeetingItem
from signals.actions import renewing
from signals.models import Shield
from tests.test_meeting import ANSWERED, planned, screen
from tests.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    return World(settings)


def shield(world, who, case):
    Shield.objects.create(user=world.people[who], case=case, source="coordinator", reason="knows", at=timezone.now())


def test_a_meeting_gets_a_new_key_too_after_somebody_left(world):
    meeting = planned(world)
    keys.make_team_key(world.keyring("coordinator"), world.teams["almelo"], [world.people["lead"]])
    renewing.renew_step(world.teams["almelo"], by=world.user("lead"))
    assert ContentKey.objects.filter(object_id=meeting.pk, purpose=Purpose.MEETING).count() == 2


def test_closing_counts_only_cases_that_the_lead_may_see(world):
    hidden = world.accepted()
    meeting, ring = planned(world), world.keyring("lead")
    meetings.begin_case(meeting.items.get(), by=ring.user)
    shield(world, "lead", hidden.case)
    assert meetings.close(meeting, by=ring.user, keyring=ring).closed_at


def test_a_shield_that_was_set_after_planning_puts_the_case_apart_with_a_slide_first(world):
    letter = world.accepted()
    meeting = planned(world)
    shield(world, "member", letter.case)
    assert "Voor de volgende zaak" in screen(world, meeting, letter).content.decode()
    screen(world, meeting, letter, "nu/", announced="1")
    assert Entry.objects.filter(purpose="announced").count() == 1
    assert "Vier vragen" in screen(world, meeting, letter).content.decode()


def test_guests_that_two_people_type_at_once_are_not_lost(world):
    meeting = planned(world)
    address, sent = reverse("meeting_there", args=[meeting.pk]), {"there-guests": "Eerste gast", "there-version": "1"}
    world.client("lead").post(address, sent)
    late = world.client("member").post(address, sent | {"there-guests": "Tweede gast"})
    assert late.status_code == 409 and "Tweede gast" in late.content.decode()


def test_closing_words_stay_where_a_colleague_closed_first(world):
    meeting, ring = planned(world), world.keyring("lead")
    meetings.close(meeting, by=ring.user, keyring=ring)
    late = world.client("lead").post(reverse("close_meeting", args=[meeting.pk]), {"closing-words": "Nog dit"})
    assert late.status_code == 409 and "Nog dit" in late.content.decode()


def test_a_question_that_was_put_off_comes_back_on_the_next_agenda(world):
    letter = world.accepted()
    meeting, ring = planned(world), world.keyring("lead")
    screen(world, meeting, letter, "vragen/", **ANSWERED | {"block-youth_care": "later"})
    meetings.close(meeting, by=ring.user, keyring=ring)
    Meeting.objects.update(begins_at=timezone.now())
    assert "decide" in planned(world, days=30).items.get().why


def test_what_was_answered_and_who_coordinates_are_kept_together_or_not_at_all(world):
    letter = world.accepted()
    meeting = planned(world)
    shield(world, "member", letter.case)
    screen(world, meeting, letter, "vragen/", **ANSWERED | {"block-coordinator": str(world.people["member"].pk)})
    assert MeetingItem.objects.get().discussed_at is None


def test_the_agenda_is_logged_with_the_cases_that_it_showed(world):
    letter = world.accepted()
    world.client("member").get(planned(world).get_absolute_url())
    assert letter.case.reference in Entry.objects.filter(act="read", object_kind="meeting").latest("pk").rows


def test_the_pause_shows_nothing_of_any_case(world):
    letter = world.accepted()
    page = world.client("member").get(reverse("meeting_blank", args=[planned(world).pk])).content.decode()
    assert "Even pauze" in page and letter.case.reference not in page


def test_what_was_said_of_a_case_stands_on_its_paper(world):
    letter = world.accepted()
    meeting = planned(world)
    screen(world, meeting, letter, "verslag/", **{"minutes-words": "We blijven bellen."})
    paper = world.client("member").get(reverse("network_print", args=[letter.case.reference]), {"deel": "samen"}).content.decode()
    assert "We blijven bellen." in paper and "Besproken in het overleg" in paper


def test_circle_and_plan_stand_on_paper_without_names_and_inside_the_statements(world, django_assert_max_num_queries):
    letter, ring = world.accepted(), world.keyring("member")
    circle.add_relation(letter, by=ring.user, keyring=ring, kind="friend", said=RelationContent(name="Zoë Peper"))
    coordination.appoint(letter, by=ring.user, keyring=ring, post="coordinator", person=ring.user)
    client, address = world.client("member"), reverse("network_print", args=[letter.case.reference]) + "?deel=samen"
    client.get(address)
    with django_assert_max_num_queries(17):  # fifteen, and the savepoint that stands for BEGIN and COMMIT in a test
        paper = client.get(address).content.decode()
    assert "nog niet gevraagd" in paper and "Regie van de zaak" in paper and "Peper" not in paper
