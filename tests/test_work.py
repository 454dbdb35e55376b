"""Actions of a network: planned, changed, done, dropped, opened again; and two who change one at once."""

import datetime

import pytest
from django.utils import timezone

from meldpunt.audit.models import Entry
from networks.actions import casework
from networks.models import Action
from signals.actions import Clash, routing
from signals.models import Assignment
from signals.workflow import NotAllowed
from tests.worlds import World

pytestmark = pytest.mark.django_db
ODD = "Привет 😀 שלום <script>alert(1)</script> =1+1 \"'&"


@pytest.fixture
def world(settings):
    return World(settings)


def address(letter, act=""):
    return f"/netwerk/{letter.case.reference}/{act}"


def read(client, letter, act="werk/", status=200):
    response = client.get(address(letter, act))
    assert response.status_code == status
    return response.content.decode()


def planned(world, letter, who="member", **values):
    ring = world.keyring(who)
    said = {"kind": "school", "words": "Praat met de mentor."} | values
    return casework.plan_action(letter, by=ring.user, keyring=ring, **said)


def days(number):
    return timezone.localdate() + datetime.timedelta(days=number)


def filled(**values):
    return {"action-kind": "school", "action-words": "Praat met de mentor.", "action-owner": "", "action-due_on": ""} | values


def test_planned_action_stands_in_the_list_with_owner_and_day_and_lies_sealed(world):
    letter, client = world.accepted(), world.client("member")
    sent = filled(**{"action-words": ODD, "action-owner": world.people["lead"].pk, "action-due_on": days(3).isoformat()})
    assert client.post(address(letter, "werk/actie/"), sent).url == address(letter, "werk/") + "#acties"
    page = read(client, letter)
    assert "Praat met school" in page and "Привет 😀 שלום &lt;script&gt;alert(1)&lt;/script&gt; =1+1" in page
    action = Action.objects.get()
    assert (action.owner.name, action.due_on, action.by.name) == ("Lead", days(3), "Member")
    assert "Привет".encode() not in bytes(action.content)
    assert "Привет" in read(world.client("lead"), letter)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"action-kind": ""}, "Wat voor actie"),
        ({"action-kind": "niets"}, "Wat voor actie"),
        ({"action-words": " "}, "Wat gaan jullie doen"),
        ({"action-words": "a" * 1003}, "Haal 3 tekens weg."),
        ({"action-due_on": "morgen"}, "Wanneer is het klaar"),
        ({"action-due_on": "2926-01-01"}, "Kies een dag die niet zo ver weg ligt."),
        ({"action-owner": "999999"}, "Wie doet het"),
    ],
)
def test_wrong_action_is_refused_next_to_the_field_and_keeps_what_was_typed(world, wrong, said):
    letter, client = world.accepted(), world.client("member")
    response = client.post(address(letter, "werk/actie/"), filled(**{"action-words": "bewaar mij"} | wrong))
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "action-words" in wrong or "bewaar mij" in page
    assert not Action.objects.exists()


def test_action_cannot_be_given_to_somebody_of_another_network_nor_to_who_left(world):
    letter = world.accepted()
    for who in ("stranger", "former", "coordinator", "analyst"):
        with pytest.raises(NotAllowed):
            planned(world, letter, owner=world.user(who))
        sent = filled(**{"action-owner": world.people[who].pk})
        assert world.client("member").post(address(letter, "werk/actie/"), sent).status_code == 422
    assert not Action.objects.exists()


def test_action_is_refused_before_opening_after_closing_and_by_others(world):
    with pytest.raises(NotAllowed):
        planned(world, world.delivered())
    letter, ring = world.accepted(), world.keyring("lead")
    for who in ("stranger", "former", "coordinator"):
        with pytest.raises(Assignment.DoesNotExist):
            planned(world, letter, who)
    action = planned(world, letter)
    routing.close_case(letter, by=ring.user, keyring=ring, outcome="police", youth_care_needed=False, safe_now="yes")
    with pytest.raises(NotAllowed):
        planned(world, letter)
    for write in (casework.finish_action, casework.drop_action):
        with pytest.raises(NotAllowed):
            write(action, by=ring.user, keyring=ring, version=1)


