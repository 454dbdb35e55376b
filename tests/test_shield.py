"""The shield: who is involved sees nothing, hears nothing and holds nothing, and nothing is lost."""

import secrets
from datetime import timedelta

import pytest
from django.utils import timezone

from meldpunt.audit.models import Entry
from meldpunt.notices.models import Notice
from meldpunt.teams.models import DutyShift, Membership, Role, User
from signals.actions import filing, joining, leases, routing, shielding, tasks, triage
from signals.models import Assignment, Case, Shield, Signal, Task
from signals.models.task import TaskKind
from signals.queue.tally import tally
from signals.workflow import NotAllowed
from tests.worlds import World, a_signal

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    made = World(settings)
    for who, name in (("coordinator", "Marieke van den Berg"), ("lead", "Jan de Vries"), ("member", "Fatima El Amrani")):
        User.objects.filter(pk=made.people[who].pk).update(name=name)
    return made


def second(world, who="second"):
    """Make another coordinator, who has the desk's key."""
    user = world._person(who, "desk", Role.COORDINATOR)
    User.objects.filter(pk=user.pk).update(name="Piet Karel Smit")
    world.people[who] = user
    return user


def filed(world, *, works_here="", danger="no"):
    return a_signal(world, danger={"danger": danger}, contact={"allowed": "no", "works_here": works_here})


def on_duty(user):
    now = timezone.now()
    DutyShift.objects.create(user=user, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))


def sees(world, who, thing):
    return type(thing).objects.visible_to(world.user(who)).filter(pk=thing.pk).exists()


def decided(world, signal, **values):
    keyring = world.keyring("coordinator")
    values = {"decision": "new_case", "reason": "enough_signs", "version": Signal.objects.get(pk=signal.pk).version} | values
    return triage.decide(signal, by=keyring.user, keyring=keyring, **values)


def test_whom_the_referrer_names_never_sees_the_signal_nor_a_count_of_it(world):
    second(world)
    before = tally(world.user("coordinator"), front=True).counts
    signal = filed(world, works_here="Marike vd Berg")
    assert not sees(world, "coordinator", signal) and sees(world, "second", signal)
    assert tally(world.user("coordinator"), front=True).counts == before
    live = world.client("coordinator").get("/meldingen/stand/?sinds=0")
    assert live.status_code == 404 or live.json()["new"] == 0
    assert world.client("coordinator").get(signal.get_absolute_url()).status_code == 404
    assert Shield.objects.get().source == "referrer"


def test_the_names_themselves_are_kept_nowhere_in_clear(world):
    filed(world, works_here="Marieke van den Berg")
    assert "Berg" not in str(Shield.objects.values().get())


def test_an_acute_signal_about_who_is_on_duty_goes_to_another_and_tells_nobody_why(world):
    other = second(world)
    on_duty(world.people["coordinator"])
    signal = filed(world, works_here="Marieke van den Berg", danger="yes")
    assert Task.objects.get(signal=signal, kind=TaskKind.ACUTE_SIGNAL).user_id == other.pk
    assert list(Notice.objects.values_list("user", "kind")) == [(other.pk, "acute_signal")]
    assert tally(world.user("second")).alarm.on_duty["name"] == "Piet Karel Smit"
    mine = tally(world.user("coordinator")).alarm
    assert (mine.count, mine.on_duty["name"]) == (0, "Marieke van den Berg")


def test_where_the_shield_leaves_nobody_somebody_outside_the_team_is_told_without_content(world):
    signal = filed(world, works_here="Marieke van den Berg", danger="yes")
    task = Task.objects.get(signal=signal)
    assert (task.kind, task.user) == (TaskKind.NOBODY_LEFT, world.people["administrator"])
    assert Notice.objects.get().path == "/buiten/"
    client = world.client("administrator")
    page = client.get("/buiten/").content.decode()
    assert signal.reference in page and "Een jongen" not in page
    assert client.post("/buiten/", {"task": task.pk}).status_code == 409
    second(world)
    assert client.post("/buiten/", {"task": task.pk}).status_code == 302
    assert not Task.objects.filter(pk=task.pk, done_at=None).exists()


def test_the_appointed_deputy_outside_the_team_comes_first(world):
    team = world.teams["desk"]
    team.outside_deputy = world.people["other_lead"]
    team.save()
    signal = filed(world, works_here="Marieke van den Berg")
    assert Task.objects.get(signal=signal).user == world.people["other_lead"]


def test_an_administrator_appoints_the_deputy_outside_a_team_and_never_one_of_the_team(world):
    client, desk = world.client("administrator"), world.teams["desk"]
    field = f"outside-{desk.pk}-user"
    for who, kept in (("other_lead", "other_lead"), ("coordinator", "other_lead")):
        assert client.post("/buiten/desk/", {field: world.people[who].pk}).status_code == 302
        desk.refresh_from_db()
        assert desk.outside_deputy == world.people[kept]


