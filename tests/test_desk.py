"""The desk's queue and the page of a signal: what is shown, what is decided, and in how many statements."""

import pytest
from django.urls import reverse

from meldpunt.audit.models import Entry
from signals.models import Case, Signal, Transition
from tests.worlds import World, a_municipality, a_signal

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    return World(settings)


def decide(client, signal, **values):
    signal.refresh_from_db()
    data = {"decide-version": signal.version} | {f"decide-{name}": value for name, value in values.items()}
    return client.post(reverse("decide", args=[signal.reference]), data)


def test_the_queue_shows_the_reason_but_no_name(world):
    words = {"words": "Zoë Canarie krijgt dure cadeaus van een man."}
    signal = a_signal(world, person={"name": "Zoë Canarie", "age_band": "12_15"}, happens=words)
    page = world.client("coordinator").get(reverse("queue")).content.decode()
    assert signal.reference in page
    assert "Canarie" not in page


def test_the_queue_opens_with_one_row_in_the_reading_log(world):
    for _ in range(3):
        a_signal(world)
    world.client("coordinator").get(reverse("queue"))
    entry = Entry.objects.filter(act="list").get()
    assert len(entry.rows) == 3


@pytest.mark.parametrize("how_many", [1, 60])
def test_the_queue_needs_at_most_ten_statements(world, django_assert_max_num_queries, how_many):
    for _ in range(how_many):
        a_signal(world)
    client = world.client("coordinator")
    client.get(reverse("queue"))
    with django_assert_max_num_queries(10):
        page = client.get(reverse("queue"))
    assert page.status_code == 200


def test_every_signal_is_on_exactly_one_page_of_the_queue(world):
    filed = {a_signal(world).reference for _ in range(120)}
    client, address, seen = world.client("coordinator"), reverse("queue"), []
    for _ in range(3):
        page = client.get(address)
        seen += [row.reference for row in page.context["rows"]]
        address = f"{reverse('queue')}?na={page.context['following']}"
    assert sorted(seen) == sorted(filed)


def test_danger_comes_first(world):
    calm = a_signal(world)
    danger = a_signal(world, danger={"danger": "yes"}, safety={"danger_now": "yes"})
    Signal.objects.filter(pk=danger.pk).update(urgency="acute")
    rows = world.client("coordinator").get(reverse("queue")).context["rows"]
    assert [row.pk for row in rows] == [danger.pk, calm.pk]


def test_a_signal_page_needs_at_most_fifteen_statements(world, django_assert_max_num_queries):
    signal = a_signal(world)
    client = world.client("coordinator")
    client.get(reverse("signal", args=[signal.reference]))
    with django_assert_max_num_queries(15):
        page = client.get(reverse("signal", args=[signal.reference]))
    assert "dure cadeaus" in page.content.decode()


def test_reading_a_signal_changes_nothing_but_the_log(world):
    signal = a_signal(world)
    before = Signal.objects.values().get(pk=signal.pk)
    world.client("coordinator").get(reverse("signal", args=[signal.reference]))
    assert Signal.objects.values().get(pk=signal.pk) == before
    assert Entry.objects.filter(act="read", object_id=signal.reference).count() == 1


def test_a_new_case_leads_to_the_choice_of_its_network(world):
    signal = a_signal(world)
    answer = decide(world.client("coordinator"), signal, decision="new_case", reason="enough_signs")
    case = Case.objects.get()
    assert answer.url == reverse("route", args=[case.reference])
    signal.refresh_from_db()
    assert (signal.state, signal.decision, signal.case) == ("decided", "new_case", case)


@pytest.mark.parametrize(
    "decision,reason",
    [("advice", "only_advice"), ("referred", "other_body"), ("no_signal", "too_little")],
)
def test_a_signal_may_end_without_a_case(world, decision, reason):
    signal = a_signal(world)
    decide(world.client("coordinator"), signal, decision=decision, reason=reason)
    signal.refresh_from_db()
    assert (signal.state, signal.decision) == ("decided", decision)


def test_two_signals_join_one_case(world):
    client, first, second = world.client("coordinator"), a_signal(world), a_signal(world)
    decide(client, first, decision="new_case", reason="enough_signs")
    case = Case.objects.get()
    decide(client, second, decision="joined", reason="same_person", number=case.reference.lower())
    assert case.signals.count() == 2


def test_a_duplicate_names_the_other_signal(world):
    client, first, second = world.client("coordinator"), a_signal(world), a_signal(world)
    assert decide(client, second, decision="duplicate", reason="same_report").status_code == 422
    decide(client, second, decision="duplicate", reason="same_report", number=first.reference)
    second.refresh_from_db()
    assert second.same_as == first


def test_own_words_with_a_decision_are_sealed_and_read_back(world):
    signal, client = a_signal(world), world.client("coordinator")
    decide(client, signal, decision="advice", reason="only_advice", words="Kanariegeel gesprek")
    page = client.get(reverse("signal", args=[signal.reference])).content.decode()
    assert "Kanariegeel gesprek" in page
    row = Transition.objects.get(new="decided").own_words
    assert b"Kanariegeel" not in bytes(row.words)


def test_a_reason_that_does_not_fit_is_refused_and_what_was_typed_stays(world):
    signal = a_signal(world)
    answer = decide(
        world.client("coordinator"), signal, decision="advice", reason="same_person", words="Blijft staan"
    )
    assert answer.status_code == 422
    assert "Blijft staan" in answer.content.decode()
    signal.refresh_from_db()
    assert signal.state == "received"


def test_the_second_of_two_decisions_gets_409_and_keeps_its_words(world):
    signal, client = a_signal(world), world.client("coordinator")
    old = signal.version
    decide(client, signal, decision="advice", reason="only_advice")
    answer = client.post(
        reverse("decide", args=[signal.reference]),
        {
            "decide-version": old,
            "decide-decision": "no_signal",
            "decide-reason": "too_little",
            "decide-words": "Mijn gedachte",
        },
    )
    assert answer.status_code == 409
    signal.refresh_from_db()
    assert signal.decision == "advice"


def test_a_corrected_municipality_goes_along_to_the_case(world):
    signal, client, almelo = a_signal(world), world.client("coordinator"), a_municipality()
    decide(client, signal, decision="new_case", reason="enough_signs")
    signal.refresh_from_db()
    client.post(
        reverse("correct_place", args=[signal.reference]),
        {"place-version": signal.version, "place-municipality": almelo.pk},
    )
    assert Case.objects.get().municipality == almelo


def test_urgency_may_be_overridden_with_a_reason_only(world):
    signal, client = a_signal(world), world.client("coordinator")
    address = reverse("override_urgency", args=[signal.reference])
    data = {"urgency-version": signal.version, "urgency-urgency": "acute", "urgency-reason": ""}
    assert client.post(address, data).status_code == 422
    client.post(address, data | {"urgency-reason": "danger"})
    signal.refresh_from_db()
    assert (signal.urgency, signal.urgency_overridden) == ("acute", True)


def test_what_a_colleague_holds_is_taken_over_only_on_purpose(world):
    signal = a_signal(world)
    Signal.objects.filter(pk=signal.pk).update(
        claimed_by=world.user("stranger"), claimed_until="2999-01-01T00:00Z", state="in_triage"
    )
    client = world.client("coordinator")
    assert client.post(reverse("take_up", args=[signal.reference])).status_code == 409
    address = reverse("take_over", args=[signal.reference])
    assert client.post(address, {"over-reason": ""}).status_code == 422
    assert client.post(address, {"over-reason": "colleague_away"}).status_code == 302
    signal.refresh_from_db()
    assert signal.claimed_by == world.user("coordinator")
