"""What a network finds in its inbox."""

import datetime

import pytest
from django.utils import timezone

from meldpunt.audit.models import Entry
from meldpunt.vault import keys
from meldpunt.vault.models import TeamKey
from networks import reading
from networks.actions import casework, outcome
from networks.models import Relation
from signals.actions import moving, routing
from signals.models import Assignment
from tests.worlds import SHARED, World, a_municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    return World(settings)


def read(client, tab="bevestigen"):
    response = client.get("/netwerk/", {"stand": tab})
    assert response.status_code == 200
    return response.content.decode()


def give_back(world, assignment, who="member", words=""):
    keyring = world.keyring(who)
    return routing.give_back(assignment, by=keyring.user, keyring=keyring, reason="no_capacity", words=words)


def test_delivered_letter_waits_to_be_confirmed_with_facts_and_without_names(world):
    letter = world.delivered(urgency="acute", municipality=a_municipality("Almelo"))
    page = read(world.client("member"))
    for fact in (letter.case.reference, "Acuut", "12 tot en met 15", "Jongen of man", "Almelo", "nog "):
        assert fact in page
    for secret in (SHARED.name, SHARED.school, "Ricky", "Bo Peper", "Vader"):
        assert secret not in page


def test_queued_letter_is_not_there_yet(world):
    letter = world.routed()
    assert letter.case.reference not in read(world.client("member"))


def planned(world, letter, days, kind="school"):
    ring = world.keyring("member")
    day = timezone.localdate() + datetime.timedelta(days=days)
    return casework.plan_action(letter, by=ring.user, keyring=ring, kind=kind, words="Geheime actie", due_on=day)


def test_row_tells_the_action_that_is_due_first_and_what_is_late(world):
    letter, other = world.accepted(), world.accepted()
    planned(world, letter, 5, "care")
    planned(world, letter, 2)
    late = planned(world, other, -1, "police")
    page = read(world.client("member"), "lopend")
    assert "Praat met school" in page and "Stem de zorg af" not in page and "Geheime actie" not in page
    assert "te laat:" in page
    assert page.index(other.case.reference) < page.index(letter.case.reference)
    ring = world.keyring("member")
    casework.finish_action(late, by=ring.user, keyring=ring, version=1)
    page = read(world.client("member"), "lopend")
    assert "te laat:" not in page and "geen actie" in page


def test_row_counts_the_peers_that_are_still_to_be_asked(world):
    letter, ring = world.accepted(), world.keyring("member")
    for answer in ("", "", "no"):
        now = timezone.now() if answer else None
        row = Relation(
            assignment=letter, kind="friend", approached=answer, approached_at=now, by=ring.user,
            at=timezone.now(), changed_at=timezone.now(), content=b"",
        )  # fmt: skip
        row.save(force_insert=True)
    assert "2 in de kring nog vragen" in read(world.client("lead"), "lopend")


def test_supporting_network_sees_that_it_supports(world):
    case, ring = world.case(), world.keyring("coordinator")
    routing.route(
        case, by=ring.user, keyring=ring, team=world.teams["zwolle"], support=[world.teams["almelo"]],
        reason="lives_there", version=case.version,
    )  # fmt: skip
    for letter in case.assignments.all():
        routing.deliver(letter.pk)
    assert "Jullie steunen" in read(world.client("member"))
    assert "Jullie steunen" not in read(world.client("stranger"))


def test_other_network_sees_nothing(world):
    reference = world.delivered().case.reference
    for tab in reading.TABS:
        assert reference not in read(world.client("stranger"), tab)


def test_accepted_letter_runs_and_names_its_owner(world):
    reference = world.accepted().case.reference
    page = read(world.client("lead"), "lopend")
    assert reference in page
    assert "Member" in page
    assert reference not in read(world.client("lead"))


def test_returned_case_leaves_only_reference_date_and_reason(world):
    letter = world.opened(municipality=a_municipality("Borne"))
    give_back(world, letter, words="Geheime uitleg")
    page = read(world.client("member"), "teruggegeven")
    assert letter.case.reference in page
    assert "Er is nu niemand die dit kan oppakken" in page
    for gone in ("Geheime uitleg", "Borne", f"/netwerk/{letter.case.reference}/", "12 tot en met 15"):
        assert gone not in page
    assert letter.case.reference not in read(world.client("stranger"), "teruggegeven")


