"""What coordinators do with matches: look, judge, mark noise, join, search; and what nobody else learns."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meldpunt.audit.models import Entry
from signals.actions import joining, matching
from signals.matching.found import kinds_around, matches_of
from signals.models import BlindTag, Hub, NoiseToken, NotSame, ReopenProposal, Shield, Signal, Task
from signals.models.task import TaskKind
from tests.matching_world import PHONE, compared, told
from tests.worlds import World, a_signal

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    return World(settings)


@pytest.fixture
def pair(world):
    """Two signals from two towns with the same number, compared."""
    signals = told(world, phone=PHONE), told(world, "Zwolle", phone="+31 (0)6 1234 5678", nickname="Ricky")
    compared(world)
    return signals


def others(world, signal):
    return {match.other.pk for match in matches_of(world.user("coordinator"), signal)}


def page(world, thing):
    return world.client("coordinator").get(thing.get_absolute_url()).content.decode()


def test_match_says_why_how_strong_and_what_differs(world, pair):
    shown = page(world, pair[0])
    assert pair[1].reference in shown
    assert "Hetzelfde telefoonnummer: bij allebei van de verdachte." in shown
    assert "Sterk" in shown and "gemeente" in shown
    assert PHONE not in shown and "12345678" not in shown


def test_no_match_is_not_said_before_all_others_are_compared(world, pair):
    alone, missing = told(world, phone="0687654321"), "Er kan een overeenkomst ontbreken."
    compared(world)
    assert "Geen andere melding of zaak" in page(world, alone) and missing not in page(world, alone)
    told(world, phone="0687654321")
    assert "Geen andere melding of zaak" not in page(world, alone)
    assert missing in page(world, alone) and "Vergelijk eerst" in page(world, alone)
    compared(world)
    assert missing not in page(world, alone) and "Lijkt op 1 andere melding" in page(world, alone)


def test_chain_is_joined_up_and_names_the_signal_between(world):
    first, last = told(world, phone=PHONE), told(world, handle="@ricky_x")
    between = told(world, phone=PHONE, handle="ricky_x")
    compared(world)
    match = next(m for m in matches_of(world.user("coordinator"), first) if m.other.pk == last.pk)
    assert [step.pk for step in match.via] == [between.pk] and match.level == "match"
    assert f"Via {between.reference}" in page(world, first)


def test_nickname_with_municipality_is_a_proposal_and_without_it_nothing(world):
    here, same, elsewhere = (
        told(world, nickname="Riccó"),
        told(world, nickname="rìcco"),
        told(world, "Zwolle", nickname="ricco"),
    )
    compared(world)
    found = {match.other.pk: match.level for match in matches_of(world.user("coordinator"), here)}
    assert found == {same.pk: "proposal"}
    assert elsewhere.pk not in found


def test_name_that_sounds_alike_is_shown_apart_as_weaker(world):
    here, alike = told(world, nickname="Ferry"), told(world, nickname="Ferrie")
    compared(world)
    assert [match.level for match in matches_of(world.user("coordinator"), here)] == ["lower"]
    assert "Lijkt er een beetje op (1)" in page(world, here) and alike.reference in page(world, here)


def test_not_the_same_is_kept_never_asked_again_and_can_be_undone(world, pair):
    here, there = pair
    client = world.client("coordinator")
    sent = {"deze": here.reference, "ander": there.reference}
    client.post(reverse("judge_match"), sent)
    client.post(reverse("judge_match"), sent)
    assert others(world, here) == others(world, there) == set()
    assert "gaat over iemand anders (1)" in page(world, here)
    Signal.objects.update(indexed_as=0)
    compared(world)
    assert others(world, here) == set()
    client.post(reverse("judge_match"), sent | {"doe": "weer"})
    assert others(world, here) == {there.pk} and not NotSame.objects.exists()


def test_not_the_same_as_a_case_also_holds_for_what_joins_that_case_later(world, pair):
    here, there = pair
    keyring = world.keyring("coordinator")
    case = world.case()
    Signal.objects.filter(pk=there.pk).update(case=case, state="decided", decision="new_case")
    matching.not_the_same(here, case, by=keyring.user)
    later = told(world, phone=PHONE)
    compared(world)
    assert others(world, here) == {later.pk}
    Signal.objects.filter(pk=later.pk).update(case=case, state="decided", decision="new_case")
    assert others(world, here) == set()


def test_noise_matches_no_more_lies_sealed_and_counts_again_after_undo(world, pair):
    here, there = pair
    client = world.client("coordinator")
    client.post(reverse("mark_noise"), {"deze": here.reference, "ander": there.reference, "soort": "phone"})
    assert others(world, here) == set()
    row = NoiseToken.objects.get()
    assert b"12345678" not in bytes(row.value)
    shown = client.get(reverse("noise")).content.decode()
    assert "678" in shown and "5678" not in shown
    third = told(world, phone="0031612345678")
    compared(world)
    assert others(world, third) == set()
    client.post(reverse("unmark_noise", args=[row.pk]))
    assert others(world, here) == {there.pk, third.pk}


def test_names_cannot_be_marked_as_noise(world, pair):
    answer = world.client("coordinator").post(
        reverse("mark_noise"), {"deze": pair[0].reference, "ander": pair[1].reference, "soort": "nickname"}
    )
    assert answer.status_code == 302 and not NoiseToken.objects.exists()


def test_two_signals_become_one_case_from_a_match_and_separating_restores(world, pair):
    here, there = pair
    answer = world.client("coordinator").post(
        reverse("one_case"), {"deze": here.reference, "ander": there.reference, "versie": here.version}
    )
    here.refresh_from_db()
    there.refresh_from_db()
    assert here.case_id == there.case_id is not None and here.case.reference in answer.url
    keyring = world.keyring("coordinator")
    joining.separate(here, by=keyring.user, keyring=keyring, reason="mistake", version=here.version)
    here.refresh_from_db()
    assert (here.state, here.decision, here.case_id) == ("in_triage", "", None)
    assert others(world, here) == {there.pk}


def test_match_with_a_case_leads_to_joining_it(world, pair):
    here, there = pair
    case = world.case()
    Signal.objects.filter(pk=there.pk).update(case=case, state="decided", decision="new_case")
    assert f"{reverse('join', args=[here.reference])}?zaak={case.reference}" in page(world, here)
    assert here.reference in page(world, case)


def test_whoever_comes_from_a_match_finds_that_case_and_the_reason_chosen(world, pair):
    here, there = pair
    case = world.case()
    Signal.objects.filter(pk=there.pk).update(case=case, state="decided", decision="new_case")
    client, address = world.client("coordinator"), reverse("join", args=[here.reference])
    form = client.get(address, {"zaak": case.reference}).context["join_form"]
    assert (form["case"].value(), form["reason"].value(), form["number"].value()) == (case.reference, "same_person", None)
    assert form.fields["case"].choices[0][0] == case.reference
    for odd, kept in [("ZK-000-000", "ZK-000-000"), ("\0ZK", ""), ("=1+1", "")]:
        other = client.get(address, {"zaak": odd}).context["join_form"]
        assert (other["case"].value(), other["number"].value()) == (None, kept)


@pytest.mark.parametrize("typed", [PHONE, "0031612345678", "+31 6 12 34 56 78"])
def test_search_finds_a_number_in_one_statement_however_it_is_typed(
    world, pair, typed, django_assert_max_num_queries
):
    client = world.client("coordinator")
    client.post(reverse("search"), {"q": typed})
    with django_assert_max_num_queries(14) as taken:
        shown = client.post(reverse("search"), {"q": typed}).content.decode()
    assert pair[0].reference in shown and pair[1].reference in shown
    assert (
        sum(
            "signals_blindtag" in query["sql"] and "key_version" not in query["sql"].split("WHERE")[1]
            for query in taken
        )
        == 1
    )
    assert typed not in shown and "12345678" not in "".join(
        map(str, Entry.objects.values_list("rows", "purpose"))
    )


def test_search_by_nickname_finds_it_and_an_unknown_name_finds_nothing(world, pair):
    from meldpunt.teams.models import Coverage, Municipality

    Coverage.objects.create(municipality=Municipality.objects.get(name="Zwolle"), team=world.teams["zwolle"])
    client = world.client("coordinator")
    assert pair[1].reference in client.post(reverse("search"), {"q": "ricky"}).content.decode()
    assert client.post(reverse("search"), {"q": "Walter"}).status_code == 404


def test_network_sees_kinds_and_counts_only(world, pair):
    letter = world.accepted()
    Signal.objects.filter(pk=pair[0].pk).update(case=letter.case, state="decided", decision="new_case")
    assert kinds_around(world.user("member"), letter.case) == [("phone", 1)]


def test_hub_is_told_once_and_again_when_it_grows(world):
    for town in ("Almelo", "Zwolle"):
        told(world, town, phone=PHONE)
    compared(world)
    tasks = Task.objects.filter(kind=TaskKind.HUB)
    assert tasks.count() == 1 and Hub.objects.get().towns == 2
    Signal.objects.update(indexed_as=0)
    compared(world)
    assert tasks.count() == 1
    tasks.update(done_at="2026-01-01T00:00Z")
    told(world, "Hengelo", phone=PHONE)
    compared(world)
    assert tasks.count() == 2 and Hub.objects.get().signals == 3


def test_two_of_one_town_are_no_hub_and_neither_is_the_phone_of_a_referrer(world):
    for town in ("Almelo", "Almelo"):
        told(world, town, phone=PHONE)
    for _ in range(3):
        a_signal(world, contact={"allowed": "yes", "how": "phone", "phone": "06-11112222"})
    compared(world)
    assert not Task.objects.filter(kind=TaskKind.HUB).exists()


def test_same_referrer_is_a_proposal_not_a_match(world):
    signals = [
        a_signal(world, contact={"allowed": "yes", "how": "phone", "phone": "06-11112222"}) for _ in range(2)
    ]
    compared(world)
    assert [match.level for match in matches_of(world.user("coordinator"), signals[0])] == ["proposal"]


def test_taking_up_compares_and_looking_changes_nothing(world):
    signal = told(world, phone=PHONE)
    client = world.client("coordinator")
    client.get(reverse("queue"))
    client.get(signal.get_absolute_url())
    assert not BlindTag.objects.exists()
    client.post(reverse("take_up", args=[signal.reference]))
    signal.refresh_from_db()
    assert signal.indexed_as and BlindTag.objects.filter(signal=signal).exists()


def test_button_on_the_queue_compares_what_waits_and_says_how_many_are_left(world):
    for _ in range(3):
        told(world, phone=PHONE)
    client = world.client("coordinator")
    assert "Overeenkomsten bijwerken: 3 te gaan" in client.get(reverse("queue")).content.decode()
    assert client.post(reverse("fill_index"), headers={"accept": "application/json"}).json() == {
        "done": 3,
        "left": 0,
    }
    shown = client.get(reverse("queue")).content.decode()
    assert "te gaan" not in shown and "zelfde telefoon 2" in shown


def test_what_the_referrer_writes_later_and_another_place_are_compared_anew(world, pair):
    from signals.actions import triage
    from tests.worlds import a_municipality

    keyring = world.keyring("coordinator")
    triage.correct_place(
        pair[0], by=keyring.user, municipality=a_municipality("Raalte"), version=pair[0].version
    )
    pair[0].refresh_from_db()
    assert pair[0].indexed_as == 0


def test_tags_go_with_their_signal(world, pair):
    BlindTag.objects.filter(signal=pair[0]).exists()
    Signal.objects.filter(pk=pair[0].pk).update(state="destroyed", decision="")
    assert others(world, pair[1]) == set()


def test_closed_case_in_aftercare_is_proposed_to_reopen_once(world):
    old = told(world, phone=PHONE)
    case = world.case(
        state="closed",
        outcome="handled_in_network",
        closed_at=timezone.now(),
        aftercare_until=timezone.now() + timedelta(days=30),
    )
    Signal.objects.filter(pk=old.pk).update(case=case, state="decided", decision="new_case")
    compared(world)
    assert not ReopenProposal.objects.exists()
    new = told(world, "Zwolle", phone=PHONE)
    compared(world)
    Signal.objects.filter(pk=new.pk).update(indexed_as=0)
    compared(world)
    assert list(ReopenProposal.objects.values_list("case", "signal")) == [(case.pk, new.pk)]


def test_who_is_shielded_learns_of_no_match_not_even_through_it(world):
    here, hidden, behind = (
        told(world, phone=PHONE),
        told(world, phone=PHONE, handle="@ricky_x"),
        told(world, handle="@ricky_x"),
    )
    compared(world)
    user = world.user("coordinator")
    assert others(world, here) == {hidden.pk, behind.pk}
    Shield.objects.create(user=user, signal=hidden, source="member", at=timezone.now())
    assert others(world, here) == set()
    client = world.client("coordinator")
    shown = client.get(reverse("queue")).content.decode() + page(world, here)
    assert "zelfde telefoon" not in shown and hidden.reference not in shown
    assert hidden.reference not in client.post(reverse("search"), {"q": PHONE}).content.decode()
    assert (
        client.post(reverse("judge_match"), {"deze": here.reference, "ander": hidden.reference}).status_code
        == 404
    )


def test_pages_with_matches_stay_within_fifteen_statements(world, pair, django_assert_max_num_queries):
    for number in range(6):
        told(world, phone=PHONE, handle=f"@ricky_{number}")
    compared(world)
    client = world.client("coordinator")
    for address, most in ((pair[0].get_absolute_url(), 15), (reverse("queue"), 10), (reverse("noise"), 15)):
        client.get(address)
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200
