"""The plan of a case: who coordinates, the wish, goals; who may write it, and two who do so at once."""

import datetime

import pytest
from django.utils import timezone

from networks import content
from networks.actions import coordination, plans
from networks.content import PlanContent
from networks.models import Action, Appointment, Goal, SupportPlan
from networks.planning.plan_page import plan_of
from signals.actions import Clash
from signals.models import Assignment
from signals.workflow import NotAllowed
from tests.worlds import World

pytestmark = pytest.mark.django_db
WISH = "Weer naar <b>school</b>, en dat pa het niet weet"


@pytest.fixture
def world(settings):
    return World(settings)


def address(letter, *rest):
    return "/".join(["/netwerk", letter.case.reference, "plan", *rest]) + "/"


def appointed(world, letter, **given):
    ring = world.keyring("member")
    given = {"post": "coordinator", "person": world.user("lead")} | given
    return coordination.appoint(letter, by=ring.user, keyring=ring, **given)


def a_goal(world, letter, words="Vier dagen per week naar school", **given):
    ring = world.keyring("member")
    return plans.set_goal(letter, by=ring.user, keyring=ring, words=words, **given)


def test_a_post_has_one_holder_and_keeps_who_it_was(world):
    letter = world.accepted()
    appointed(world, letter)
    appointed(world, letter, person=None, party="referrer", who="Juf Ans", organisation="OSG Noord", words="Kent hem")
    page = world.client("member").get(address(letter)).content.decode()
    assert "Juf Ans · OSG Noord" in page
    assert "Wie het eerder was" in page
    assert [row.until is None for row in Appointment.objects.order_by("at")] == [False, True]


def test_who_has_a_post_already_just_keeps_it(world):
    letter = world.accepted()
    first = appointed(world, letter)
    assert appointed(world, letter) == first
    assert Appointment.objects.count() == 1


def test_a_member_who_gets_a_post_hears_of_it(world):
    letter = world.accepted()
    appointed(world, letter)
    assert world.user("lead").notices.filter(kind="post_given").exists()


def test_nobody_is_appointed_who_does_not_work_on_the_case(world):
    letter = world.accepted()
    for who in ("stranger", "former", "coordinator", "administrator"):
        with pytest.raises(NotAllowed):
            appointed(world, letter, person=world.user(who))
    with pytest.raises(NotAllowed):
        appointed(world, letter, person=None, party="outside")
    with pytest.raises(NotAllowed):
        appointed(world, letter, person=None, party="member")


def test_two_who_appoint_at_once_do_not_undo_each_other(world):
    letter, client = world.accepted(), world.client("member")
    appointed(world, letter)
    typed = {"post_coordinator-whom": "outside", "post_coordinator-who": "Mo van de gemeente"}
    response = client.post(address(letter, "wie", "coordinator"), typed | {"post_coordinator-instead_of": ""})
    assert response.status_code == 409
    assert "Mo van de gemeente" in response.content.decode()
    assert Appointment.objects.current().get().person == world.user("lead")


def test_somebody_from_outside_needs_a_name(world):
    letter, client = world.accepted(), world.client("member")
    response = client.post(address(letter, "wie", "contact"), {"post_contact-whom": "outside"})
    assert response.status_code == 422
    assert "Schrijf wie het is" in response.content.decode()
    assert client.post(address(letter, "wie", "baas"), {}).status_code == 404


def test_the_wish_comes_back_as_it_was_written(world):
    letter, client = world.accepted(), world.client("member")
    sent = {"wish-version": 0, "wish-wish": WISH, "wish-made_with": "met hem zelf"}
    assert client.post(address(letter, "wens"), sent).status_code == 302
    page = client.get(address(letter)).content.decode()
    assert "Weer naar &lt;b&gt;school&lt;/b&gt;" in page
    assert "Gemaakt met: met hem zelf" in page


def test_two_who_write_the_wish_see_both(world):
    letter, ring = world.accepted(), world.keyring("lead")
    plans.write_wish(letter, by=ring.user, keyring=ring, version=0, said=PlanContent("Rust"))
    sent = {"wish-version": 0, "wish-wish": WISH}
    response = world.client("member").post(address(letter, "wens"), sent)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Rust" in page
    assert "Weer naar" in page
    assert SupportPlan.objects.get().version == 1
    with pytest.raises(Clash):
        plans.write_wish(letter, by=ring.user, keyring=ring, version=7, said=PlanContent("Rust"))


