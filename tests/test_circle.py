"""The circle of a case: who is around, whether each peer is approached too, measures; and closing waits for the answers."""

import pytest
from django.urls import reverse

from meldpunt.audit.models import Entry
from networks.actions import circle, outcome
from networks.actions.circle import PeersOpen, kind_of
from networks.circle.drawing import SIZE, spots
from networks.content import RelationContent
from networks.models import Action, Approached, Relation
from signals.actions import Clash, routing
from signals.models import Assignment
from signals.workflow import NotAllowed
from tests.worlds import SHARED, World

pytestmark = pytest.mark.django_db
ODD = "Zoë 😀 שלום <script>alert(1)</script> =1+1"
ENDED = {"outcome": "handled_in_network", "youth_care_needed": False, "safe_now": "yes"}


@pytest.fixture
def world(settings):
    return World(settings)


def address(letter, act=""):
    return f"/netwerk/{letter.case.reference}/kring/{act}"


def added(world, letter, kind="friend", who="member", **said):
    ring = world.keyring(who)
    return circle.add_relation(letter, by=ring.user, keyring=ring, kind=kind, said=RelationContent(**said))


def answered(world, row, approached, because=""):
    ring, row = world.keyring("member"), Relation.objects.get(pk=row.pk)
    return circle.answer(
        row, by=ring.user, keyring=ring, version=row.version, approached=approached, because=because
    )


def close(world, letter):
    ring = world.keyring("lead")
    outcome.close(letter, by=ring.user, keyring=ring, **ENDED)


def page(client, letter, act="", status=200):
    response = client.get(address(letter, act))
    assert response.status_code == status
    return response.content.decode()


def test_somebody_who_is_added_stands_masked_in_the_table_and_lies_sealed(world):
    letter, client = world.accepted(), world.client("member")
    sent = {"relation-kind": "classmate", "relation-name": ODD, "relation-certainty": "sure", "relation-source": "school"}
    assert client.post(address(letter, "erbij/"), sent).url == address(letter)
    row = Relation.objects.get()
    assert (row.kind, row.approached, row.is_open) == ("classmate", "", True)
    assert "Zoë".encode() not in bytes(row.content)
    shown = page(client, letter)
    assert "Klasgenoot" in shown and "Nog niet gevraagd" in shown and "School · Zeker" in shown
    assert "Zoë 😀" not in shown and "<script>alert" not in shown


def test_nobody_is_added_without_saying_who_it_is_and_what_was_typed_stays(world):
    letter = world.accepted()
    response = world.client("member").post(address(letter, "erbij/"), {"relation-kind": "", "relation-name": "Bo"})
    assert response.status_code == 422 and "Bo" in response.content.decode()
    assert not Relation.objects.exists()


def test_who_a_report_names_comes_in_with_one_click_and_only_once(world):
    letter, client = world.accepted(), world.client("member")
    assert "Genoemd in de melding" in page(client, letter)
    for _twice in range(2):
        client.post(address(letter, "overnemen/"))
    row = Relation.objects.get()
    assert row.kind == "classmate" and "Genoemd in de melding" not in page(client, letter)


@pytest.mark.parametrize(
    ("said", "kind"),
    [("beste vriendin", "friend"), ("zusje", "sibling"), ("uit haar klas", "classmate"), ("oma", "family"), ("buurman", "other")],
)
def test_what_a_report_calls_somebody_gives_the_kind(said, kind):
    assert kind_of(said) == kind


def test_case_does_not_close_while_a_peer_is_unanswered_neither_by_the_action_nor_by_a_forged_post(world):
    letter = world.ready()
    row = added(world, letter)
    with pytest.raises(PeersOpen):
        close(world, letter)
    forged = {
        "outcome-outcome": "police", "outcome-youth_care_needed": "no", "outcome-safe_now": "yes", "confirmed": "1",
    }  # fmt: skip
    answer = world.client("lead").post(f"/netwerk/{letter.case.reference}/uitkomst/", forged)
    assert answer.status_code == 409 and "kan nog niet dicht" in answer.content.decode()
    asked_first = world.client("lead").post(f"/netwerk/{letter.case.reference}/uitkomst/", {**forged, "confirmed": []})
    assert asked_first.status_code == 409 and "Ja, sluit de zaak" not in asked_first.content.decode()
    assert Assignment.objects.get(pk=letter.pk).state == "accepted"
    answered(world, row, "no")
    close(world, letter)
    assert Assignment.objects.get(pk=letter.pk).state == "ended"


