"""Joining and separating: nothing is lost, keys are renewed, networks are told."""

import pytest
from django.urls import reverse

from meldpunt.notices.models import Notice
from meldpunt.vault import crypto, keys, sealed
from signals import content, reading
from signals.actions import Clash, joining, routing, triage
from signals.models import Case, Signal, Transition
from signals.workflow import NotAllowed
from tests.worlds import World, a_signal

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    return World(settings)


def decide(world, signal, decision="new_case", reason="enough_signs", **more):
    ring = world.keyring("coordinator")
    signal.refresh_from_db()
    return triage.decide(
        signal, by=ring.user, keyring=ring, decision=decision, reason=reason, version=signal.version, **more
    )


def join(world, signal, case, **more):
    ring = world.keyring("coordinator")
    signal.refresh_from_db()
    more = {"reason": "same_person", "version": signal.version} | more
    return joining.join(signal, case, by=ring.user, keyring=ring, **more)


def separate(world, signal, **more):
    ring = world.keyring("coordinator")
    signal.refresh_from_db()
    more = {"reason": "other_person", "version": signal.version} | more
    return joining.separate(signal, by=ring.user, keyring=ring, **more)


def with_school(world, school):
    return a_signal(world, person={"school": school, "age_band": "12_15"})


def shared(world, case, who="coordinator"):
    case.refresh_from_db()
    return reading.shared_of(world.keyring(who), case)


def sent(world, signal):
    """Route the signal's case to almelo and let a member accept."""
    ring = world.keyring("coordinator")
    case = Case.objects.get(pk=signal.case_id)
    letter = routing.route(case, by=ring.user, keyring=ring, team=world.teams["almelo"], reason="lives_there", version=case.version)
    letter.refresh_from_db()
    letter.__class__.objects.filter(pk=letter.pk).update(hold_until=None)
    assert routing.deliver(letter.pk)
    letter.refresh_from_db()
    return routing.accept(routing.open_letter(letter, by=world.user("member")), by=world.user("member"))


def test_a_signal_in_triage_joins_and_comes_back_in_triage(world):
    first, second = decide(world, with_school(world, "Noord")), with_school(world, "Zuid")
    join(world, second, first.case)
    second.refresh_from_db()
    assert (second.state, second.decision, second.case) == ("decided", "joined", first.case)
    separate(world, second)
    second.refresh_from_db()
    assert (second.state, second.decision, second.case) == ("in_triage", "", None)
    assert second.claimed_by == world.people["coordinator"]


def test_a_decided_signal_gets_its_decision_back(world):
    case, other = decide(world, a_signal(world)).case, a_signal(world)
    decide(world, other, "advice", "only_advice")
    join(world, other, case)
    separate(world, other)
    other.refresh_from_db()
    assert (other.state, other.decision, other.case) == ("decided", "advice", None)


def test_a_case_of_its_own_closes_when_its_only_signal_moves_and_opens_again(world):
    first, second = decide(world, a_signal(world)), decide(world, a_signal(world))
    own = second.case
    join(world, second, first.case)
    own.refresh_from_db()
    assert (own.state, own.outcome) == ("closed", "")
    separate(world, second)
    own.refresh_from_db()
    second.refresh_from_db()
    assert (own.state, second.case, second.decision) == ("assessed", own, "new_case")


def test_the_shared_part_is_made_again_from_the_signals_that_stay(world):
    first, second = decide(world, a_signal(world)), with_school(world, "OSG Zuid")
    join(world, second, first.case)
    assert shared(world, first.case).school == "OSG Zuid"
    separate(world, second)
    assert shared(world, first.case).school == ""


def test_a_network_reads_what_was_joined_and_is_told(world):
    first, second = decide(world, a_signal(world)), with_school(world, "OSG Zuid")
    letter = sent(world, first)
    join(world, second, first.case)
    assert shared(world, first.case, "member").school == "OSG Zuid"
    assert Transition.objects.filter(assignment=letter, reason="signal_added").count() == 1
    assert Notice.objects.filter(user=world.people["lead"], kind="case_changed").exists()
    page = world.client("member").get(reverse("network_case", args=[first.case.reference])).content.decode()
    assert "Een melding erbij gevoegd" in page


def test_separating_seals_under_a_new_key_for_who_holds_the_case_only(world):
    first, second = decide(world, a_signal(world)), with_school(world, "OSG Zuid")
    sent(world, first)
    join(world, second, first.case)
    before = keys.newest_content_key(world.keyring("coordinator"), first.case_id, "shared").row.version
    separate(world, second)
    after = keys.newest_content_key(world.keyring("coordinator"), first.case_id, "shared").row.version
    assert after == before + 1
    assert shared(world, first.case, "member").school == ""
    with pytest.raises(crypto.CannotOpen):
        shared(world, first.case, "stranger")


