"""Choosing the network of a case: what is proposed, what is previewed, and what happens when it does not work."""

import pytest
from django.urls import reverse

from meldpunt.teams.models import Coverage
from meldpunt.vault.models import TeamKeySeal
from signals import content, reading
from signals.actions import routing, triage
from signals.models import Assignment, Case
from tests.worlds import World, a_municipality, a_signal

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    return World(settings)


@pytest.fixture
def desk(world):
    return world.client("coordinator")


def a_case(world, **filed) -> Case:
    """Open a case from a signal, in Almelo, which belongs to network Almelo."""
    signal = a_signal(world, **filed)
    almelo = a_municipality()
    Coverage.objects.get_or_create(municipality=almelo, defaults={"team": world.teams["almelo"]})
    keyring = world.keyring("coordinator")
    signal = triage.correct_place(signal, by=keyring.user, municipality=almelo, version=signal.version)
    signal = triage.decide(
        signal,
        by=keyring.user,
        keyring=keyring,
        decision="new_case",
        reason="enough_signs",
        version=signal.version,
    )
    return signal.case


def choose(client, case, *, confirmed=True, **values):
    given = {"version": case.version, "team": "almelo", "basis": "prevent_harm", "urgency": "urgent", "reason": "lives_there"}
    data = {f"route-{name}": value for name, value in given.items()} | {
        f"route-{name}": value for name, value in values.items()
    }
    return client.post(reverse("route", args=[case.reference]), data | ({"confirmed": "1"} if confirmed else {}))


def text(response) -> str:
    return response.content.decode()


def test_the_proposal_says_which_municipality_belongs_to_which_network(world, desk):
    case = a_case(world)
    page = desk.get(reverse("route", args=[case.reference]))
    assert page.context["proposal"].team == world.teams["almelo"]
    assert "Almelo hoort bij" in text(page)
    assert page.context["form"].initial["team"] == "almelo"


def test_the_preview_is_exactly_what_the_network_opens_afterwards(world, desk):
    case = a_case(world, person={"name": "Zoë Canarie", "age_band": "12_15"})
    preview = desk.get(reverse("route", args=[case.reference])).context["preview"].shared
    choose(desk, case)
    routing.deliver(Assignment.objects.get().pk)
    case.refresh_from_db()
    assert isinstance(preview, content.Shared)
    assert reading.shared_of(world.keyring("member"), case) == preview


def test_the_preview_masks_the_name_and_keeps_the_referrers_words_out(world, desk):
    case = a_case(world, person={"name": "Zoë Canarie", "age_band": "12_15"})
    page = text(desk.get(reverse("route", args=[case.reference])))
    assert "Canarie" not in page
    assert "dure cadeaus" not in page


def test_a_choice_without_network_or_reason_is_refused_next_to_the_field(world, desk):
    case = a_case(world)
    page = choose(desk, case, team="", reason="", words="Blijft staan")
    assert page.status_code == 422
    assert "Kies een netwerk." in text(page)
    assert "Kies een reden." in text(page)
    assert "Blijft staan" in text(page)


def test_the_reason_comes_with_the_proposal_and_says_so(world, desk):
    case = a_case(world)
    page = desk.get(reverse("route", args=[case.reference]))
    assert page.context["form"].initial["reason"] == "lives_there"
    assert "Ingevuld volgens het voorstel." in text(page)
    assert choose(desk, case, proposed="almelo").status_code == 302
    assert Assignment.objects.get().reason == "lives_there"


def test_without_a_proposal_no_reason_stands_there(world, desk):
    case = a_case(world)
    Coverage.objects.all().delete()
    page = desk.get(reverse("route", args=[case.reference]))
    assert not page.context["form"].initial["reason"] and "Ingevuld volgens" not in text(page)


def test_a_network_that_gave_the_case_back_is_named_with_its_reason_and_not_chosen_again(
    world, desk, django_assert_max_num_queries
):
    almelo = a_municipality()
    Coverage.objects.create(municipality=almelo, team=world.teams["almelo"])
    letter, ring = world.opened(municipality=almelo), world.keyring("member")
    routing.give_back(letter, by=ring.user, keyring=ring, reason="no_capacity")
    address = reverse("route", args=[letter.case.reference])
    desk.get(address)
    with django_assert_max_num_queries(15):
        page = desk.get(address)
    assert page.context["proposal"].team == world.teams["almelo"]
    assert not page.context["form"].initial["team"] and not page.context["form"].initial["reason"]
    assert "Almelo gaf deze zaak terug: " in text(page) and "voorstel · gaf terug: " in text(page)


def test_the_reason_of_the_proposal_is_no_reason_for_another_network_until_somebody_chooses_it(world, desk):
    case = a_case(world)
    page = choose(desk, case, team="zwolle", proposed="almelo")
    assert page.status_code == 422 and not Assignment.objects.exists()
    assert "Je volgt het voorstel niet. Kies zelf de reden." in text(page)
    assert not page.context["form"]["reason"].value() and not page.context["form"]["proposed"].value()
    assert choose(desk, case, team="zwolle", proposed="").status_code == 302


def test_a_case_that_changed_meanwhile_is_not_sent_and_what_was_typed_stays(world, desk):
    case = a_case(world)
    signal, keyring = case.signals.get(), world.keyring("coordinator")
    triage.correct_form(signal, by=keyring.user, form="ARBEID", version=signal.version)
    page = choose(desk, case, words="Mijn gedachte")
    assert page.status_code == 409
    assert "Mijn gedachte" in text(page)
    assert not Assignment.objects.exists()
    case.refresh_from_db()
    assert page.context["form"]["version"].value() == case.version


