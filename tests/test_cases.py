"""The desk's cases: lists, one case, and the choice of its network, with what each may and may not show."""

import pytest
from django.urls import reverse

from meldpunt.audit.models import Entry
from meldpunt.teams.models import Coverage
from meldpunt.vault import crypto, keys, sealed
from signals.models import Assignment, Case, OwnWords
from tests.worlds import World, a_municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    return World(settings)


def choose(client, case, **values):
    case.refresh_from_db()
    data = {"route-version": case.version, "route-team": "almelo", "route-reason": "lives_there"}
    data |= {"route-basis": "prevent_harm", "route-urgency": "urgent"} | values
    return client.post(reverse("route", args=[case.reference]), data)


def test_the_list_of_cases_shows_where_each_letter_is_but_no_name(world):
    letter = world.delivered()
    page = world.client("coordinator").get(reverse("cases")).content.decode()
    assert letter.case.reference in page
    assert "Aangekomen" in page and "Almelo" in page
    assert "Canarie" not in page


@pytest.mark.parametrize("how_many", [1, 12])
def test_the_list_of_cases_needs_at_most_ten_statements(world, django_assert_max_num_queries, how_many):
    for _ in range(how_many):
        world.delivered()
    client = world.client("coordinator")
    client.get(reverse("cases"))
    with django_assert_max_num_queries(10):
        assert len(client.get(reverse("cases")).context["rows"]) == how_many


def test_a_case_page_needs_at_most_fifteen_statements(world, django_assert_max_num_queries):
    letter = world.accepted()
    client = world.client("coordinator")
    address = reverse("case", args=[letter.case.reference])
    client.get(address)
    with django_assert_max_num_queries(15):
        assert client.get(address).status_code == 200


def test_a_name_stays_masked_on_the_case_page_until_it_is_revealed(world):
    case, client = world.case(), world.client("coordinator")
    address = reverse("case", args=[case.reference])
    assert "Canarie" not in client.get(address).content.decode()
    client.post(
        reverse("reveal"),
        {"object": "case", "reference": case.reference, "kind": "name", "reason": "contact", "next": address},
    )
    assert "Canarie" in client.get(address).content.decode()
    assert Entry.objects.filter(act="reveal", object_id=case.reference).count() == 1


def test_the_proposal_says_why(world):
    haaksbergen = a_municipality("Haaksbergen")
    Coverage.objects.create(municipality=haaksbergen, team=world.teams["almelo"])
    case = world.case(municipality=haaksbergen)
    page = world.client("coordinator").get(reverse("route", args=[case.reference])).content.decode()
    assert "Haaksbergen hoort bij netwerk Almelo." in page


def test_the_page_shows_what_the_network_will_see_and_no_more(world):
    case = world.case()
    page = world.client("coordinator").get(reverse("route", args=[case.reference])).content.decode()
    assert "OSG Noord" in page
    assert "0612345678" not in page


def test_a_case_is_sent_only_after_it_was_confirmed(world):
    case, client = world.case(), world.client("coordinator")
    answer = choose(client, case)
    assert answer.url.startswith(reverse("route_confirm", args=[case.reference]))
    assert "versturen" in client.get(answer.url).content.decode()
    assert not Assignment.objects.exists()
    assert choose(client, case, confirmed="1").url == reverse("route_sent", args=[case.reference])
    letter = Assignment.objects.get()
    assert (letter.team.slug, letter.state) == ("almelo", "queued")
    assert keys.holds(case.pk, "shared", letter.team)


def test_routing_twice_sends_one_letter(world):
    case, client = world.case(), world.client("coordinator")
    version = case.version
    choose(client, case, confirmed="1")
    again = choose(client, case, confirmed="1", **{"route-version": version})
    assert again.status_code == 409
    assert Assignment.objects.count() == 1


def test_a_team_that_is_no_network_cannot_be_chosen(world):
    case, client = world.case(), world.client("coordinator")
    for slug in ("desk", "province", "nowhere", ""):
        assert choose(client, case, confirmed="1", **{"route-team": slug}).status_code == 422
    assert not Assignment.objects.exists()


def test_another_reason_needs_words_which_are_sealed_for_the_desk(world):
    case, client = world.case(), world.client("coordinator")
    assert choose(client, case, **{"route-reason": "other"}).status_code == 422
    choose(client, case, confirmed="1", **{"route-reason": "other", "route-words": "Kanariegeel"})
    assert b"Kanariegeel" not in bytes(OwnWords.objects.get().words)
    assert "Kanariegeel" in client.get(reverse("case", args=[case.reference])).content.decode()


def test_a_letter_is_recalled_until_it_is_accepted(world):
    letter, client = world.opened(), world.client("coordinator")
    address = reverse("recall", args=[letter.case.reference])
    assert client.post(address, {"recall-reason": ""}).status_code == 422
    assert client.post(address, {"recall-letter": letter.pk, "recall-reason": "mistake"}).status_code == 302
    letter.refresh_from_db()
    assert letter.state == "recalled"
    assert not keys.holds(letter.case_id, "shared", letter.team)
    assert world.client("lead").get(reverse("network_case", args=[letter.case.reference])).status_code == 404


def test_what_is_accepted_is_not_recalled(world):
    letter = world.accepted()
    address = reverse("recall", args=[letter.case.reference])
    assert world.client("coordinator").post(address, {"recall-letter": letter.pk, "recall-reason": "mistake"}).status_code == 409


def test_after_a_recall_the_network_cannot_open_what_is_written_from_then_on(world):
    letter = world.opened()
    typed = {"recall-letter": letter.pk, "recall-reason": "mistake"}
    world.client("coordinator").post(reverse("recall", args=[letter.case.reference]), typed)
    case = Case.objects.get(pk=letter.case_id)
    assert sealed.peek(world.keyring("coordinator"), case, "shared")
    with pytest.raises(crypto.CannotOpen):
        sealed.peek(world.keyring("lead"), case, "shared")


def test_a_returned_case_is_back_at_the_desk_with_its_reason(world):
    letter = world.opened()
    world.client("lead").post(
        reverse("network_give_back", args=[letter.case.reference]),
        {"return-reason": "wrong_network", "return-words": "Verhuisd naar Zwolle"},
    )
    page = world.client("coordinator").get(reverse("case", args=[letter.case.reference])).content.decode()
    assert "Hoort bij een ander netwerk" in page
    assert "Verhuisd naar Zwolle" in page
    assert Case.objects.get(pk=letter.case_id).state == "assessed"


def test_a_case_may_be_handed_over_outside_with_words(world):
    case, client = world.case(), world.client("coordinator")
    address = reverse("hand_over", args=[case.reference])
    assert client.post(address, {"hand_over-version": case.version, "hand_over-words": ""}).status_code == 422
    client.post(address, {"hand_over-version": case.version, "hand_over-words": "Naar Gelderland"})
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("closed", "referred_elsewhere")
