"""Who chairs: a substitute where the chair steps aside, nobody learns why; and the rhythm of a network."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from meldpunt.audit.models import Entry
from networks.actions import meeting_settings, meetings
from networks.meeting.rhythm import next_day
from networks.models import Appointment, Meeting, MeetingItem, Rhythm
from signals.actions import Clash
from signals.models import Shield
from signals.workflow import NotAllowed
from tests.test_meeting import ANSWERED, planned, screen
from tests.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    return World(settings)


def kept_out(world, who, case):
    return Shield.objects.create(
        user=world.people[who], case=case, source="coordinator", reason="knows", at=timezone.now()
    )


def tied(world, letter, who):
    ring = world.keyring(who)
    meetings.declare_tie(letter, by=ring.user, keyring=ring, words="Mijn neef")


def agenda(world, meeting, who):
    return world.client(who).get(meeting.get_absolute_url()).content.decode()


def test_a_chair_with_a_tie_does_not_hear_the_case_and_the_substitute_turns_to_it(world):
    letter = world.accepted()
    meeting, lead, member = planned(world), world.user("lead"), world.user("member")
    meeting_settings.name_chairs(meeting, by=lead, chair=lead, substitute=member, version=1)
    tied(world, letter, "lead")
    for who in ("lead", "member"):
        slide = screen(world, meeting, letter, who=who).content.decode()
        assert (
            "Member zit deze zaak voor" in slide and "Mijn neef" not in slide and "Vier vragen" not in slide
        )
    assert "Jij zit voor" in agenda(world, meeting, "member") and "Mijn neef" in agenda(
        world, meeting, "member"
    )
    assert "Mijn neef" not in agenda(world, meeting, "lead")
    assert screen(world, meeting, letter, "nu/", announced="1").status_code == 403
    assert screen(world, meeting, letter, "nu/", who="member", announced="1").status_code == 302
    assert "Vier vragen" in screen(world, meeting, letter, who="member").content.decode()
    assert "Vier vragen" not in screen(world, meeting, letter).content.decode()


def test_a_chair_who_is_kept_out_sees_nothing_and_the_case_is_talked_about_all_the_same(world):
    letter, other = world.accepted(), world.accepted()
    meeting = planned(world)
    kept_out(world, "lead", letter.case)
    page = agenda(world, meeting, "lead")
    assert (
        letter.case.reference not in page
        and "Vraag eerst aan de groep" in page
        and "Jij zit voor" not in page
    )
    page = agenda(world, meeting, "member")
    assert "Jij zit voor" in page and letter.case.reference in page
    assert screen(world, meeting, letter, "nu/", who="member", announced="1").status_code == 302
    assert screen(world, meeting, other, "nu/", who="member").status_code == 403
    assert MeetingItem.objects.get(assignment=letter).begun_at
    assert screen(world, meeting, letter, "vragen/", who="member", **ANSWERED).status_code == 302
    ring = world.keyring("lead")
    meetings.close(meeting, by=ring.user, keyring=ring)


def test_where_nobody_can_chair_nobody_turns_to_the_case(world):
    letter = world.accepted()
    meeting = planned(world)
    for who in ("lead", "member"):
        tied(world, letter, who)
    for who in ("lead", "member"):
        assert screen(world, meeting, letter, "nu/", who=who, announced="1").status_code == 403
        assert "Wie deze zaak voorzit" in screen(world, meeting, letter, who=who).content.decode()


def test_only_a_lead_names_who_chairs_and_never_twice_the_same_or_a_stranger(world):
    meeting, lead, member = planned(world), world.user("lead"), world.user("member")
    with pytest.raises(PermissionDenied):
        meeting_settings.name_chairs(meeting, by=member, chair=lead, substitute=member, version=1)
    for chair, substitute in (
        (member, None),
        (lead, lead),
        (lead, world.user("stranger")),
        (lead, world.user("former")),
    ):
        with pytest.raises(NotAllowed):
            meeting_settings.name_chairs(meeting, by=lead, chair=chair, substitute=substitute, version=1)
    with pytest.raises(Clash):
        meeting_settings.name_chairs(meeting, by=lead, chair=lead, substitute=member, version=7)
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.update(substitute=lead)
    sent = {"chairs-chair": lead.pk, "chairs-substitute": lead.pk, "chairs-version": 1}
    answer = world.client("lead").post(reverse("meeting_chairs", args=[meeting.pk]), sent)
    assert answer.status_code == 422 and "Kies iemand anders dan de voorzitter" in answer.content.decode()
    sent["chairs-substitute"] = member.pk
    assert world.client("lead").post(reverse("meeting_chairs", args=[meeting.pk]), sent).status_code == 302
    assert Meeting.objects.get().substitute == member and "vervanger Member" in agenda(
        world, meeting, "member"
    )


@pytest.mark.parametrize("who", ["lead", "member"])
def test_the_agenda_with_cases_apart_stays_inside_the_statements(world, who, django_assert_max_num_queries):
    first, second = world.accepted(), world.accepted()
    meeting = planned(world)
    tied(world, first, "lead")
    tied(world, second, "member")
    client = world.client(who)
    client.get(meeting.get_absolute_url())
    with django_assert_max_num_queries(15):
        page = client.get(meeting.get_absolute_url()).content.decode()
    assert page.count("Mijn neef") == 1


def test_a_lead_sets_how_often_they_meet_and_the_next_day_is_proposed_from_it(world):
    meeting, ring = planned(world), world.keyring("lead")
    meetings.close(meeting, by=ring.user, keyring=ring)
    held = timezone.localtime().replace(hour=14, minute=30, second=0, microsecond=0) - datetime.timedelta(
        days=1
    )
    Meeting.objects.update(begins_at=held)
    client, address = world.client("lead"), reverse("meetings")
    assert "om de 4 weken" in client.get(address).content.decode()
    assert client.post(reverse("meeting_rhythm"), {"rhythm-weeks": "6"}).status_code == 302
    page = client.get(address).content.decode()
    day = next_day(held.date(), 6, today=timezone.localdate())
    assert "om de 6 weken" in page and f'value="{day.isoformat()}"' in page and 'value="14:30"' in page
    assert Entry.objects.filter(purpose="rhythm").count() == 1
    for wrong in ("0", "27", "", "vaak", "1e9"):
        assert client.post(reverse("meeting_rhythm"), {"rhythm-weeks": wrong}).status_code == 422
    assert world.client("member").post(reverse("meeting_rhythm"), {"rhythm-weeks": "2"}).status_code == 403
    assert Rhythm.objects.get().weeks == 6


def test_the_next_day_passes_over_what_is_past_and_over_holidays():
    tuesday = datetime.date(2026, 11, 24)
    assert next_day(tuesday, 4, today=tuesday) == datetime.date(2026, 12, 22)
    assert next_day(tuesday, 1, today=datetime.date(2027, 1, 20)) == datetime.date(2027, 1, 26)
    assert next_day(datetime.date(2026, 11, 27), 4, today=tuesday) == datetime.date(2027, 1, 8)
    assert next_day(datetime.date(2026, 11, 28), 4, today=tuesday) == datetime.date(2026, 12, 26)


def test_somebody_from_outside_coordinates_when_said_who(world):
    letter = world.accepted()
    meeting = planned(world)
    sent = ANSWERED | {"block-coordinator": "referrer"}
    refused = screen(world, meeting, letter, "vragen/", **sent)
    assert refused.status_code == 422 and "Schrijf wie het is" in refused.content.decode()
    screen(world, meeting, letter, "vragen/", **sent | {"block-coordinator_who": "Mentor <b>, OSG"})
    row = Appointment.objects.get(assignment=letter, until=None)
    assert (row.party, row.person) == ("referrer", None) and b"Mentor" not in bytes(row.content)
    assert "Mentor &lt;b&gt;, OSG" in screen(world, meeting, letter).content.decode()
    assert (
        screen(world, meeting, letter, "vragen/", **ANSWERED | {"block-coordinator": "iemand"}).status_code
        == 422
    )
