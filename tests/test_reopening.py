"""A closed case opens again: proposed by a match or by aftercare, decided by a coordinator, and nothing is lost."""

import datetime

import pytest
from django.utils import timezone

from meldpunt.vault import crypto, keys, sealed
from meldpunt.vault.models import Purpose
from networks.actions import aftercare, casework, circle, outcome
from networks.actions.outcome import After
from networks.models import Pulse
from networks.tasks import count_ended
from signals.actions import Clash, reopening, routing
from signals.models import Assignment, Case, ReopenProposal, Task, Transition
from signals.models.task import TaskKind
from signals.workflow import NotAllowed
from tests.worlds import SHARED, World, a_signal

pytestmark = pytest.mark.django_db
ENDED = {"outcome": "handled_in_network", "youth_care_needed": False, "safe_now": "yes"}


@pytest.fixture
def world(settings):
    return World(settings)


def closed(world, **values):
    """A case that almelo closed, with a note and an evaluation: (case, letter)."""
    letter, ring = world.ready(**values), world.keyring("lead")
    casework.write_note(letter, by=ring.user, keyring=ring, words="Notitie van vroeger")
    after = After(helped="Tante hielp", hindered="Wachten", stays=world.user("member"))
    outcome.close(letter, by=ring.user, keyring=ring, after=after, **ENDED)
    return Case.objects.get(pk=letter.case_id), letter


def reopened(world, case, **given):
    desk = world.keyring("coordinator")
    case.refresh_from_db()
    given = {"reason": "new_facts", "version": case.version} | given
    return reopening.reopen(case, by=desk.user, keyring=desk, **given)


def test_a_match_in_aftercare_is_a_task_and_tells_who_knew_the_case(world):
    case, _letter = closed(world)
    signal = a_signal(world)
    assert reopening.propose(case, because=signal)
    assert reopening.propose(case, because=signal) is None
    assert Task.objects.get(kind=TaskKind.REOPEN).case == case
    for who in ("lead", "member"):
        assert world.user(who).notices.filter(kind="case_maybe_back").exists()
    assert not world.user("stranger").notices.exists()
    assert "Er is misschien iets nieuws" in world.client("member").get(f"/netwerk/{case.reference}/uitkomst/").content.decode()


def test_nothing_is_proposed_for_a_case_that_is_open_or_long_closed(world):
    signal = a_signal(world)
    assert reopening.propose(world.accepted().case, because=signal) is None
    case, _letter = closed(world)
    Case.objects.filter(pk=case.pk).update(aftercare_until=timezone.now() - datetime.timedelta(days=1))
    assert reopening.propose(case, because=signal) is None


def test_the_network_that_had_it_gets_a_new_letter_and_reads_its_earlier_notes(world):
    case, old = closed(world)
    letter = reopened(world, case, team=world.teams["almelo"], words="Broertje nu ook")
    case.refresh_from_db()
    assert (case.state, case.outcome, case.closed_at) == ("with_network", "", None)
    assert letter.pk != old.pk
    assert routing.deliver(letter.pk)
    client = world.client("member")
    routing.open_letter(letter, by=world.user("member"))
    page = client.get(f"/netwerk/{case.reference}/eerder/").content.decode()
    for words in ("Notitie van vroeger", "Tante hielp", "Wachten"):
        assert words in page
    assert "Wat jullie eerder schreven" in client.get(f"/netwerk/{case.reference}/").content.decode()
    assert Transition.objects.filter(case=case, new="closed").exists()


def test_opened_at_the_desk_who_had_it_sees_nothing_and_opens_nothing_new(world):
    case, _old = closed(world)
    assert reopened(world, case) is None
    case.refresh_from_db()
    assert case.state == "assessed"
    assert world.client("lead").get(f"/netwerk/{case.reference}/").status_code == 404
    assert case.reference not in world.client("lead").get("/netwerk/?stand=klaar").content.decode()
    assert not keys.holds(case.pk, Purpose.SHARED, world.teams["almelo"])
    with pytest.raises(crypto.CannotOpen):
        sealed.peek(world.keyring("lead"), case, "shared")
    desk = world.keyring("coordinator")
    to = {"team": world.teams["zwolle"], "reason": "lives_there", "version": case.version}
    routing.route(case, by=desk.user, keyring=desk, **to)
    assert sealed.peek(world.keyring("stranger"), Case.objects.get(pk=case.pk), "shared")
    assert not Assignment.objects.visible_to(world.user("lead")).filter(case=case).exists()