def test_case_does_not_close_while_one_whom_a_report_names_is_not_in_the_circle(world):
    letter = world.accepted()
    with pytest.raises(PeersOpen):
        close(world, letter)
    page = world.client("lead").get(f"/netwerk/{letter.case.reference}/uitkomst/").content.decode()
    assert "Sluiten kan nog niet" in page and f"/netwerk/{letter.case.reference}/kring/" in page


def test_an_unanswered_peer_of_a_supporting_network_holds_closing_up_too(world):
    keyring = world.keyring("coordinator")
    case = world.case()
    routing.route(
        case, by=keyring.user, keyring=keyring, team=world.teams["almelo"], support=[world.teams["zwolle"]],
        reason="lives_there", version=case.version,
    )  # fmt: skip
    letters = {letter.team.slug: letter for letter in Assignment.objects.filter(case=case).select_related("team")}
    for slug, who in (("almelo", "lead"), ("zwolle", "other_lead")):
        routing.deliver(letters[slug].pk)
        routing.open_letter(Assignment.objects.get(pk=letters[slug].pk), by=world.user(who))
        letters[slug] = routing.accept(Assignment.objects.get(pk=letters[slug].pk), by=world.user(who))
    lead = world.keyring("lead")
    for row in circle.take_over_named(letters["almelo"], by=lead.user, keyring=lead, named=SHARED.others):
        circle.answer(row, by=lead.user, keyring=lead, version=row.version, approached="no")
    added(world, letters["zwolle"], who="stranger")
    with pytest.raises(PeersOpen):
        close(world, letters["almelo"])


def test_waiving_the_question_needs_a_reason_and_then_closing_goes_on(world):
    letter = world.ready()
    row = added(world, letter)
    with pytest.raises(NotAllowed):
        answered(world, row, Approached.WAIVED)
    client = world.client("member")
    sent = {"answer-approached": "waived", "answer-because": "", "answer-version": "1"}
    said = client.post(address(letter, f"{row.pk}/antwoord/"), sent)
    assert said.status_code == 422 and "Schrijf op waarom" in said.content.decode()
    assert client.post(address(letter, f"{row.pk}/antwoord/"), sent | {"answer-because": "Woont ver weg."}).status_code == 302
    close(world, letter)


def test_who_is_no_peer_gets_no_question(world):
    letter = world.ready()
    row = added(world, letter, kind="helper")
    with pytest.raises(NotAllowed):
        answered(world, row, "yes")
    assert "Ook benaderd?</h2>" not in page(world.client("member"), letter, f"{row.pk}/")
    close(world, letter)


def test_two_who_answer_at_once_see_both_answers(world):
    letter = world.accepted()
    row = added(world, letter)
    answered(world, row, "yes")
    sent = {"answer-approached": "no", "answer-because": "", "answer-version": "1"}
    clash = world.client("member").post(address(letter, f"{row.pk}/antwoord/"), sent)
    said = clash.content.decode()
    assert clash.status_code == 409 and "dit koos jij" in said and "dit staat er nu" in said
    with pytest.raises(Clash):
        ring = world.keyring("member")
        circle.answer(row, by=ring.user, keyring=ring, version=1, approached="no")


def test_measure_is_an_action_with_owner_and_day_that_hangs_on_the_peer(world):
    letter, client = world.accepted(), world.client("member")
    row = added(world, letter)
    sent = {"action-kind": "preventive", "action-words": "Met de ouders praten.", "action-owner": "", "action-due_on": ""}
    assert client.post(address(letter, f"{row.pk}/maatregel/"), sent).status_code == 302
    assert Action.objects.get().peer == row
    assert "Neem een preventieve maatregel" in page(client, letter)


