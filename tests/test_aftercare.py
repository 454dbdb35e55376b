"""Aftercare: who asks how it goes and when, what climbs when nobody does, and who may write what after closing."""

import datetime

import pytest
from django.utils import timezone

from meldpunt.vault import crypto, sealed
from networks.actions import aftercare, casework, outcome
from networks.actions.outcome import After
from networks.models import Evaluation, Pulse, PulseStep
from networks.tasks import aftercare as climb
from signals import deadlines
from signals.actions import reopening
from signals.models import Case, ClockTerm, ReopenProposal, Task
from signals.models.task import TaskKind
from signals.workflow import NotAllowed
from tests.worlds import World

pytestmark = pytest.mark.django_db
ENDED = {"outcome": "handled_in_network", "youth_care_needed": False, "safe_now": "yes"}
DAY = datetime.timedelta(days=1)


@pytest.fixture
def world(settings):
    return World(settings)


def closed(world, **given):
    letter, ring = world.ready(), world.keyring("lead")
    after = After(helped="Tante hielp", hindered="Wachten <b>", stays=world.user("member"))
    outcome.close(letter, by=ring.user, keyring=ring, after=after, **ENDED | given)
    letter.refresh_from_db()
    return letter


def first(letter, *, late=DAY):
    Pulse.objects.filter(assignment=letter, number=1).update(due_at=timezone.now() - late)
    return Pulse.objects.get(assignment=letter, number=1)


def answered(world, pulse, who="member", safe_now="yes", words="Gaat weer naar school"):
    ring = world.keyring(who)
    return aftercare.answer(pulse, by=ring.user, keyring=ring, words=words, safe_now=safe_now)


def address(letter, *rest):
    return "/".join(["/netwerk", letter.case.reference, *map(str, rest)]) + "/"


def test_closing_plans_three_pulses_for_who_stays_in_touch(world):
    letter = closed(world)
    case = Case.objects.get(pk=letter.case_id)
    pulses = list(Pulse.objects.filter(assignment=letter))
    assert [pulse.due_at for pulse in pulses] == deadlines.aftercare(case.closed_at)
    assert {pulse.owner for pulse in pulses} == {world.user("member")}
    assert case.aftercare_until == pulses[-1].due_at


def test_without_trafficking_there_is_no_aftercare(world):
    letter = closed(world, outcome="no_trafficking")
    assert not Pulse.objects.exists()
    assert "geen nazorg" in world.client("member").get(address(letter, "uitkomst")).content.decode()


def test_terms_of_aftercare_are_kept_like_the_clocks(world):
    ClockTerm.objects.update_or_create(urgency="aftercare", leg="third", defaults={"amount": 9, "unit": "months"})
    at = datetime.datetime(2026, 1, 31, 12, tzinfo=datetime.UTC)
    assert [f"{day:%Y-%m-%d}" for day in deadlines.aftercare(at)] == ["2026-03-02", "2026-04-30", "2026-11-02"]


def test_the_evaluation_is_sealed_and_stays_in_the_network(world):
    letter = closed(world)
    row = Evaluation.objects.get()
    assert b"Tante" not in bytes(row.content)
    assert "Wachten &lt;b&gt;" in world.client("member").get(address(letter, "uitkomst")).content.decode()
    desk = world.client("coordinator").get(f"/zaken/{letter.case.reference}/").content.decode()
    assert "Tante hielp" not in desk
    with pytest.raises(crypto.CannotOpen):
        sealed.peek(world.keyring("coordinator"), row, "content")


def test_a_pulse_is_answered_once_and_reads_back(world):
    letter = closed(world)
    pulse = first(letter)
    client = world.client("member")
    sent = {"pulse-safe_now": "partly", "pulse-words": "Hij slaapt weer"}
    assert client.post(address(letter, "nazorg", pulse.pk), sent).status_code == 302
    page = client.get(address(letter, "uitkomst")).content.decode()
    assert "Hij slaapt weer" in page
    assert "Deels" in page
    assert client.post(address(letter, "nazorg", pulse.pk), sent).status_code == 409
    with pytest.raises(NotAllowed):
        answered(world, pulse)


