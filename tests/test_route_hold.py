"""A lead and supporting networks, ten seconds to undo, and the record of what exactly was shared."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meldpunt.vault.crypto import CannotOpen
from signals import reading
from signals.actions import routing, triage
from signals.models import Assignment, OwnWords, Sharing
from signals.tasks import sweep
from signals.workflow import NotAllowed
from tests.worlds import SHARED, World, a_signal

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    return World(settings)


def route(world, case, *, lead="almelo", support=("zwolle",), hold=0, **values):
    keyring = world.keyring("coordinator")
    teams = [world.teams[slug] for slug in (lead, *support)]
    given = {"reason": "lives_there", "version": case.version, "letter": routing.Letter("consent", None, hold)} | values
    return routing.route(case, by=keyring.user, keyring=keyring, team=teams[0], support=teams[1:], **given)


def letters(case):
    return {letter.team.slug: letter for letter in case.assignments.select_related("team")}


def delivered(world, case, **values):
    route(world, case, **values)
    sweep()
    case.refresh_from_db()
    return letters(case)


def test_each_network_gets_a_letter_a_seal_and_one_of_them_leads(world):
    case = world.case()
    sent = delivered(world, case)
    assert {slug: (letter.part, letter.state) for slug, letter in sent.items()} == {
        "almelo": ("lead", "delivered"),
        "zwolle": ("support", "delivered"),
    }
    assert case.state == "with_network"
    for who in ("member", "stranger"):
        assert reading.shared_of(world.keyring(who), case) == SHARED


def test_a_network_that_supports_sees_so_and_cannot_close(world):
    case = world.case()
    support = delivered(world, case)["zwolle"]
    lead = world.user("other_lead")
    support = routing.accept(routing.open_letter(support, by=lead), by=lead)
    client = world.client("other_lead")
    assert "Jullie steunen" in client.get(reverse("network_case", args=[case.reference])).content.decode()
    ending = client.get(reverse("network_outcome", args=[case.reference])).content.decode()
    assert "outcome-outcome" not in ending
    with pytest.raises(NotAllowed):
        routing.close_case(
            support, by=lead, keyring=world.keyring("other_lead"), outcome="police", youth_care_needed=False, safe_now="yes"
        )


def test_giving_back_a_support_leaves_the_lead_and_takes_the_key(world):
    case = world.case()
    support = delivered(world, case)["zwolle"]
    lead, keyring = world.user("other_lead"), world.keyring("other_lead")
    support = routing.open_letter(support, by=lead)
    routing.give_back(support, by=lead, keyring=keyring, reason="no_capacity", words="Canarie")
    case.refresh_from_db()
    assert case.state == "with_network"
    assert letters(case)["almelo"].state == "delivered"
    assert reading.shared_of(world.keyring("member"), case) == SHARED
    with pytest.raises(CannotOpen):
        reading.shared_of(world.keyring("other_lead"), case)


def test_giving_back_the_lead_brings_the_case_to_the_desk_and_the_support_stays(world):
    case = world.case()
    lead = routing.open_letter(delivered(world, case)["almelo"], by=world.user("member"))
    routing.give_back(lead, by=world.user("member"), keyring=world.keyring("member"), reason="wrong_network")
    case.refresh_from_db()
    assert (case.state, letters(case)["zwolle"].state) == ("assessed", "delivered")
    with pytest.raises(NotAllowed):
        routing.route(
            case, by=world.user("coordinator"), keyring=world.keyring("coordinator"), team=world.teams["zwolle"],
            reason="lives_there", version=case.version,
        )  # fmt: skip


def test_closing_ends_the_letters_of_all_and_takes_back_what_nobody_accepted(world):
    case = world.case()
    sent, lead = delivered(world, case), world.user("lead")
    letter = routing.accept(routing.open_letter(sent["almelo"], by=lead), by=lead)
    assert letters(case)["zwolle"].state == "delivered"
    routing.close_case(
        letter, by=lead, keyring=world.keyring("lead"), outcome="police", youth_care_needed=True, safe_now="no"
    )
    assert {name: one.state for name, one in letters(case).items()} == {"almelo": "ended", "zwolle": "recalled"}


@pytest.mark.parametrize("support", [("almelo",), ("desk",), ("zwolle", "zwolle")])
def test_the_desk_or_the_same_network_twice_cannot_be_chosen(world, support):
    case = world.case()
    with pytest.raises(NotAllowed):
        route(world, case, support=support)
    assert not Assignment.objects.exists()


def test_the_postman_waits_while_sending_can_be_undone(world):
    case = world.case()
    letter = route(world, case, hold=10)
    assert not routing.deliver(letter.pk)
    assert sweep() == 0
    Assignment.objects.update(hold_until=timezone.now())
    assert sweep() == 2


def test_undoing_takes_every_letter_back_before_anybody_saw_it(world):
    case = world.case()
    route(world, case, hold=10)
    routing.undo(case, by=world.user("coordinator"), keyring=world.keyring("coordinator"))
    case.refresh_from_db()
    assert case.state == "assessed"
    assert {letter.state for letter in letters(case).values()} == {"recalled"}
    assert reading.shared_of(world.keyring("coordinator"), case) == SHARED
    for who in ("member", "stranger"):
        with pytest.raises(CannotOpen):
            reading.shared_of(world.keyring(who), case)
    assert route(world, case, hold=0).state == "queued"


def test_after_undoing_the_form_stands_as_it_was_sent(world):
    case = world.case()
    route(world, case, hold=10, lead="zwolle", support=("almelo",), urgency="urgent")
    routing.undo(case, by=world.user("coordinator"), keyring=world.keyring("coordinator"))
    form = world.client("coordinator").get(reverse("route", args=[case.reference])).context["form"]
    stands = {name: form[name].value() for name in ("team", "support", "basis", "reason", "urgency")}
    assert stands == {
        "team": "zwolle", "support": ["almelo"], "basis": "consent", "reason": "lives_there", "urgency": "urgent",
    }  # fmt: skip


def test_a_recalled_letter_does_not_choose_for_the_next_sending(world):
    case = world.case()
    sent = delivered(world, case, support=())
    routing.recall(
        sent["almelo"], by=world.user("coordinator"), keyring=world.keyring("coordinator"), reason="wrong_network"
    )
    form = world.client("coordinator").get(reverse("route", args=[case.reference])).context["form"]
    assert not form["basis"].value()


def test_undoing_too_late_or_by_a_stranger_changes_nothing(world):
    case = world.case()
    route(world, case, hold=10)
    with pytest.raises(NotAllowed):
        routing.undo(case, by=world.user("member"), keyring=world.keyring("member"))
    Assignment.objects.update(hold_until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(NotAllowed):
        routing.undo(case, by=world.user("coordinator"), keyring=world.keyring("coordinator"))
    assert {letter.state for letter in letters(case).values()} == {"queued"}


def test_the_note_is_what_the_network_reads_and_the_words_stay_with_the_desk(world):
    case = world.case()
    delivered(world, case, note="Bel de school niet.", words="Ik twijfel")
    assert reading.shared_of(world.keyring("member"), case).note == "Bel de school niet."
    assert OwnWords.objects.get().purpose == "desk"


def test_what_was_shared_is_kept_as_it_was_then(world):
    case = world.case()
    delivered(world, case, note="Eerst dit.")
    client = world.client("coordinator")
    page = client.get(reverse("case_shared", args=[case.reference]))
    assert Sharing.objects.count() == 2
    assert {row.assignment.team.slug for row in page.context["rows"]} == {"almelo", "zwolle"}
    assert all(row.shared.note == "Eerst dit." for row in page.context["rows"])
    assert "Canarie" not in page.content.decode()
    assert world.client("member").get(reverse("case_shared", args=[case.reference])).status_code == 403


def test_what_a_joined_signal_adds_is_kept_too(world):
    case = world.case()
    delivered(world, case)
    signal, keyring = a_signal(world), world.keyring("coordinator")
    triage.decide(
        signal, by=keyring.user, keyring=keyring, decision="joined", reason="same_person", version=signal.version, case=case
    )
    assert Sharing.objects.filter(assignment__team__slug="almelo").count() == 2


def test_the_whole_way_on_the_pages_ends_with_a_button_to_undo(world, settings):
    settings.ROUTE_HOLD_SECONDS = 10
    case, client = world.case(), world.client("coordinator")
    given = {
        "version": case.version, "team": "almelo", "support": ["zwolle"], "basis": "consent", "urgency": "acute",
        "reason": "lives_there", "words": "Eigen gedachte", "note": "Let op <b>", "answer_by": (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M"),
    }  # fmt: skip
    data = {f"route-{name}": value for name, value in given.items()}
    address = reverse("route", args=[case.reference])
    page = client.post(address, data, follow=True)
    assert "Zwolle" in page.content.decode()
    assert "Let op &lt;b&gt;" in page.content.decode()
    assert not Assignment.objects.exists()
    page = client.post(address, data | {"confirmed": "1"}, follow=True)
    assert "Maak ongedaan" in page.content.decode()
    letter = Assignment.objects.get(part="lead")
    assert (letter.basis, letter.case.urgency, letter.is_held) == ("consent", "acute", True)
    assert letter.answer_by
    page = client.post(reverse("undo_route", args=[case.reference]), follow=True)
    assert "Niemand heeft de zaak gezien" in page.content.decode()
    assert page.context["form"]["note"].value() == "Let op <b>"
    assert page.context["form"]["words"].value() == "Eigen gedachte"
    assert client.get(reverse("route_confirm", args=[case.reference])).url == address


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"team": "outside"}, "body"),
        ({"support": ["almelo"]}, "support"),
        ({"support": ["desk"]}, "support"),
        ({"basis": ""}, "basis"),
        ({"answer_by": "2001-01-01T10:00"}, "answer_by"),
        ({"answer_by": "morgen"}, "answer_by"),
        ({"reason": "other"}, "words"),
        ({"note": "a" * 1001}, "note"),
    ],
)
def test_what_cannot_be_is_said_next_to_the_field(world, values, field):
    case = world.case()
    given = {"version": case.version, "team": "almelo", "basis": "consent", "urgency": "normal", "reason": "lives_there"}
    data = {f"route-{name}": value for name, value in (given | values).items()}
    page = world.client("coordinator").post(reverse("route", args=[case.reference]), data | {"confirmed": "1"})
    assert page.status_code == 422
    assert field in page.context["form"].errors


def test_not_ours_goes_to_a_named_body_and_closes(world):
    case = world.case()
    given = {"version": case.version, "team": "outside", "body": "CoMensha", "basis": "consent", "urgency": "normal", "reason": "lives_there"}
    data = {f"route-{name}": value for name, value in given.items()} | {"confirmed": "1"}
    assert world.client("coordinator").post(reverse("route", args=[case.reference]), data).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("closed", "referred_elsewhere")
    assert reading.words_of(world.keyring("coordinator"), case.transitions.all()).popitem()[1].startswith("CoMensha")
