"""What a colleague did a moment ago is never undone, hit or read by mistake: recalls, own words, urgency, leases."""

import pytest
from django.urls import reverse
from django.utils import timezone

from meldpunt.vault import crypto
from signals import reading
from signals.actions import joining, leases, routing, triage
from signals.actions.history import say_why
from signals.models import Assignment, Case, OwnWords, Signal
from signals.workflow import NotAllowed, SignalState
from tests.worlds import World, a_signal

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    return World(settings)


@pytest.fixture
def ring(world):
    return world.keyring("coordinator")


def as_case(ring, signal):
    signal.refresh_from_db()
    more = {"decision": "new_case", "reason": "enough_signs", "version": signal.version}
    return triage.decide(signal, by=ring.user, keyring=ring, **more).case


def send(world, ring, case, *support):
    case.refresh_from_db()
    more = {"reason": "lives_there", "version": case.version, "support": [world.teams[slug] for slug in support]}
    return routing.route(case, by=ring.user, keyring=ring, team=world.teams["almelo"], **more)


def test_a_recall_names_its_letter_and_never_takes_another_one(world, ring):
    case = world.case()
    lead = send(world, ring, case, "zwolle")
    support = case.assignments.exclude(pk=lead.pk).get()
    routing.recall(lead, by=ring.user, keyring=ring, reason="mistake")
    address = reverse("recall", args=[case.reference])
    for named in ({"recall-letter": lead.pk}, {"recall-letter": "x"}, {}):
        typed = {"recall-reason": "mistake", "recall-words": "Bewaar dit"} | named
        page = world.client("coordinator").post(address, typed)
        assert page.status_code == 409
        assert Assignment.objects.get(pk=support.pk).state == "queued"


def test_a_case_is_not_merged_away_while_a_network_still_supports_it(world, ring):
    first, second = a_signal(world), a_signal(world)
    case, other = as_case(ring, first), as_case(ring, second)
    routing.recall(send(world, ring, case, "zwolle"), by=ring.user, keyring=ring, reason="mistake")
    first.refresh_from_db()
    with pytest.raises(NotAllowed):
        joining.join(first, other, by=ring.user, keyring=ring, reason="same_person", version=first.version)
    assert Case.objects.get(pk=case.pk).state == "assessed"


def test_why_somebody_gave_back_or_looked_is_for_the_desk_alone(world, ring):
    letter, theirs = world.opened(), world.keyring("member")
    say_why(letter.case, by=theirs.user, keyring=theirs, words="Ik ken haar")
    routing.give_back(letter, by=theirs.user, keyring=theirs, reason="involved", words="Iemand is familie")
    case = Case.objects.get(pk=letter.case_id)
    routing.route(case, by=ring.user, keyring=ring, team=world.teams["zwolle"], reason="lives_there", version=case.version)
    assert {reading.open_words(world.keyring("coordinator"), row) for row in OwnWords.objects.all()} == {
        "Ik ken haar", "Iemand is familie",
    }  # fmt: skip
    for who in ("stranger", "lead"):
        for row in OwnWords.objects.all():
            with pytest.raises(crypto.CannotOpen):
                reading.open_words(world.keyring(who), row)
    assert reading.shared_of(world.keyring("stranger"), Case.objects.get(pk=case.pk)).name


def test_a_case_is_as_urgent_as_its_most_urgent_signal_and_stays_as_it_was_once_closed(world, ring):
    first, second = a_signal(world), a_signal(world)
    case = as_case(ring, first)
    second.refresh_from_db()
    joining.join(second, case, by=ring.user, keyring=ring, reason="same_person", version=second.version)
    for signal, level, follows in ((first, "acute", "acute"), (second, "normal", "acute"), (first, "urgent", "urgent")):
        signal.refresh_from_db()
        triage.override_urgency(signal, by=ring.user, keyring=ring, urgency=level, reason="danger", version=signal.version)
        assert Case.objects.get(pk=case.pk).urgency == follows
    Case.objects.update(state="closed")
    first.refresh_from_db()
    first = triage.override_urgency(
        first, by=ring.user, keyring=ring, urgency="acute", reason="danger", version=first.version
    )
    first.refresh_from_db()
    triage.correct_form(first, by=ring.user, form="CRI_OTHER", version=first.version)
    assert Case.objects.get(pk=case.pk).urgency == "urgent" and Case.objects.get(pk=case.pk).form != "CRI_OTHER"


def test_what_was_destroyed_is_corrected_no_more_and_takes_no_notes(world, ring):
    signal, case = a_signal(world), world.case()
    Signal.objects.update(state="destroyed")
    Case.objects.update(state="destroyed")
    signal.refresh_from_db()
    for thing in (signal, case):
        with pytest.raises((NotAllowed, Signal.DoesNotExist, Case.DoesNotExist)):
            triage.write_note(thing, by=ring.user, keyring=ring, words="Te laat")
    with pytest.raises((NotAllowed, Signal.DoesNotExist)):
        triage.correct_form(signal, by=ring.user, form="CRI_OTHER", version=signal.version)


def test_taking_up_what_a_colleague_just_decided_says_so(world, ring):
    signal = a_signal(world)
    as_case(ring, signal)
    desk = world.client("coordinator")
    assert desk.post(reverse("take_up", args=[signal.reference])).status_code == 409
    over = {"over-reason": "agreed"}
    assert desk.post(reverse("take_over", args=[signal.reference]), over).status_code == 409
    assert Signal.objects.get(pk=signal.pk).state == SignalState.DECIDED


def test_taking_up_what_waited_for_an_answer_starts_the_clock_of_triage(world, ring):
    signal, now = a_signal(world), timezone.now()
    Signal.objects.update(state="asked", due_at=now, claimed_by=None, claimed_until=None)
    leases.take_up(signal, by=ring.user)
    signal.refresh_from_db()
    assert signal.due_at > now


def test_nobody_lets_go_of_what_a_colleague_holds(world, ring):
    signal = leases.take_up(a_signal(world), by=ring.user)
    Signal.objects.update(claimed_by=world.user("lead"))
    with pytest.raises(NotAllowed):
        leases.let_go(signal, by=ring.user)
