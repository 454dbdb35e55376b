"""Somebody else's ids, in an address or in a field of a form, are refused, and nothing is written."""

import pytest
from django.db import connection, transaction
from django.urls import reverse

from networks.actions import casework, circle, plans, suspects
from networks.content import RelationContent, SuspectContent
from networks.models import Action, Appointment, Evaluation, Goal, Relation, SuspectAccess
from signals.models import Assignment, Transfer
from tests.access_table import TABLE
from tests.test_access import a_meeting, confirmed
from tests.worlds import World

pytestmark = pytest.mark.django_db
OBJECTS = {"action", "goal", "relation", "suspect"}
NESTED = sorted(name for name, (_m, wanted, _e) in TABLE.items() if "case" in wanted and OBJECTS & set(wanted))
FORMS = {"change_form": "change", "how_form": "how", "person_form": "person"}


@pytest.fixture
def world(settings):
    return World(settings)


def a_case(world, slug, who):
    """A case of a network, with one of each thing that has an address of its own."""
    letter, ring = world.accepted(slug, who), world.keyring(who)
    by = {"by": ring.user, "keyring": ring}
    return {
        "case": letter.case.reference,
        "action": casework.plan_action(letter, kind="school", words="Bel de mentor.", **by).pk,
        "goal": plans.set_goal(letter, words="Weer naar school.", **by).pk,
        "relation": circle.add_relation(letter, kind="friend", said=RelationContent(name="Bo"), **by).pk,
        "suspect": suspects.add_suspect(letter, said=SuspectContent(nickname="Ricky"), **by).pk,
    } | FORMS


def written():
    """How many rows of the networks and of letters this transaction has written so far, by table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return {table: rows for table, rows in cursor.fetchall() if table.startswith(("networks_", "signals_"))}


def test_a_thing_of_another_case_is_not_found_under_the_own_one(world):
    own, next_door, foreign = a_case(world, "almelo", "lead"), a_case(world, "almelo", "lead"), a_case(world, "zwolle", "other_lead")
    browser, before = confirmed(world.client("lead")), written()
    for other in (next_door, foreign):
        for name in NESTED:
            values = {**other, "case": own["case"]}
            address = reverse(name, args=[values[one] for one in TABLE[name][1]])
            assert browser.post(address, {"version": 1}).status_code in (404, 405), name
            assert TABLE[name][0] == "POST" or browser.get(address).status_code == 404, name
    assert written() == before


def forged(world, own, pk):
    """Forms of the case `own` in which a field names somebody or something (`pk`) that has no business there."""
    case, goal, relation = own["case"], own["goal"], own["relation"]
    action = {"action-kind": "school", "action-words": "x", "action-owner": pk}
    ending = {"outcome-outcome": "handled_in_network", "outcome-youth_care_needed": "no", "outcome-safe_now": "yes"}
    moving = {"transfer-reason": "other", "transfer-words": "x", "confirmed": "1"}
    return [
        ("network_plan_action", [case], action),
        ("network_goal_action", [case, goal], action),
        ("network_measure", [case, relation], action),
        ("network_action", [case, own["action"]], {"change-kind": "school", "change-words": "x", "change-version": 1, "change-owner": pk}),
        ("network_set_goal", [case], {"goal-words": "x", "goal-owner": pk}),
        ("network_goal", [case, goal], {"goal-words": "x", "goal-version": 1, "goal-owner": pk}),
        ("network_appoint", [case, "coordinator"], {"post_coordinator-whom": pk}),
        ("network_who_sees_suspects", [case], {"user": pk}),
        ("network_outcome", [case], ending | {"outcome-stays": pk, "confirmed": "1"}),
        ("network_outcome", [case], ending | {"confirmed": "1"}),
        *(("network_moving", [case], moving | {"transfer-team": slug}) for slug in ("desk", "province", "almelo", pk)),
        *(("network_ask_support", [case], {"support-team": slug, "support-reason": "known_there"}) for slug in ("desk", "almelo", pk)),
        *(("network_action", [case, own["action"]], {"change-kind": "school", "change-words": "x", "change-version": v}) for v in (0, 2, 99, "x")),
        *(("network_goal_how", [case, goal], {"how-state": "reached", "how-words": "x", "how-version": v}) for v in (0, 99, "")),
        *(("network_answer_peer", [case, relation], {"answer-approached": "no", "answer-version": v}) for v in (0, 99, "")),
    ]


@pytest.mark.parametrize("whose", ["stranger", "former"])
def test_a_field_that_names_who_or_what_has_no_business_there_is_refused(world, whose):
    own = a_case(world, "almelo", "lead")
    browser = confirmed(world.client("lead"))
    for name, args, data in forged(world, own, str(world.people[whose].pk)):
        with transaction.atomic():
            response = browser.post(reverse(name, args=args), data)
        assert response.status_code in (404, 409, 422), (name, data, response.status_code)
    assert Assignment.objects.get(case__reference=own["case"]).state == "accepted"
    assert [model.objects.count() for model in (Action, Goal, Relation, SuspectAccess)] == [1, 1, 1, 0]
    assert not any(model.objects.exists() for model in (Appointment, Evaluation, Transfer))
    assert {row.version for model in (Action, Goal, Relation) for row in model.objects.all()} == {1}


def test_a_meeting_takes_only_members_and_cases_of_its_own_network(world):
    own, foreign = a_case(world, "almelo", "lead"), a_case(world, "zwolle", "other_lead")
    meeting, browser = a_meeting(world), confirmed(world.client("lead"))
    before = written()
    there = {"there-members": [str(world.people["stranger"].pk)], "there-version": 1}
    assert browser.post(reverse("meeting_there", args=[meeting.pk]), there).status_code == 422
    for data in ({"case": foreign["case"]}, {"drop": foreign["case"]}):
        assert browser.post(reverse("meeting_agenda", args=[meeting.pk]), data).status_code == 404
    for name in ("meeting_decide", "meeting_decision", "meeting_minutes", "begin_case"):
        assert browser.post(reverse(name, args=[meeting.pk, foreign["case"]]), {"minutes-words": "x"}).status_code == 404
    other = confirmed(world.client("other_lead"))
    for reference in (own["case"], foreign["case"]):
        assert other.post(reverse("meeting_minutes", args=[meeting.pk, reference]), {"minutes-words": "x"}).status_code == 404
    assert written() == before