def test_the_page_of_one_holds_the_name_only_after_it_was_revealed(world):
    letter, client = world.accepted(), world.client("member")
    row = added(world, letter, name="Zoë")
    assert "Zoë" not in page(client, letter, f"{row.pk}/")
    sent = {"kind": "others", "object": "case", "reference": letter.case.reference, "reason": "contact"}
    client.post(reverse("reveal"), sent | {"next": address(letter, f"{row.pk}/")})
    shown = page(client, letter, f"{row.pk}/")
    assert 'value="Zoë"' in shown and f'name="next" value="{address(letter, f"{row.pk}/")}"' in shown


def test_a_peer_becomes_a_helper_only_after_the_question_was_answered(world):
    letter, client = world.accepted(), world.client("member")
    row = added(world, letter, name="Bo")
    sent = {"person-kind": "helper", "person-name": "Bo", "person-version": "1"}
    refused = client.post(address(letter, f"{row.pk}/"), sent)
    assert refused.status_code == 422 and "Zeg eerst of deze persoon ook wordt benaderd" in refused.content.decode()
    answered(world, row, "waived", "Is een tante, geen vriendin")
    assert client.post(address(letter, f"{row.pk}/"), sent | {"person-version": "2"}).status_code == 302
    row.refresh_from_db()
    assert (row.kind, row.approached, row.version) == ("helper", "", 3)


def test_who_does_not_belong_is_taken_away_after_the_question_and_holds_nothing_up(world):
    letter, client = world.ready(), world.client("member")
    row = added(world, letter)
    assert client.post(address(letter, f"{row.pk}/weg/")).status_code == 422
    answered(world, row, "waived", "Stond er twee keer")
    assert client.post(address(letter, f"{row.pk}/weg/")).status_code == 302
    assert page(client, letter, f"{row.pk}/", 404)
    close(world, letter)


@pytest.mark.parametrize("who", ["stranger", "other_lead", "former", "coordinator"])
def test_others_find_nothing(world, who):
    letter = world.accepted()
    row = added(world, letter)
    client = world.client(who)
    for act in ("", f"{row.pk}/", f"{row.pk}/melden/"):
        assert client.get(address(letter, act)).status_code in (403, 404)
    for act in ("erbij/", "overnemen/", f"{row.pk}/antwoord/", f"{row.pk}/maatregel/", f"{row.pk}/weg/"):
        assert client.post(address(letter, act), {}).status_code in (403, 404)


def test_one_of_another_case_is_not_found_under_this_one(world):
    mine, other = world.accepted(), world.accepted()
    row = added(world, other)
    assert world.client("member").get(address(mine, f"{row.pk}/")).status_code == 404


def test_reading_the_circle_stands_in_the_log_with_whom_it_showed(world):
    letter = world.accepted()
    row = added(world, letter)
    page(world.client("member"), letter)
    entry = Entry.objects.filter(act="read", purpose="circle").latest("pk")
    assert entry.rows == [f"relation:{row.pk}"]


def test_the_pages_keep_to_their_statements(world, django_assert_max_num_queries):
    letter, client = world.accepted(), world.client("lead")
    rows = [added(world, letter, kind=kind, name="Bo") for kind in ("friend", "sibling", "parent", "helper") for _n in range(5)]
    client.get(address(letter))
    with django_assert_max_num_queries(15):
        client.get(address(letter))
    with django_assert_max_num_queries(15):
        client.get(reverse("network_relation", args=[letter.case.reference, rows[0].pk]))
    with django_assert_max_num_queries(15):
        client.get(f"/netwerk/{letter.case.reference}/uitkomst/")


def test_everybody_in_the_picture_has_a_place_inside_it_and_the_number_of_the_table(world):
    letter = world.accepted()
    rows = [added(world, letter, kind=kind) for kind in ("friend", "classmate", "sibling", "parent", "family", "helper", "other")]
    placed = spots(rows)
    assert [spot.number for spot in placed] == list(range(1, 8))
    assert all(20 <= spot.x <= SIZE - 20 and 20 <= spot.y <= SIZE - 20 for spot in placed)
    assert len({(spot.x, spot.y) for spot in placed}) == 7