def test_a_goal_goes_from_begun_to_reached_and_keeps_how(world):
    letter, client = world.accepted(), world.client("member")
    day = (timezone.localdate() + datetime.timedelta(days=8)).isoformat()
    sent = {"goal-words": "Veilig slapen", "goal-owner": str(world.user("lead").pk), "goal-due_on": day}
    assert client.post(address(letter, "doel"), sent).status_code == 302
    goal = Goal.objects.get()
    how = f"/netwerk/{letter.case.reference}/doelen/{goal.pk}/hoe/"
    for version, state in ((1, "under_way"), (2, "reached")):
        client.post(how, {"how-version": version, "how-state": state, "how-words": f"Stap {state}"})
    page = client.get(f"/netwerk/{letter.case.reference}/doelen/{goal.pk}/").content.decode()
    assert "Stap under_way" in page
    assert "Stap reached" in page
    goal.refresh_from_db()
    assert (goal.state, goal.version) == ("reached", 3)
    assert "1 doel is bereikt of vervallen" in client.get(address(letter)).content.decode()


def test_two_who_change_a_goal_see_both(world):
    letter, ring = world.accepted(), world.keyring("lead")
    goal = a_goal(world, letter)
    plans.change_goal(goal, by=ring.user, keyring=ring, version=1, words="Drie dagen")
    sent = {"goal-version": 1, "goal-words": "Vijf dagen"}
    response = world.client("member").post(f"/netwerk/{letter.case.reference}/doelen/{goal.pk}/", sent)
    assert response.status_code == 409
    assert "Drie dagen" in response.content.decode()
    assert "Vijf dagen" in response.content.decode()
    with pytest.raises(NotAllowed):
        plans.say_how(goal, by=ring.user, keyring=ring, version=2, state="onzin")


def test_an_action_hangs_on_its_goal(world):
    letter, client = world.accepted(), world.client("member")
    goal = a_goal(world, letter)
    place = f"/netwerk/{letter.case.reference}/doelen/{goal.pk}/actie/"
    assert client.post(place, {"action-kind": "school", "action-words": "Bel de mentor"}).status_code == 302
    assert Action.objects.get().goal == goal
    assert "1 actie open" in client.get(address(letter)).content.decode()


def test_goals_of_another_letter_are_not_there(world):
    mine, other = world.accepted(), world.accepted("zwolle", "stranger")
    goal = a_goal(world, mine)
    for reference in (mine.case.reference, other.case.reference):
        assert world.client("stranger").get(f"/netwerk/{reference}/doelen/{goal.pk}/").status_code == 404
    ring = world.keyring("stranger")
    with pytest.raises(Assignment.DoesNotExist):
        plans.change_goal(goal, by=ring.user, keyring=ring, version=1, words="Gekaapt")


def test_nothing_is_written_about_a_letter_that_is_not_open(world):
    letter = world.delivered()
    with pytest.raises(NotAllowed):
        a_goal(world, letter)
    assert world.client("member").get(address(letter)).url == f"/netwerk/{letter.case.reference}/"


def test_former_members_and_the_desk_write_nothing(world):
    letter = world.accepted()
    for who in ("former", "coordinator", "stranger"):
        ring = world.keyring(who)
        with pytest.raises(Assignment.DoesNotExist):
            plans.set_goal(letter, by=ring.user, keyring=ring, words="Gekaapt")
    assert not Goal.objects.exists()


def test_the_plan_is_sealed_and_read_in_one_row_of_the_log(world):
    letter, ring = world.accepted(), world.keyring("member")
    goal = a_goal(world, letter, words="Zin die niemand leest")
    assert b"niemand leest" not in bytes(goal.content)
    assert plan_of(ring, letter).goals[0].said == content.GoalContent(words="Zin die niemand leest")


def test_the_page_stays_within_its_statements(world, django_assert_max_num_queries):
    letter, client = world.accepted(), world.client("member")
    for number in range(4):
        a_goal(world, letter, words=f"Doel {number}")
    appointed(world, letter)
    client.get(address(letter))
    with django_assert_max_num_queries(15):
        client.get(address(letter))
    goal = Goal.objects.first()
    with django_assert_max_num_queries(15):
        client.get(f"/netwerk/{letter.case.reference}/doelen/{goal.pk}/")