def test_a_separated_signal_in_a_new_case_is_closed_to_the_network_that_held_it(world):
    first, second = decide(world, a_signal(world)), with_school(world, "OSG Zuid")
    sent(world, first)
    join(world, second, first.case)
    separate(world, second)
    fresh = decide(world, second).case
    with pytest.raises(crypto.CannotOpen):
        sealed.peek(world.keyring("member"), fresh, "shared")
    with pytest.raises(crypto.CannotOpen):
        sealed.peek(world.keyring("member"), Signal.objects.get(pk=second.pk), "report")


def test_a_case_keeps_its_last_signal(world):
    only = decide(world, a_signal(world))
    with pytest.raises(NotAllowed):
        separate(world, only)


def test_a_case_of_its_own_at_a_network_is_recalled_first(world):
    first, second = decide(world, a_signal(world)), decide(world, a_signal(world))
    sent(world, second)
    with pytest.raises(NotAllowed):
        join(world, second, first.case)
    second.refresh_from_db()
    assert second.case != first.case


@pytest.mark.parametrize("act", [join, separate])
def test_an_old_version_is_refused(world, act):
    first, second = decide(world, a_signal(world)), decide(world, a_signal(world))
    arguments = (first.case,) if act is join else ()
    with pytest.raises(Clash):
        act(world, second, *arguments, version=1)


def test_joining_asks_first_and_says_what_happens(world):
    first, second = decide(world, a_signal(world)), a_signal(world)
    client, address = world.client("coordinator"), reverse("join", args=[second.reference])
    assert first.case.reference in client.get(address).content.decode()
    typed = {"join-version": second.version, "join-number": first.case.reference.lower(), "join-reason": "same_person"}
    page = client.post(address, typed)
    assert page.status_code == 200 and "Er gaat niets verloren" in page.content.decode()
    second.refresh_from_db()
    assert second.case is None
    done = client.post(address, typed | {"confirmed": "1"})
    assert done.url == f"/zaken/{first.case.reference}/?erbij={second.reference}"
    assert "Maak dat ongedaan" in client.get(done.url).content.decode()


def test_a_join_is_undone_from_the_page_of_the_case(world):
    first, second = decide(world, a_signal(world)), a_signal(world)
    join(world, second, first.case)
    second.refresh_from_db()
    client = world.client("coordinator")
    answer = client.post(
        reverse("separate", args=[second.reference]), {"undo": "1", "separate-version": second.version}
    )
    assert answer.status_code == 302
    second.refresh_from_db()
    assert second.state == "in_triage"


@pytest.mark.parametrize("number", ["", "ZK-000-000", "=1+1", "<script>", "OV-7K3-M4T", "🙂" * 20, "x" * 21])
def test_a_number_that_leads_nowhere_is_refused(world, number):
    signal = a_signal(world)
    typed = {"join-version": signal.version, "join-number": number, "join-reason": "same_person"}
    assert world.client("coordinator").post(reverse("join", args=[signal.reference]), typed).status_code == 422


def test_what_was_shared_before_stays_whole(world):
    first, second = decide(world, with_school(world, "Noord")), with_school(world, "Zuid")
    before = content.to_bytes(shared(world, first.case))
    join(world, second, first.case)
    separate(world, second)
    assert content.to_bytes(shared(world, first.case)) == before


def test_a_case_about_another_age_does_not_come_first_and_both_stand_side_by_side_before_joining(world):
    signal = a_signal(world)
    unlike, alike = (decide(world, a_signal(world)).case for _ in range(2))
    Signal.objects.filter(pk=signal.pk).update(age_band="12_15", gender="f")
    Case.objects.filter(pk=alike.pk).update(age_band="12_15", gender="f", opened_at=unlike.opened_at)
    Case.objects.filter(pk=unlike.pk).update(age_band="23_plus", gender="f")
    client, address = world.client("coordinator"), reverse("join", args=[signal.reference])
    page = client.get(address)
    assert [code for code, _ in page.context["join_form"].fields["case"].choices] == [alike.reference, unlike.reference]
    signal.refresh_from_db()
    typed = {"join-case": unlike.reference, "join-reason": "same_person", "join-version": signal.version}
    page = client.post(address, typed)
    assert [fact.label for fact in page.context["facts"] if fact.differs][0] == "Leeftijd"
    assert "23 of ouder" in page.content.decode()


def test_the_place_in_the_municipality_of_the_case_stands_first_and_no_other_is_lost():
    reports = [content.Report(place="Zwolle"), content.Report(place="Hengelo"), content.Report(place="zwolle")]
    roles = ["school", "parent", "other"]
    assert content.share(reports, roles=roles, home=[False, True, False]).place == "Hengelo; Zwolle"
    assert content.share(reports[:1], roles=["school"]).place == "Zwolle"