def test_done_action_says_how_it_went_and_by_whom_and_can_be_opened_again(world):
    letter, client = world.accepted(), world.client("member")
    action = planned(world, letter)
    sent = {"settle-version": 1, "settle-result": "De mentor denkt mee."}
    assert client.post(address(letter, f"acties/{action.pk}/klaar/"), sent).status_code == 302
    action.refresh_from_db()
    assert (action.state, action.settled_by.name, action.version) == ("done", "Member", 2)
    assert "De mentor denkt mee." in read(client, letter, f"acties/{action.pk}/")
    assert "1 actie is klaar of vervallen" in read(client, letter)
    client.post(address(letter, f"acties/{action.pk}/open/"))
    action.refresh_from_db()
    assert (action.state, action.settled_at, action.version) == ("open", None, 3)


def test_action_that_is_not_needed_any_more_is_dropped_with_why(world):
    letter, client = world.accepted(), world.client("member")
    action = planned(world, letter)
    sent = {"settle-version": 1, "settle-result": "Verhuisd.", "drop": "1"}
    client.post(address(letter, f"acties/{action.pk}/klaar/"), sent)
    action.refresh_from_db()
    assert action.state == "dropped"


def test_settling_twice_says_that_a_colleague_was_first(world):
    letter, client = world.accepted(), world.client("member")
    action = planned(world, letter)
    for status in (302, 409):
        sent = {"settle-version": 1, "settle-result": "Bewaar dit."}
        assert client.post(address(letter, f"acties/{action.pk}/klaar/"), sent).status_code == status
    assert Action.objects.get().version == 2


def test_two_who_change_one_action_see_both_values_and_choose(world):
    letter, client = world.accepted(), world.client("member")
    action, lead = planned(world, letter), world.keyring("lead")
    casework.change_action(
        action, by=lead.user, keyring=lead, version=1, kind="care", words="Bel de huisarts.", due_on=days(5)
    )
    sent = {"change-kind": "police", "change-words": "Bel de wijkagent.", "change-owner": "", "change-due_on": ""}
    response = client.post(address(letter, f"acties/{action.pk}/"), sent | {"change-version": 1})
    page = response.content.decode()
    assert response.status_code == 409
    for shown in ("Bel de wijkagent.", "Bel de huisarts.", "Betrek de politie", "Stem de zorg af"):
        assert shown in page
    assert 'name="change-version" value="2"' in page
    assert client.post(address(letter, f"acties/{action.pk}/"), sent | {"change-version": 2}).status_code == 302
    action.refresh_from_db()
    assert (action.kind, action.version) == ("police", 3)
    with pytest.raises(Clash):
        casework.change_action(action, by=lead.user, keyring=lead, version=2, kind="care", words="x")


def test_changing_what_a_colleague_finished_keeps_what_was_typed(world):
    letter, client = world.accepted(), world.client("member")
    action, lead = planned(world, letter), world.keyring("lead")
    casework.finish_action(action, by=lead.user, keyring=lead, version=1)
    sent = {"change-kind": "police", "change-words": "Net te laat", "change-version": 1}
    response = client.post(address(letter, f"acties/{action.pk}/"), sent)
    assert response.status_code == 409
    assert "Net te laat" in response.content.decode()


def test_somebody_elses_action_and_a_foreign_id_are_404(world):
    letter, other = world.accepted(), world.accepted("zwolle", "stranger")
    theirs = planned(world, other, "stranger")
    client = world.client("member")
    for act in (f"acties/{theirs.pk}/", f"acties/{other.pk}/"):
        read(client, letter, act, 404)
        assert client.post(address(letter, act + "klaar/"), {"settle-version": 1}).status_code == 404
        assert client.post(address(letter, act + "open/")).status_code == 404
    ring = world.keyring("member")
    with pytest.raises(Assignment.DoesNotExist):
        casework.finish_action(theirs, by=ring.user, keyring=ring, version=1)


def test_returned_case_takes_its_work_along_out_of_sight(world):
    letter = world.accepted()
    action, ring = planned(world, letter), world.keyring("member")
    routing.give_back(letter, by=ring.user, keyring=ring, reason="no_capacity")
    client = world.client("lead")
    for act in ("werk/", "afdrukken/", f"acties/{action.pk}/"):
        read(client, letter, act, 404)
    assert not Action.objects.visible_to(world.user("lead")).exists()


def test_member_who_left_reads_no_work_any_more(world):
    letter, client = world.accepted(), world.client("member")
    planned(world, letter)
    world.leave("member")
    read(client, letter, "werk/", 403)
    assert not Action.objects.visible_to(world.user("member")).exists()
    assert not Action.objects.visible_to(world.user("coordinator")).exists()