def test_a_network_that_gets_it_back_later_reads_its_earlier_notes_again(world):
    case, _old = closed(world)
    reopened(world, case)
    case.refresh_from_db()
    desk = world.keyring("coordinator")
    to = {"team": world.teams["almelo"], "reason": "lives_there", "version": case.version}
    letter = routing.route(case, by=desk.user, keyring=desk, **to)
    routing.deliver(letter.pk)
    assert "Notitie van vroeger" in world.client("lead").get(f"/netwerk/{case.reference}/eerder/").content.decode()


def test_only_a_coordinator_reopens_and_only_what_is_closed(world):
    case, _letter = closed(world)
    for who in ("lead", "member", "stranger", "administrator"):
        ring = world.keyring(who) if who != "administrator" else None
        with pytest.raises(Case.DoesNotExist):
            reopening.reopen(case, by=world.user(who), keyring=ring, reason="new_facts", version=case.version)
        assert world.client(who).post(f"/zaken/{case.reference}/heropenen/", {}).status_code in (302, 403, 404)
    with pytest.raises(Clash):
        reopened(world, case, version=1)
    with pytest.raises(NotAllowed):
        reopened(world, case, team=world.teams["zwolle"])
    reopened(world, case)
    with pytest.raises(NotAllowed):
        reopened(world, case)
    assert Case.objects.get(pk=case.pk).state == "assessed"


def test_the_desk_decides_on_a_page(world):
    case, _letter = closed(world)
    reopening.propose(case, because=a_signal(world))
    client, address = world.client("coordinator"), f"/zaken/{case.reference}/heropenen/"
    assert "Besluit of zij weer opengaat" in client.get(f"/zaken/{case.reference}/").content.decode()
    page = client.get(address).content.decode()
    assert "lijkt over dezelfde persoon te gaan" in page
    assert "Lead" in page
    assert client.post(address, {"reopen-version": case.version}).status_code == 422
    team = str(world.teams["almelo"].pk)
    sent = {"reopen-version": case.version, "reopen-where": team, "reopen-reason": "new_facts"}
    assert client.post(address, sent).status_code == 302
    assert Case.objects.get(pk=case.pk).state == "with_network"
    assert ReopenProposal.objects.get().reopened is True
    assert not Task.objects.filter(kind=TaskKind.REOPEN, done_at=None).exists()
    assert client.post(address, sent).status_code == 409


def test_the_desk_may_leave_it_closed(world):
    case, _letter = closed(world)
    reopening.propose(case, because=a_signal(world))
    client = world.client("coordinator")
    sent = {"stay-version": case.version, "stay-words": "Andere jongen"}
    assert client.post(f"/zaken/{case.reference}/dicht/", sent).status_code == 302
    assert Case.objects.get(pk=case.pk).state == "closed"
    assert ReopenProposal.objects.get().reopened is False
    with pytest.raises(NotAllowed):
        desk = world.keyring("coordinator")
        reopening.leave_closed(Case.objects.get(pk=case.pk), by=desk.user, keyring=desk, version=case.version + 1)


def test_pulses_of_before_wait_no_more_also_when_it_closes_again(world):
    case, _old = closed(world)
    Pulse.objects.update(due_at=timezone.now() - datetime.timedelta(days=40))
    letter = reopened(world, case, team=world.teams["almelo"])
    assert not Pulse.objects.waiting().exists()
    assert aftercare.climb() == 0
    routing.deliver(letter.pk)
    lead = world.keyring("lead")
    letter = routing.accept(routing.open_letter(letter, by=lead.user), by=lead.user)
    for row in circle.take_over_named(letter, by=lead.user, keyring=lead, named=SHARED.others):
        circle.answer(row, by=lead.user, keyring=lead, version=row.version, approached="no")
    outcome.close(letter, by=lead.user, keyring=lead, **ENDED)
    assert set(Pulse.objects.waiting().values_list("assignment", flat=True)) == {letter.pk}


def test_the_row_in_the_balance_is_taken_back(world):
    case, _letter = closed(world)
    signal = a_signal(world)
    signal.__class__.objects.filter(pk=signal.pk).update(
        case=case, state="decided", decision="new_case", decided_at=timezone.now()
    )
    assert count_ended() == 1
    reopened(world, case)
    count_ended()
    signal.refresh_from_db()
    assert signal.counted_as is None


def test_the_page_stays_within_its_statements(world, django_assert_max_num_queries):
    case, _letter = closed(world)
    reopening.propose(case, because=a_signal(world))
    client = world.client("coordinator")
    client.get(f"/zaken/{case.reference}/heropenen/")
    with django_assert_max_num_queries(15):
        client.get(f"/zaken/{case.reference}/heropenen/")
