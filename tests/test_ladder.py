"""The ladder of a breached clock and ageing: who is told when, once, by a worker without keys."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from meldpunt.notices.models import Notice
from meldpunt.teams.models import Absence, DutyShift, Membership, Role, User
from signals.actions import leases, tasks, triage
from signals.desk import ladder
from signals.models import Assignment, Escalation, Signal, Task
from signals.tasks import age_signals, raise_breached_clocks
from signals.weighing import urgency
from tests.roles import granted, working_as  # noqa: F401 (a fixture)
from tests.worlds import World, a_signal

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def world(settings):
    return World(settings)


def steps(**target):
    return list(Escalation.objects.filter(**target).values_list("step", flat=True))


def karim(world) -> User:
    """One more coordinator."""
    user = User.objects.create(email="karim@practice.test", name="Karim")
    Membership.objects.create(user=user, team=world.teams["desk"], role=Role.COORDINATOR)
    return user


def late(rows, by):
    rows.update(due_at=timezone.now() - by)


@pytest.mark.parametrize(
    ("level", "after", "reached"),
    [
        ("acute", 0 * MINUTE, ["deputy"]),
        ("acute", 6 * MINUTE, ["deputy", "lead"]),
        ("acute", 15 * MINUTE, ["deputy", "lead", "coordinator", "task"]),
        ("urgent", 59 * MINUTE, ["deputy"]),
        ("urgent", 2 * HOUR, ["deputy", "lead", "coordinator", "task"]),
        ("normal", 5 * HOUR, ["deputy", "lead"]),
        ("normal", 24 * HOUR, ["deputy", "lead", "coordinator", "task"]),
    ],
)
def test_each_step_has_its_time(level, after, reached):
    assert ladder.reached(MONDAY, level, MONDAY + after) == reached


def test_a_network_that_does_not_answer_is_called_deputy_lead_coordinator_and_then_it_is_a_task(world):
    letter, lead, deputy = world.delivered(urgency="acute"), world.people["lead"], world.people["member"]
    User.objects.filter(pk=lead.pk).update(deputy=deputy)
    Notice.objects.all().delete()
    mine = Assignment.objects.filter(pk=letter.pk)
    late(mine, MINUTE)
    assert raise_breached_clocks() == 1
    assert raise_breached_clocks() == 0, "a second round tells nobody twice"
    assert list(Notice.objects.values_list("user", "kind")) == [(deputy.pk, "clock_ran_out")]
    assert not Task.objects.exists()
    Escalation.objects.all().delete()
    late(mine, HOUR)
    assert raise_breached_clocks() == 4
    told = dict(Escalation.objects.values_list("step", "user"))
    coordinator = world.people["coordinator"].pk
    assert told == {"deputy": deputy.pk, "lead": lead.pk, "coordinator": coordinator, "task": coordinator}
    assert Task.objects.get().kind == "late_network"
    assert raise_breached_clocks() == 0


def test_opening_in_between_begins_a_new_clock_with_a_ladder_of_its_own(world):
    letter = world.opened(urgency="acute")
    late(Assignment.objects.filter(pk=letter.pk), HOUR)
    raise_breached_clocks()
    late(Assignment.objects.filter(pk=letter.pk), HOUR)
    raise_breached_clocks()
    assert steps(step="lead") == ["lead"] * 2


def test_a_letter_that_the_machine_does_not_deliver_is_a_task_at_once(world):
    letter = world.routed(urgency="normal")
    late(Assignment.objects.filter(pk=letter.pk), MINUTE)
    raise_breached_clocks()
    assert steps() == ["task"]
    assert Task.objects.get().kind == "late_delivery"


def test_a_task_goes_to_who_is_on_duty_and_past_who_is_away(world):
    second, now = karim(world), timezone.now()
    today = timezone.localdate()
    signals = [a_signal(world) for _number in range(3)]
    first = world.user("coordinator")
    assert tasks.give_task("late_triage", signal=signals[0]).user == first
    DutyShift.objects.create(user=second, starts_at=now - HOUR, ends_at=now + HOUR)
    assert tasks.give_task("late_triage", signal=signals[1]).user == second
    Absence.objects.create(user=first, first_day=today, last_day=today, deputy=second)
    assert tasks.give_task("late_triage", signal=signals[2], first=first).user == second


def test_an_acute_signal_is_given_to_who_is_on_duty(world):
    second, now = karim(world), timezone.now()
    DutyShift.objects.create(user=second, starts_at=now - HOUR, ends_at=now + HOUR)
    signal = a_signal(world, danger={"danger": "yes"})
    assert signal.urgency == "acute"
    assert Task.objects.get().user == second
    waiting = Notice.objects.filter(kind="acute_signal")
    assert {notice.user for notice in waiting} == {second, world.people["coordinator"]}
    assert not waiting.filter(digest=True).exists()
    assert not waiting.filter(due_at__gt=timezone.now()).exists()


def test_waiting_too_long_makes_a_signal_more_urgent_once_and_says_so(world):
    signal = a_signal(world)
    before = Signal.objects.get(pk=signal.pk)
    assert (before.urgency, age_signals()) == ("normal", 0)
    late(Signal.objects.filter(pk=signal.pk), HOUR)
    assert age_signals() == 1
    assert age_signals() == 0
    after = Signal.objects.get(pk=signal.pk)
    assert (after.urgency, after.urgency_score) == ("urgent", before.urgency_score + urgency.RULES["waited"].points)
    assert (after.version, after.aged_at is not None) == (before.version + 1, True)
    step = after.transitions.first()
    assert (step.reason, step.by) == ("aged", None)


def test_age_alone_makes_nothing_acute():
    assert urgency.aged("urgent", 5)[0] == "urgent"
    assert urgency.aged("acute", 5)[0] == "acute"


def test_what_somebody_works_on_or_set_the_urgency_of_does_not_age(world):
    taken, chosen = a_signal(world), a_signal(world)
    keyring = world.keyring("coordinator")
    leases.take_up(taken, by=keyring.user)
    triage.override_urgency(
        chosen, by=keyring.user, keyring=keyring, urgency="normal", reason="other", version=chosen.version
    )
    late(Signal.objects.all(), HOUR)
    assert age_signals() == 0


@pytest.mark.usefixtures("granted")
def test_the_worker_may_climb_and_age(world):
    letter, signal = world.delivered(urgency="acute"), a_signal(world)
    late(Assignment.objects.filter(pk=letter.pk), HOUR)
    late(Signal.objects.filter(pk=signal.pk), HOUR)
    with working_as("meldpunt_worker"):
        assert raise_breached_clocks() >= 4
        assert age_signals() == 1