def test_the_shield_of_a_signal_holds_for_its_case_and_its_letters_and_a_case_for_its_signals(world):
    other = second(world)
    signal = filed(world)
    case = decided(world, signal).case
    Shield.objects.create(user=other, case=case, source="coordinator", at=timezone.now())
    assert not sees(world, "second", signal) and not sees(world, "second", case)
    letter = world.accepted()
    first = filed(world, works_here="Fatima el-Amrani")
    keyring = world.keyring("coordinator")
    assert sees(world, "member", letter)
    joining.join(first, letter.case, by=keyring.user, keyring=keyring, reason="same_person", version=first.version)
    assert not sees(world, "member", letter) and sees(world, "lead", letter)
    assert Assignment.objects.get(pk=letter.pk).owner == world.people["lead"]


def test_who_is_kept_out_of_a_case_stays_out_of_a_signal_that_leaves_it(world):
    other, keyring = second(world), world.keyring("coordinator")
    case, signal = decided(world, filed(world)).case, filed(world)
    joining.join(signal, case, by=keyring.user, keyring=keyring, reason="same_person", version=signal.version)
    Shield.objects.create(user=other, case=case, source="coordinator", at=timezone.now())
    signal.refresh_from_db()
    joining.separate(signal, by=keyring.user, keyring=keyring, reason="other_person", version=signal.version)
    assert not sees(world, "second", signal)


def test_a_duplicate_is_kept_from_whom_the_other_is_kept_from(world):
    second(world)
    one, two = filed(world, works_here="Piet Smit"), filed(world)
    decided(world, two, decision="duplicate", reason="same_report", same_as=one)
    assert not sees(world, "second", two)


def test_stepping_aside_hands_on_what_one_had_and_leaves_nothing(world):
    other = second(world)
    signal = filed(world)
    leases.take_up(signal, by=world.user("coordinator"))
    tasks.give_task(TaskKind.ANSWERED, signal=signal, first=world.people["coordinator"])
    client = world.client("coordinator", locked=True)
    page = client.get(f"/opzij/signal/{signal.reference}/")
    assert page.status_code == 200
    assert client.post(f"/opzij/signal/{signal.reference}/")["Location"] == "/opzij/"
    assert signal.reference not in client.get("/opzij/").content.decode()
    signal.refresh_from_db()
    assert (signal.state, signal.claimed_by) == ("received", None)
    assert Task.objects.get(kind=TaskKind.ANSWERED).user == other
    assert not sees(world, "coordinator", signal)
    assert Entry.objects.filter(object_id=signal.reference, purpose="stepped_aside").count() == 1
    assert client.get(f"/opzij/signal/{signal.reference}/").status_code == 404


def test_only_a_second_coordinator_lifts_a_shield(world):
    other = second(world)
    world._person("third", "desk", Role.COORDINATOR)
    third = User.objects.get(email="third@practice.test")
    signal, keyring = filed(world), world.keyring("coordinator")
    row = shielding.keep_out(signal, other, by=keyring.user, keyring=keyring, reason="knows", words="Zijn zwager.")
    with pytest.raises(NotAllowed):
        shielding.let_in(row, by=keyring.user, reason="mistake")
    with pytest.raises(Signal.DoesNotExist):
        shielding.let_in(row, by=world.user("second"), reason="mistake")
    shielding.let_in(row, by=third, reason="mistake")
    assert sees(world, "second", signal)


def test_a_member_names_a_colleague_of_the_own_network_and_no_other(world):
    letter = world.accepted()
    client = world.client("lead")
    address = f"/netwerk/{letter.case.reference}/afscherming/"
    answers = {"shield-user": world.people["member"].pk, "shield-reason": "knows", "shield-words": "Zijn nichtje."}
    assert client.post(address, answers).status_code == 302
    assert not sees(world, "member", letter)
    assert client.post(address, answers | {"shield-user": world.people["stranger"].pk}).status_code == 422
    assert "1 collega van je netwerk" in client.get(address).content.decode()


def test_a_letter_for_a_network_of_which_nobody_may_see_it_alarms_the_desk(world):
    letter = world.routed()
    for who in ("lead", "member"):
        Shield.objects.create(user=world.people[who], case=letter.case, source="coordinator", at=timezone.now())
    filing_notices = Notice.objects.filter(kind="case_waits")
    assert routing.deliver(letter.pk)
    assert not filing_notices.exists()
    assert Task.objects.get(kind=TaskKind.NOBODY_LEFT).user == world.people["coordinator"]


def test_a_task_never_goes_to_who_is_kept_out(world):
    other = second(world)
    on_duty(world.people["coordinator"])
    signal = filed(world, works_here="Marieke van den Berg")
    assert tasks.give_task(TaskKind.LATE_TRIAGE, signal=signal, first=world.people["coordinator"]).user == other


def test_filing_with_a_hit_in_danger_stays_within_its_statements(world, django_assert_max_num_queries, monkeypatch):
    second(world)
    monkeypatch.setattr("signals.places.gazetteer.SECONDS", 60)
    filed(world, works_here="Marieke van den Berg", danger="yes")
    answers = {"danger": {"danger": "yes"}, "contact": {"allowed": "no", "works_here": "Marieke van den Berg"}}
    with django_assert_max_num_queries(15):
        filing.file(answers, who="school", once=secrets.token_bytes(32))


def test_a_case_that_nobody_is_kept_out_of_is_seen_as_before(world):
    letter = world.accepted()
    assert sees(world, "coordinator", letter.case) and sees(world, "member", letter.case)
    assert Case.objects.visible_to(world.user("stranger")).count() == 0
    assert Membership.objects.filter(ended_at=None).count() > 0
