"""The desk's pages at their fullest stay inside their statements: at most fifteen, lists ten."""

import secrets
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meldpunt.teams.models import Coverage
from meldpunt.vault import referrers
from signals.actions import keeping, mailbox, requests, routing, shielding, tasks, triage
from signals.actions.filing import file
from signals.actions.history import say_why
from signals.models import Signal
from signals.models.task import TaskKind
from signals.places import gazetteer
from tests import samples
from tests.filing_pages import reference_data
from tests.matching_world import PHONE, compared, told
from tests.test_files_desk import taken
from tests.worlds import World, a_municipality, a_signal

pytestmark = pytest.mark.django_db
TYPED = {"words": "Half af"}


@pytest.fixture
def world(settings, tmp_path):
    settings.ATTACHMENTS_ROOT = str(tmp_path / "files")
    made = World(settings)
    reference_data()
    return made


@pytest.fixture
def count(world, monkeypatch, django_assert_max_num_queries):
    """Open a page twice as a coordinator, the second time in at most `most` statements; names of places are at hand."""
    monkeypatch.setattr(gazetteer, "SECONDS", 60)
    desk = world.client("coordinator")

    def opened(address, most=15):
        desk.get(address)
        with django_assert_max_num_queries(most):
            page = desk.get(address)
        assert page.status_code == 200
        return page

    return opened


def keep(world, thing, *forms):
    for form in forms:
        assert keeping.keep(thing, form, TYPED, by=world.user("coordinator"))


def decide(world, signal, **values):
    signal.refresh_from_db()
    ring = world.keyring("coordinator")
    given = {"decision": "new_case", "reason": "enough_signs", "version": signal.version} | values
    return triage.decide(signal, by=ring.user, keyring=ring, **given)


def with_everything(world):
    """A signal that shares a phone number with others, with files, notes, drafts, a shield, and letters nobody has read."""
    ring = world.keyring("coordinator")
    answers = {"happens": {"words": "Hij haalt haar op."}, "person": {"suspect_phone": PHONE}}
    notes = [taken(samples.photo(), f"foto{number}.jpg") for number in range(2)]
    filed = file(answers, who="school", once=secrets.token_bytes(32), files=notes)
    same = [told(world, phone=PHONE, handle=f"@ricky_{number}") for number in range(3)]
    decide(world, same[0])
    decide(world, same[1], decision="duplicate", reason="same_facts", same_as=filed.signal)
    compared(world)
    signal = filed.signal
    for number in range(3):
        triage.write_note(signal, by=ring.user, keyring=ring, words=f"Notitie {number}")
    say_why(signal, by=ring.user, keyring=ring, words="Ik bel haar")
    shielding.keep_out(signal, world.user("stranger"), by=ring.user, keyring=ring, reason="knows", words="Zus")
    keep(world, signal, "decide", "note", "message", "urgency")
    code = referrers.open_with_code(filed.code)
    for number in range(3):
        mailbox.write_as_referrer(signal, ring=code, words=f"Nog iets {number}", once=secrets.token_bytes(32))
    requests.ask_to_withdraw(signal, ring=code, words="Laat maar", once=secrets.token_bytes(32))
    return signal


def test_a_signal_with_everything_beside_it(world, count):
    signal = with_everything(world)
    page = count(signal.get_absolute_url())
    assert page.context["box"].letters and page.context["shown_files"] and len(page.context["drafts"]) == 4
    assert page.context["panel"].sides


def test_a_signal_with_everything_beside_it_whose_case_is_closed(world, count):
    signal = with_everything(world)
    case = decide(world, signal).case
    ring = world.keyring("coordinator")
    case.refresh_from_db()
    routing.hand_over_outside(case, by=ring.user, keyring=ring, words="CoMensha", version=case.version)
    count(signal.get_absolute_url())


def test_a_queue_with_rows_of_every_kind(world, count):
    with_everything(world)
    mine, held = a_signal(world), a_signal(world, danger={"danger": "yes"})
    Signal.objects.filter(pk=mine.pk).update(state="in_triage", claimed_by=world.user("coordinator"))
    Signal.objects.filter(pk=held.pk).update(urgency="acute", due_at=timezone.now() - timedelta(hours=1))
    asleep = a_signal(world)
    Signal.objects.filter(pk=asleep.pk).update(snoozed_until=timezone.now() + timedelta(days=1))
    for kind in TaskKind.values[:8]:
        tasks.give_task(kind, signal=held)
    world.delivered()
    world.routed(urgency="acute")
    for tab in ("nieuw", "mijn", "wacht", "doorgezet", "besloten", "open"):
        count(f"{reverse('queue')}?stand={tab}", 10)
    count(reverse("cases"), 10)


def a_case(world):
    """A case of three signals with notes, drafts and a shield, in a municipality that has a network."""
    ring, almelo = world.keyring("coordinator"), a_municipality()
    Coverage.objects.get_or_create(municipality=almelo, defaults={"team": world.teams["almelo"]})
    case = decide(world, told(world, phone=PHONE)).case
    for _ in range(2):
        decide(world, told(world, phone=PHONE), decision="joined", reason="same_person", case=case)
    told(world, phone=PHONE)
    compared(world)
    case.refresh_from_db()
    for number in range(4):
        triage.write_note(case, by=ring.user, keyring=ring, words=f"Notitie {number}")
    shielding.keep_out(case, world.user("other_lead"), by=ring.user, keyring=ring, reason="knows", words="Zus")
    keep(world, case, "note", "route", "recall", "hand_over", "shield")
    return case


def send(world, case, hold=0):
    ring = world.keyring("coordinator")
    case.refresh_from_db()
    more = {"reason": "lives_there", "version": case.version, "support": [world.teams["zwolle"]]}
    letter = routing.Letter("consent", None, hold)
    return routing.route(case, by=ring.user, keyring=ring, team=world.teams["almelo"], letter=letter, words="Let op", **more)


def test_a_case_that_waits_for_a_network_and_the_choice_of_one_after_an_undo(world, count):
    case, ring = a_case(world), world.keyring("coordinator")
    send(world, case, hold=10)
    count(reverse("route_sent", args=[case.reference]))
    routing.undo(case, by=ring.user, keyring=ring)
    count(case.get_absolute_url())
    count(reverse("route", args=[case.reference]))
    keeping.forget(case, "route", by=ring.user)
    count(reverse("route", args=[case.reference]))
    count(reverse("case_shared", args=[case.reference]))


def test_a_case_that_went_there_and_back_many_times(world, count):
    case, ring = a_case(world), world.keyring("coordinator")
    for _ in range(3):
        letter = send(world, case)
        for one in case.assignments.still_open():
            routing.recall(one, by=ring.user, keyring=ring, reason="mistake", words="Toch niet")
    letter = send(world, case)
    routing.deliver(letter.pk)
    page = count(case.get_absolute_url())
    assert len(page.context["about"].letters) == 8
    count(reverse("case_shared", args=[case.reference]))
    count(reverse("print_case", args=[case.reference]))
    count(reverse("print_signal", args=[case.signals.first().reference]))
