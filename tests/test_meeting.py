"""A meeting of a network: its agenda makes itself, each case has a screen, decisions become actions, ties stay with the chair."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from meldpunt.audit.models import Entry
from meldpunt.notices.models import Notice
from networks.actions import casework, meetings
from networks.actions.meetings import Unanswered
from networks.models import Action, Appointment, Meeting, MeetingItem, Tie
from signals.actions import Clash
from signals.models import Shield
from signals.workflow import NotAllowed
from tests.worlds import World

pytestmark = pytest.mark.django_db
ANSWERED = {
    "block-youth_care": "no", "block-youth_care_why": "", "block-surroundings": "yes", "block-surroundings_who": "Tante",
    "block-peers": "yes", "block-coordinator": "", "block-version": "1",
}  # fmt: skip


@pytest.fixture
def world(settings):
    return World(settings)


def planned(world, who="lead", days=2) -> Meeting:
    ring = world.keyring(who)
    begins_at = timezone.now() + datetime.timedelta(days=days)
    return meetings.plan(world.teams["almelo"], by=ring.user, keyring=ring, begins_at=begins_at, where="Stadhuis")


def late_action(world, letter):
    ring = world.keyring("member")
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    return casework.plan_action(letter, by=ring.user, keyring=ring, kind="school", words="Bel", due_on=yesterday)


def screen(world, meeting, letter, act="", who="lead", **sent):
    address = f"/netwerk/overleg/{meeting.pk}/zaak/{letter.case.reference}/{act}"
    client = world.client(who)
    return client.post(address, sent) if sent or act else client.get(address)


def test_the_agenda_says_why_each_case_is_on_it_danger_first(world):
    calm, danger = world.accepted(urgency="normal"), world.accepted(urgency="acute")
    late_action(world, calm)
    page = world.client("lead").get(planned(world).get_absolute_url()).content.decode()
    assert page.index(danger.case.reference) < page.index(calm.case.reference)
    assert "1 actie te laat" in page and "nieuw" in page and "besluit nodig" in page


def test_what_was_discussed_and_did_not_change_is_not_on_the_next_agenda(world):
    letter, other = world.accepted(), world.accepted()
    meeting, ring = planned(world), world.keyring("lead")
    for item in meeting.items.all():
        meetings.decide(item, by=ring.user, keyring=ring, version=1, answers={"youth_care": "no"})
    meetings.close(meeting, by=ring.user, keyring=ring)
    Meeting.objects.update(begins_at=timezone.now() - datetime.timedelta(hours=1))
    casework.write_note(other, by=ring.user, keyring=ring, words="Er is iets gebeurd.")
    following = planned(world, days=30)
    assert [item.assignment_id for item in following.items.all()] == [other.pk]
    assert following.items.get().why == ["changed"]
    assert letter.pk not in following.items.values_list("assignment", flat=True)


def test_what_came_since_the_meeting_was_planned_is_on_the_agenda_when_it_begins(world):
    first, left_out = world.accepted(), world.accepted()
    meeting, ring = planned(world), world.keyring("lead")
    meetings.drop_case(meeting.items.get(assignment=left_out), by=ring.user)
    came = world.accepted()
    assert not meeting.items.filter(assignment=came).exists()
    meetings.begin_case(meeting.items.get(assignment=first), by=ring.user)
    assert set(meeting.items.filter(dropped_at=None).values_list("assignment", flat=True)) == {first.pk, came.pk}
    later = world.accepted()
    meetings.begin_case(meeting.items.get(assignment=came), by=ring.user)
    assert not meeting.items.filter(assignment=later).exists()


def test_only_a_lead_plans_and_one_meeting_lies_ahead(world):
    with pytest.raises(PermissionDenied):
        planned(world, who="member")
    planned(world)
    with pytest.raises(NotAllowed):
        planned(world)
    assert world.client("member").post(reverse("meetings"), {"meeting-on": "2030-01-01"}).status_code == 403


def test_the_screen_shows_the_case_large_and_masked_and_stands_in_the_log(world, django_assert_max_num_queries):
    letter = world.accepted()
    late_action(world, letter)
    meeting = planned(world)
    page = screen(world, meeting, letter).content.decode()
    assert "Praat met school" in page and "Canarie" not in page and "Vier vragen" in page
    assert Entry.objects.filter(act="read", purpose="meeting").exists()
    client = world.client("lead")
    address = reverse("meeting_case", args=[meeting.pk, letter.case.reference])
    client.get(address)
    with django_assert_max_num_queries(15):
        client.get(address)


def test_four_answers_are_kept_sealed_and_lead_to_the_next_case(world):
    first, second = world.accepted(urgency="acute"), world.accepted()
    meeting = planned(world)
    answer = screen(world, meeting, first, "vragen/", **ANSWERED)
    assert answer.url.endswith(f"/zaak/{second.case.reference}/")
    item = MeetingItem.objects.get(assignment=first)
    assert item.discussed_at and b"Tante" not in bytes(item.content)
    assert "Tante" in screen(world, meeting, first).content.decode()


def test_who_coordinates_is_appointed_from_the_same_form(world):
    letter = world.accepted()
    meeting = planned(world)
    screen(world, meeting, letter, "vragen/", **ANSWERED | {"block-coordinator": str(world.people["member"].pk)})
    assert Appointment.objects.get(assignment=letter, until=None).person == world.people["member"]


def test_two_who_answer_at_once_see_both_and_lose_nothing(world):
    letter = world.accepted()
    meeting = planned(world)
    screen(world, meeting, letter, "vragen/", **ANSWERED)
    late = screen(world, meeting, letter, "vragen/", who="member", **ANSWERED | {"block-youth_care": "yes"})
    page = late.content.decode()
    assert late.status_code == 409 and "dit koos jij" in page and "dit staat er nu" in page
    ring = world.keyring("lead")
    with pytest.raises(Clash):
        meetings.decide(MeetingItem.objects.get(), by=ring.user, keyring=ring, version=1, answers={})


def test_a_decision_becomes_an_action_with_owner_and_day_and_its_owner_hears_of_it_at_the_end(world):
    letter = world.accepted()
    meeting, member = planned(world), world.people["member"]
    sent = {"action-kind": "school", "action-words": "Vraag K4.", "action-owner": str(member.pk), "action-due_on": ""}
    assert screen(world, meeting, letter, "besluit/", **sent).status_code == 302
    action = Action.objects.get()
    assert (action.meeting, action.owner) == (meeting, member)
    screen(world, meeting, letter, "vragen/", **ANSWERED)
    world.client("lead").post(reverse("close_meeting", args=[meeting.pk]), {"closing-words": "", "confirmed": "1"})
    assert Notice.objects.filter(user=member, kind="meeting_actions").exists()
    page = world.client("member").get(meeting.get_absolute_url()).content.decode()
    assert "Praat met school" in page and "afgesloten" in page


def test_lines_of_the_minutes_of_two_people_both_stay(world):
    letter = world.accepted()
    meeting = planned(world)
    for who, words in (("lead", "Eerste regel"), ("member", "Tweede <b>regel</b>")):
        screen(world, meeting, letter, "verslag/", who=who, **{"minutes-words": words})
    page = screen(world, meeting, letter).content.decode()
    assert "Eerste regel" in page and "Tweede &lt;b&gt;regel&lt;/b&gt;" in page


def test_a_meeting_does_not_end_while_a_case_that_was_begun_is_undecided_and_then_never_changes(world):
    letter, ring = world.accepted(), world.keyring("lead")
    meeting = planned(world)
    item = meeting.items.get()
    meetings.begin_case(item, by=ring.user)
    with pytest.raises(Unanswered):
        meetings.close(meeting, by=ring.user, keyring=ring)
    said = world.client("lead").post(reverse("close_meeting", args=[meeting.pk]), {"closing-words": "Tot slot"})
    assert said.status_code == 409 and "Tot slot" in said.content.decode()
    meetings.decide(item, by=ring.user, keyring=ring, version=1, answers={"youth_care": "no"})
    meetings.close(meeting, by=ring.user, keyring=ring)
    with pytest.raises(NotAllowed):
        meetings.decide(MeetingItem.objects.get(), by=ring.user, keyring=ring, version=2, answers={})
    meetings.add_later(meeting, by=ring.user, keyring=ring, words="Naschrift")
    assert "Naschrift" in world.client("member").get(meeting.get_absolute_url()).content.decode()
    assert letter.case.reference


def test_a_meeting_ends_only_after_asking_once_more_and_going_back_loses_nothing(world):
    world.accepted()
    meeting, lead = planned(world), world.client("lead")
    address, sent = reverse("close_meeting", args=[meeting.pk]), {"closing-words": "Tot <b>slot</b>"}
    asked = lead.post(address, sent).content.decode()
    meeting.refresh_from_db()
    assert meeting.closed_at is None
    assert "1 zaak is niet besproken." in asked and "Tot &lt;b&gt;slot&lt;/b&gt;" in asked and "Ja, sluit" in asked
    assert "Tot &lt;b&gt;slot&lt;/b&gt;" in lead.post(address, sent | {"change": "1"}).content.decode()
    assert lead.post(address, sent | {"confirmed": "1"}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.closed_at is not None


def test_a_tie_is_seen_by_the_chair_alone_and_puts_the_case_last(world):
    tied, other = world.accepted(urgency="acute"), world.accepted()
    world.client("member").post(reverse("declare_tie", args=[tied.case.reference]), {"tie-words": "Mijn nicht"})
    meeting = planned(world)
    chair, member = (world.client(who).get(meeting.get_absolute_url()).content.decode() for who in ("lead", "member"))
    assert "Mijn nicht" in chair and "Mijn nicht" not in member and "Alleen voor jou" not in member
    assert chair.index(other.case.reference) < chair.rindex(tied.case.reference)
    assert b"nicht" not in bytes(Tie.objects.get().content)
    slide = screen(world, meeting, tied).content.decode()
    assert "blijft een deel van de groep" in slide and "Mijn nicht" not in slide and "Vier vragen" not in slide
    screen(world, meeting, tied, "nu/", announced="1")
    assert "Vier vragen" in screen(world, meeting, tied).content.decode()
    assert "Vier vragen" not in screen(world, meeting, tied, who="member").content.decode()
    assert Entry.objects.filter(purpose="announced").exists()


def test_who_is_kept_out_of_a_case_sees_neither_it_nor_a_gap(world):
    hidden, shown = world.accepted(urgency="acute"), world.accepted()
    meeting = planned(world)
    Shield.objects.create(
        user=world.people["member"], case=hidden.case, source="coordinator", reason="knows", at=timezone.now()
    )
    client = world.client("member")
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert hidden.case.reference not in page and shown.case.reference in page
    assert "Zaak 1 van 1" in screen(world, meeting, shown, who="member").content.decode()
    assert screen(world, meeting, hidden, who="member").status_code == 404
    ring = world.keyring("lead")
    meetings.begin_case(MeetingItem.objects.get(assignment=hidden), by=ring.user)
    assert client.get(reverse("meeting_now", args=[meeting.pk])).json() == {
        "number": 0, "of": 1, "over": False, "reference": "",
    }  # fmt: skip


def test_a_phone_beside_the_screen_hears_which_case_it_is_now(world):
    letter = world.accepted()
    meeting, ring = planned(world), world.keyring("lead")
    meetings.begin_case(meeting.items.get(), by=ring.user)
    told = world.client("member").get(reverse("meeting_now", args=[meeting.pk])).json()
    assert (told["number"], told["reference"]) == (1, letter.case.reference)


def test_who_is_there_and_which_guests_is_kept(world):
    meeting = planned(world)
    sent = {"there-members": [str(world.people["member"].pk)], "there-guests": "Wijkagent, politie", "there-version": "1"}
    world.client("lead").post(reverse("meeting_there", args=[meeting.pk]), sent)
    meeting.refresh_from_db()
    assert b"Wijkagent" not in bytes(meeting.content)
    assert meeting.attendance.get(user=world.people["member"]).there
    assert "Wijkagent, politie" in world.client("member").get(meeting.get_absolute_url()).content.decode()


def test_who_was_there_stays_in_the_report_after_leaving_the_network(world):
    meeting, member = planned(world), world.people["member"]
    sent = {"there-members": [str(member.pk)], "there-guests": "", "there-version": "1"}
    world.client("lead").post(reverse("meeting_there", args=[meeting.pk]), sent)
    Meeting.objects.filter(pk=meeting.pk).update(closed_at=timezone.now(), begins_at=timezone.now())
    member.memberships.update(ended_at=timezone.now())
    page = world.client("lead").get(meeting.get_absolute_url()).content.decode()
    assert member.name in page and "niet opgeschreven" not in page
    chairs = {"chairs-chair": str(world.people["lead"].pk), "chairs-substitute": "", "chairs-version": "2"}
    late = world.client("lead").post(reverse("meeting_chairs", args=[meeting.pk]), chairs)
    assert late.status_code in (302, 409, 422)


@pytest.mark.parametrize("who", ["stranger", "other_lead", "former", "coordinator"])
def test_others_find_no_meeting(world, who):
    letter = world.accepted()
    meeting, client = planned(world), world.client(who)
    for address in (meeting.get_absolute_url(), f"{meeting.get_absolute_url()}zaak/{letter.case.reference}/"):
        assert client.get(address).status_code in (403, 404)
    for name in ("meeting_agenda", "meeting_there", "close_meeting", "meeting_later"):
        assert client.post(reverse(name, args=[meeting.pk]), {}).status_code in (403, 404)


def test_a_member_cannot_close_or_drop_by_a_forged_post(world):
    letter = world.accepted()
    meeting, client = planned(world), world.client("member")
    assert client.post(reverse("close_meeting", args=[meeting.pk]), {"closing-words": ""}).status_code == 403
    dropped = client.post(reverse("meeting_agenda", args=[meeting.pk]), {"drop": letter.case.reference})
    assert dropped.status_code == 403 and meeting.items.count() == 1


def test_a_case_is_put_on_the_agenda_by_hand_and_taken_off_again(world):
    letter, client = world.accepted(), world.client("lead")
    meeting = planned(world)
    address = reverse("meeting_agenda", args=[meeting.pk])
    client.post(address, {"drop": letter.case.reference})
    client.post(address, {})
    assert letter.case.reference not in client.get(meeting.get_absolute_url()).content.decode()
    client.post(address, {"case": letter.case.reference.lower()})
    assert meeting.items.get().why == ["by_hand"]
    assert client.post(address, {"case": "ZK-000-000"}).status_code == 404


def test_a_meeting_in_the_past_or_next_century_is_refused_with_what_was_typed(world):
    sent = {"meeting-on": "1999-01-01", "meeting-at": "10:00", "meeting-where": "Zaal 4"}
    answer = world.client("lead").post(reverse("meetings"), sent)
    assert answer.status_code == 422 and "Zaal 4" in answer.content.decode() and not Meeting.objects.exists()