def test_work_of_a_letter_that_nobody_opened_stays_closed(world):
    letter = world.delivered()
    assert world.client("member").get(address(letter, "werk/")).url == address(letter)
    assert world.client("member").get(address(letter, "afdrukken/")).url == address(letter)


def test_reading_the_work_is_one_row_that_names_all_of_it(world):
    letter = world.accepted()
    action = planned(world, letter)
    ring = world.keyring("member")
    note = casework.write_note(letter, by=ring.user, keyring=ring, words="een")
    before = Entry.objects.count()
    read(world.client("lead"), letter)
    [row] = Entry.objects.filter(act="read", object_id=letter.case.reference).order_by("-pk")[:1]
    assert set(row.rows) == {f"action:{action.pk}", f"note:{note.pk}"}
    assert Entry.objects.count() == before + 1


def test_pages_of_a_case_take_at_most_fifteen_statements_whatever_its_work(world, django_assert_max_num_queries):
    letter, ring = world.accepted(), world.keyring("member")
    for number in range(12):
        action = planned(world, letter, owner=world.user("lead"), due_on=days(number - 3))
        casework.write_note(letter, by=ring.user, keyring=ring, words=f"notitie {number}")
    client = world.client("lead")
    for act in ("", "werk/", f"acties/{action.pk}/", "afdrukken/"):
        with django_assert_max_num_queries(15):
            read(client, letter, act)


def test_overview_says_the_next_step(world):
    letter, client = world.accepted(), world.client("member")
    assert "Lees wat is afgesproken over contact." in read(client, letter, "")
    client.post(address(letter, "werk/afspraken/"), {"back": "case"})
    assert "Plan de eerste actie" in read(client, letter, "")
    action = planned(world, letter, due_on=days(-1))
    assert "1 actie is te laat. Doe die eerst." in read(client, letter, "")
    ring = world.keyring("member")
    casework.finish_action(action, by=ring.user, keyring=ring, version=1)
    assert "Alle acties zijn klaar." in read(client, letter, "")


def test_timeline_tells_what_happened_and_a_chip_narrows_it(world):
    letter, client = world.accepted(), world.client("member")
    planned(world, letter)
    whole = read(client, letter, "")
    for shown in ("Actie gepland", "Aangenomen", "Gedeeld door het meldpunt", "Gedeeld op", "door Coordinator"):
        assert shown in whole
    narrow = client.get(address(letter), {"toon": "acties"}).content.decode()
    assert narrow.count("<b>Actie gepland</b>") == 1 and "<b>Aangenomen</b>" not in narrow


def test_paper_leaves_names_away_unless_asked_and_is_in_the_log(world):
    letter, client = world.accepted(), world.client("member")
    planned(world, letter)
    plain = read(client, letter, "afdrukken/")
    assert "Zoë Canarie" not in plain and "Praat met de mentor." in plain and "Vader" in plain
    assert "Zoë Canarie" in client.get(address(letter, "afdrukken/"), {"contact": "1"}).content.decode()
    purposes = list(Entry.objects.filter(act="print").order_by("pk").values_list("purpose", flat=True))
    assert purposes == ["", "contact"]


def test_supporting_network_works_on_its_own_and_does_not_read_that_of_the_lead(world):
    case, ring = world.case(), world.keyring("coordinator")
    routing.route(
        case, by=ring.user, keyring=ring, team=world.teams["almelo"], support=[world.teams["zwolle"]],
        reason="lives_there", version=case.version,
    )  # fmt: skip
    for letter in case.assignments.all():
        routing.deliver(letter.pk)
    lead = routing.accept(
        routing.open_letter(case.assignments.get(team=world.teams["almelo"]), by=world.user("member")), by=world.user("member")
    )
    support = routing.accept(
        routing.open_letter(case.assignments.get(team=world.teams["zwolle"]), by=world.user("stranger")),
        by=world.user("stranger"),
    )
    planned(world, lead, words="Van Almelo")
    planned(world, support, "stranger", words="Van Zwolle")
    theirs = read(world.client("stranger"), support)
    assert "Van Zwolle" in theirs and "Van Almelo" not in theirs and "Jullie steunen" in theirs
    assert "Van Zwolle" not in read(world.client("member"), lead)