def test_a_network_without_a_key_is_refused_in_words(world, desk):
    case = a_case(world)
    world.teams["almelo"].keys.update(expires_on="2020-01-01")
    page = choose(desk, case, words="Mijn gedachte")
    assert page.status_code == 409
    assert "sleutel" in text(page)
    assert "Mijn gedachte" in text(page)
    case.refresh_from_db()
    assert case.state == "assessed"


def test_the_choice_of_a_network_needs_at_most_fifteen_statements(world, desk, django_assert_max_num_queries):
    case = a_case(world)
    address = reverse("route", args=[case.reference])
    desk.get(address)
    with django_assert_max_num_queries(15):
        assert desk.get(address).status_code == 200


def test_reading_a_case_changes_nothing_but_the_log(world, desk):
    letter = world.delivered()
    before = Case.objects.values().get(pk=letter.case_id), Assignment.objects.values().get(pk=letter.pk)
    desk.get(reverse("case", args=[letter.case.reference]))
    assert (Case.objects.values().get(pk=letter.case_id), Assignment.objects.values().get(pk=letter.pk)) == before


def test_what_a_network_accepted_is_not_taken_back_and_the_words_stay(world, desk):
    letter = world.accepted()
    address = reverse("recall", args=[letter.case.reference])
    page = desk.post(address, {"recall-letter": letter.pk, "recall-reason": "other", "recall-words": "Mijn gedachte"})
    assert page.status_code == 409
    seen = text(page)
    assert "Mijn gedachte" in seen and "Terug bij het meldpunt" in seen and "Almelo: aangenomen" in seen
    assert "was je voor" in seen and "Member" in seen
    assert f'action="{address}"' not in page.content.decode()
    letter.refresh_from_db()
    assert letter.state == "accepted"
    later = desk.get(letter.case.get_absolute_url())
    assert "Mijn gedachte" in text(later) and "Bewaar als notitie" in text(later)


def test_who_recalls_from_one_network_too_late_may_choose_the_other(world, desk):
    case, ring = a_case(world), world.keyring("coordinator")
    more = {"reason": "lives_there", "version": case.version, "support": [world.teams["zwolle"]]}
    lead = routing.route(case, by=ring.user, keyring=ring, team=world.teams["almelo"], **more)
    support = case.assignments.exclude(pk=lead.pk).get()
    routing.recall(lead, by=ring.user, keyring=ring, reason="mistake")
    address = reverse("recall", args=[case.reference])
    page = desk.post(address, {"recall-letter": lead.pk, "recall-reason": "mistake", "recall-words": "Bewaar dit"})
    form = page.context["clashing"]
    assert page.status_code == 409 and form["letter"].value() == "" and form["words"].value() == "Bewaar dit"
    assert "Almelo: teruggehaald" in text(page) and str(support.pk) in page.content.decode()
    typed = {"recall-reason": "mistake", "recall-words": "Bewaar dit", "recall-letter": support.pk}
    assert desk.post(address, typed).status_code == 302


def test_handing_over_what_changed_meanwhile_keeps_the_words_for_a_second_try(world, desk):
    case = a_case(world)
    old, signal, keyring = case.version, case.signals.get(), world.keyring("coordinator")
    triage.correct_form(signal, by=keyring.user, form="ARBEID", version=signal.version)
    address = reverse("hand_over", args=[case.reference])
    page = desk.post(address, {"hand_over-version": old, "hand_over-words": "CoMensha"})
    assert page.status_code == 409
    form = page.context["clashing"]
    assert "was je voor" in text(page)
    assert form["words"].value() == "CoMensha"
    again = {"hand_over-version": form["version"].value(), "hand_over-words": form["words"].value()}
    assert desk.post(address, again).status_code == 302


@pytest.mark.parametrize("name", ["case", "route"])
def test_a_coordinator_without_the_key_of_the_team_is_told_so(world, desk, name):
    case = a_case(world)
    TeamKeySeal.objects.filter(user_key__user=world.people["coordinator"]).delete()
    page = desk.get(reverse(name, args=[case.reference]))
    assert page.status_code == 403
    assert "Jouw sleutel opent dit niet" in text(page)


@pytest.mark.parametrize(("name", "field"), [("route", "route-words"), ("hand_over", "hand_over-words")])
def test_words_for_a_case_that_a_colleague_sent_meanwhile_stay_on_the_page(world, desk, name, field):
    letter = world.delivered()
    sent = {field: "Mijn gedachte", "hand_over-version": 1}
    page = desk.post(reverse(name, args=[letter.case.reference]), sent)
    assert page.status_code == 409
    assert "Mijn gedachte" in text(page)


def test_a_choice_sent_with_locked_keys_waits_in_the_form(world, desk):
    case = a_case(world)
    address = reverse("route", args=[case.reference])
    answer = choose(world.client("coordinator", locked=True), case, support=["zwolle"], words="Mijn gedachte")
    assert answer.status_code == 302 and address in answer.url
    assert not Assignment.objects.exists()
    form = desk.get(address).context["form"]
    assert (form["words"].value(), form["support"].value()) == ("Mijn gedachte", "zwolle")
    assert "Naar een netwerk sturen" in text(desk.get(reverse("case", args=[case.reference])))