def test_a_pulse_far_ahead_is_not_answered_yet(world):
    letter = closed(world)
    with pytest.raises(NotAllowed):
        answered(world, Pulse.objects.get(assignment=letter, number=3))


def test_not_safe_asks_the_desk_to_open_the_case_again(world):
    letter = closed(world)
    answered(world, first(letter), safe_now="no")
    assert Task.objects.get(kind=TaskKind.REOPEN).case_id == letter.case_id
    assert ReopenProposal.objects.get().signal is None
    page = world.client("coordinator").get(f"/zaken/{letter.case.reference}/heropenen/").content.decode()
    assert "niet veilig" in page


def test_a_pulse_that_stays_away_climbs_to_the_desk_and_none_hears_twice(world):
    letter = closed(world)
    steps = ((0, PulseStep.OWNER), (6, PulseStep.AGAIN), (9, PulseStep.LEAD), (20, PulseStep.DESK))
    for days, step in steps:
        pulse = first(letter, late=DAY * days + datetime.timedelta(minutes=1))
        assert climb() == 1
        assert climb() == 0
        pulse.refresh_from_db()
        assert pulse.step == step
    task = Task.objects.get(kind=TaskKind.LATE_PULSE)
    assert task.case_id == letter.case_id
    assert world.user("lead").notices.filter(kind="pulse_due").exists()
    answered(world, pulse)
    task.refresh_from_db()
    assert task.done_at


def test_a_pulse_of_who_left_goes_to_the_lead(world):
    letter = closed(world)
    world.leave("member")
    first(letter)
    climb()
    assert world.user("lead").notices.filter(kind="pulse_due").exists()
    assert not world.user("member").notices.filter(kind="pulse_due").exists()


def test_a_colleague_takes_a_pulse_over(world):
    letter = closed(world)
    pulse = Pulse.objects.get(assignment=letter, number=2)
    client = world.client("member")
    sent = {"hand-owner": str(world.user("lead").pk)}
    assert client.post(address(letter, "nazorg", pulse.pk, "wie"), sent).status_code == 302
    pulse.refresh_from_db()
    assert pulse.owner == world.user("lead")
    for who in ("stranger", "former"):
        with pytest.raises(NotAllowed):
            aftercare.hand_pulse(pulse, by=world.user("member"), owner=world.user(who))


@pytest.mark.parametrize("who", ["stranger", "other_lead", "former", "coordinator"])
def test_nobody_else_answers_a_pulse(world, who):
    letter = closed(world)
    pulse = first(letter)
    with pytest.raises(Pulse.DoesNotExist):
        answered(world, pulse, who)
    sent = {"pulse-safe_now": "yes", "pulse-words": "Gekaapt"}
    assert world.client(who).post(address(letter, "nazorg", pulse.pk), sent).status_code in (302, 403, 404)
    assert Pulse.objects.get(pk=pulse.pk).answered_at is None


def test_after_closing_the_network_reads_and_writes_pulses_only(world):
    letter, ring = closed(world), world.keyring("lead")
    client = world.client("lead")
    for page in ("", "plan", "werk", "uitkomst"):
        place = address(letter, page) if page else address(letter)
        assert client.get(place).status_code == 200
    with pytest.raises(NotAllowed):
        casework.write_note(letter, by=ring.user, keyring=ring, words="Nog iets")
    assert answered(world, first(letter), "lead")


def test_no_answer_is_taken_once_the_case_is_open_again(world):
    letter = closed(world)
    pulse = first(letter)
    desk, case = world.keyring("coordinator"), Case.objects.get(pk=letter.case_id)
    given = {"reason": "new_facts", "version": case.version, "team": world.teams["almelo"]}
    reopening.reopen(case, by=desk.user, keyring=desk, **given)
    with pytest.raises(NotAllowed):
        answered(world, pulse)


def test_the_page_stays_within_its_statements(world, django_assert_max_num_queries):
    letter = closed(world)
    answered(world, first(letter))
    client = world.client("member")
    client.get(address(letter, "uitkomst"))
    with django_assert_max_num_queries(15):
        client.get(address(letter, "uitkomst"))
