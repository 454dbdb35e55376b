"""Aftercare on the agenda of a meeting, and what the page of a case says about meetings."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from networks.actions import aftercare, meetings, outcome
from networks.models import Meeting, MeetingItem, Pulse
from networks.planning.outcome_page import pulses_of
from signals.workflow import NotAllowed
from tests.test_aftercare import closed, first
from tests.test_meeting import ANSWERED, planned, screen
from tests.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    return World(settings)


def test_a_pulse_that_is_due_by_the_meeting_is_on_the_agenda_behind_the_others(world):
    ended, running = closed(world), world.accepted(urgency="normal")
    first(ended, late=datetime.timedelta(days=-1))
    meeting = planned(world)
    whys = {item.assignment_id: item.why for item in meeting.items.all()}
    assert whys[ended.pk] == ["care"] and "care" not in whys[running.pk]
    page = world.client("member").get(meeting.get_absolute_url()).content.decode()
    assert "nazorg: vraag hoe het gaat" in page
    assert page.index(running.case.reference) < page.index(ended.case.reference)


def test_a_pulse_after_the_meeting_or_one_that_was_answered_is_not(world):
    letter = closed(world)
    assert not planned(world).items.exists()
    pulse, ring = first(letter), world.keyring("member")
    aftercare.answer(pulse, by=ring.user, keyring=ring, words="Goed", safe_now="yes")
    meetings.renew_agenda(Meeting.objects.get(), by=world.user("lead"))
    assert not MeetingItem.objects.exists()


def test_how_it_goes_is_answered_on_the_screen_and_the_case_counts_as_talked_about(world):
    letter = closed(world)
    first(letter)
    meeting = planned(world)
    page = screen(world, meeting, letter).content.decode()
    assert "Deze zaak is dicht" in page and "Vier vragen" not in page and "Maak deze actie" not in page
    assert screen(world, meeting, letter, "nazorg/", **{"pulse-words": "Typte dit"}).status_code == 422
    sent = {"pulse-words": "Gaat <b>goed</b>", "pulse-safe_now": "yes"}
    assert screen(world, meeting, letter, "nazorg/", **sent).url == meeting.get_absolute_url()
    pulse = Pulse.objects.get(assignment=letter, number=1)
    assert pulse.answered_at and MeetingItem.objects.get().discussed_at
    assert "Gaat &lt;b&gt;goed&lt;/b&gt;" in screen(world, meeting, letter).content.decode()
    again = screen(world, meeting, letter, "nazorg/", **sent)
    assert again.status_code == 409 and "Gaat &lt;b&gt;goed" in again.content.decode()
    ring = world.keyring("member")
    assert [one.said.words for one in pulses_of(ring, letter) if one.said] == ["Gaat <b>goed</b>"]


def test_aftercare_that_was_only_talked_about_comes_back_and_keeps_its_report(world):
    letter = closed(world)
    first(letter)
    meeting, ring = planned(world), world.keyring("lead")
    screen(world, meeting, letter, "verslag/", **{"minutes-words": "Bo belt donderdag."})
    assert screen(world, meeting, letter, "nazorg/", later="1").status_code == 302
    assert "Bo belt donderdag." in screen(world, meeting, letter).content.decode()
    meetings.close(meeting, by=ring.user, keyring=ring)
    Meeting.objects.update(begins_at=timezone.now() - datetime.timedelta(hours=1))
    assert [item.why for item in planned(world, days=30).items.all()] == [["care"]]
    assert screen(world, meeting, letter, "nazorg/", later="1").status_code == 409


def test_only_aftercare_is_talked_over_without_the_four_questions(world):
    letter = world.accepted()
    meeting = planned(world)
    with pytest.raises(MeetingItem.DoesNotExist):
        meetings.talk_over(meeting.items.get(), by=world.user("lead"))
    assert screen(world, meeting, letter, "nazorg/", later="1").status_code == 404
    assert screen(world, meeting, letter, "nazorg/", who="stranger", later="1").status_code == 404


def test_a_case_that_was_closed_during_the_meeting_does_not_keep_it_open(world):
    letter, ring = world.ready(), world.keyring("lead")
    meeting = planned(world)
    meetings.begin_case(meeting.items.get(), by=ring.user)
    with pytest.raises(NotAllowed):
        meetings.close(meeting, by=ring.user, keyring=ring)
    done = {"outcome": "handled_in_network", "youth_care_needed": False, "safe_now": "yes"}
    outcome.close(letter, by=ring.user, keyring=ring, after=outcome.After(stays=world.user("lead")), **done)
    meetings.close(meeting, by=ring.user, keyring=ring)
    assert Meeting.objects.get().closed_at


def test_the_overview_says_when_a_case_will_be_and_was_on_the_meeting(world, django_assert_max_num_queries):
    letter, client = world.accepted(), world.client("member")
    address = reverse("network_case", args=[letter.case.reference])
    assert "Er is nog geen overleg gepland" in client.get(address).content.decode()
    meeting, ring = planned(world), world.keyring("lead")
    page = client.get(address).content.decode()
    assert meeting.get_absolute_url() in page and "besluit nodig" in page and "Laatst besproken" in page
    meetings.drop_case(meeting.items.get(), by=ring.user)
    assert "Zet op de agenda" in client.get(address).content.decode()
    client.post(reverse("meeting_agenda", args=[meeting.pk]), {"case": letter.case.reference})
    screen(world, meeting, letter, "vragen/", **ANSWERED | {"block-youth_care": "later"})
    meetings.close(meeting, by=ring.user, keyring=ring)
    with django_assert_max_num_queries(15):
        page = client.get(address).content.decode()
    assert "Besproken in het overleg" in page and "Een vraag is uitgesteld" in page
    of_chip = client.get(f"{address}?toon=overleg").content.decode()
    assert "Besproken in het overleg" in of_chip and "Zaak aangenomen" not in of_chip


def test_a_tie_is_declared_and_taken_back_on_the_page_of_the_case(world):
    letter, client = world.accepted(), world.client("member")
    address = reverse("network_case", args=[letter.case.reference])
    assert "Heb je een band met deze zaak?" in client.get(address).content.decode()
    client.post(reverse("declare_tie", args=[letter.case.reference]), {"tie-words": "Mijn nicht"})
    page = client.get(address).content.decode()
    assert "Je zei dat je een band hebt" in page and "Mijn nicht" not in page
    assert "Je zei dat je een band hebt" not in world.client("lead").get(address).content.decode()
    client.post(reverse("declare_tie", args=[letter.case.reference]), {"none": "1"})
    assert "Heb je een band met deze zaak?" in client.get(address).content.decode()


def test_a_number_in_small_letters_leads_to_the_case_and_says_nothing_about_others(world):
    letter, client = world.accepted(), world.client("member")
    small = letter.case.reference.lower()
    answer = client.get(f"/netwerk/{small}/werk/?a=b")
    assert (answer.status_code, answer.url) == (302, f"/netwerk/{letter.case.reference}/werk/?a=b")
    assert client.get("/netwerk/zk-aaa-aaa/", follow=True).status_code == 404
    assert client.post(f"/netwerk/{small}/notitie/", {"note-words": "x"}).status_code == 404