def test_recalled_case_is_in_no_tab(world):
    letter = world.delivered()
    keyring = world.keyring("coordinator")
    routing.recall(letter, by=keyring.user, keyring=keyring, reason="mistake")
    for tab in reading.TABS:
        assert letter.case.reference not in read(world.client("member"), tab)


def test_closed_case_is_done_with_its_outcome(world):
    letter = world.accepted()
    keyring = world.keyring("lead")
    routing.close_case(
        letter, by=keyring.user, keyring=keyring, outcome="police", youth_care_needed=False, safe_now="partly"
    )
    page = read(world.client("member"), "klaar")
    assert letter.case.reference in page
    assert "Politie" in page


def test_breached_clock_comes_first_and_says_how_late(world):
    calm, late = world.delivered(), world.delivered(urgency="acute")
    Assignment.objects.filter(pk=late.pk).update(due_at=timezone.now() - datetime.timedelta(minutes=10))
    page = read(world.client("member"))
    assert "10 minuten te laat" in page
    assert page.index(late.case.reference) < page.index(calm.case.reference)


def test_empty_tabs_say_so(world):
    client = world.client("member")
    for tab in reading.TABS:
        assert 'class="empty"' in read(client, tab)


def test_unknown_tab_shows_what_waits(world):
    assert "Te bevestigen" in read(world.client("member"), "<script>")


def test_inbox_reads_ten_rows_like_one_in_at_most_ten_statements(world, django_assert_max_num_queries):
    for number in range(10):
        world.delivered(municipality=a_municipality())
        planned(world, world.accepted(), number)
    for who in ("member", "lead"):
        client = world.client(who)
        for tab in reading.TABS:
            with django_assert_max_num_queries(10):
                read(client, tab)


def test_inbox_leaves_one_row_in_the_reading_log(world):
    letters = [world.delivered(), world.delivered()]
    read(world.client("member"))
    row = Entry.objects.filter(act="list").latest("id")
    assert set(row.rows) == {letter.case.reference for letter in letters}


def test_member_who_left_and_people_of_other_work_are_refused(world):
    for who in ("former", "coordinator", "analyst", "administrator", "privacy_officer"):
        assert world.client(who).get("/netwerk/").status_code == 403


def test_stranger_without_account_is_sent_to_sign_in(world):
    response = world.client().get("/netwerk/")
    assert response.status_code == 302
    assert "next=" in response.url


def test_a_lead_finds_that_the_key_is_to_be_renewed_until_it_is_done(world):
    said = "Iemand ging weg uit Almelo."
    assert said in read(world.client("lead")) and said not in read(world.client("member"))
    assert said not in read(world.client("other_lead"))
    keys.make_team_key(world.keyring("coordinator"), world.teams["almelo"], [world.user("lead"), world.user("member")])
    assert said not in read(world.client("lead"))
    TeamKey.objects.update(expires_on=timezone.localdate() + datetime.timedelta(days=30))
    assert "De sleutel van Almelo loopt tot" in read(world.client("lead"))


def test_a_network_that_never_said_yes_has_nothing_of_a_case_that_closed(world):
    letter, ring = world.ready(), world.keyring("lead")
    asked = moving.ask_support(letter, by=ring.user, keyring=ring, team=world.teams["zwolle"], reason="known_there")
    routing.deliver(asked.pk)
    routing.open_letter(asked, by=world.user("other_lead"))
    assert letter.case.reference in read(world.client("other_lead"))
    ring = world.keyring("lead")
    outcome.close(letter, by=ring.user, keyring=ring, outcome="police", youth_care_needed=False, safe_now="yes")
    client = world.client("other_lead")
    assert not [tab for tab in reading.TABS if letter.case.reference in read(client, tab)]
    assert client.get(f"/netwerk/{letter.case.reference}/").status_code == 404
    assert letter.case.reference in read(world.client("lead"), "klaar")
