"""A case moves to another network: asked, accepted or not; keys change hands, and what was chosen goes along."""

import pytest

from meldpunt.notices.models import Notice
from meldpunt.vault import crypto, sealed
from networks import content
from networks.actions import casework, circle, moving, plans
from networks.content import RelationContent
from networks.models import Action, Goal, Note, Relation
from signals import content as shared_content
from signals.actions import moving as signals_moving
from signals.actions import routing
from signals.models import Assignment, Case, Sharing, Transfer
from signals.workflow import NotAllowed
from tests.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    return World(settings)


def worked(world):
    """A letter of Almelo with a note, an action and one of the circle."""
    letter, ring = world.accepted(), world.keyring("member")
    casework.write_note(letter, by=ring.user, keyring=ring, words="Gesproken met de mentor.")
    casework.plan_action(letter, by=ring.user, keyring=ring, kind="school", words="Bel de mentor.")
    row = circle.add_relation(letter, by=ring.user, keyring=ring, kind="friend", said=RelationContent(name="Bo"))
    circle.answer(row, by=ring.user, keyring=ring, version=1, approached="no")
    return letter


def asked(world, letter, wanted=("notes", "actions", "relations"), team="zwolle", who="lead"):
    ring = world.keyring(who)
    values = {"reason": "lives_there", "words": "Sinds maandag in Zwolle.", "wanted": wanted}
    transfer = moving.ask_transfer(letter, by=ring.user, keyring=ring, team=world.teams[team], **values)
    routing.deliver(transfer.receiver_id)
    return transfer


def opened(world, transfer):
    return routing.open_letter(Assignment.objects.get(pk=transfer.receiver_id), by=world.user("other_lead"))


def accepted(world, transfer):
    ring = world.keyring("other_lead")
    return moving.accept(opened(world, transfer), by=ring.user, keyring=ring)


def test_until_the_other_network_says_yes_the_case_stays_with_who_asked(world):
    letter = worked(world)
    transfer = asked(world, letter)
    opened(world, transfer)
    assert Assignment.objects.get(pk=letter.pk).state == "accepted"
    assert world.client("member").get(f"/netwerk/{letter.case.reference}/").status_code == 200
    assert Case.objects.get(pk=letter.case_id).state == "with_network"


def test_with_yes_the_sender_loses_sight_and_keys_and_the_receiver_leads(world):
    letter = worked(world)
    note = Note.objects.get()
    held = accepted(world, asked(world, letter))
    assert (held.part, held.state, held.team.slug) == ("lead", "accepted", "zwolle")
    assert Assignment.objects.get(pk=letter.pk).state == "transferred"
    for act in ("", "werk/", "kring/", "doorgeven/", "afdrukken/"):
        assert world.client("lead").get(f"/netwerk/{letter.case.reference}/{act}").status_code == 404
    case = Case.objects.get(pk=letter.case_id)
    with pytest.raises(crypto.CannotOpen):
        sealed.peek(world.keyring("lead"), case, "shared")
    with pytest.raises(crypto.CannotOpen):
        sealed.peek(world.keyring("lead"), note, "words")
    assert sealed.peek(world.keyring("other_lead"), case, "shared")


def test_what_was_chosen_is_written_down_at_the_receiver_and_nothing_else(world):
    letter = worked(world)
    held = accepted(world, asked(world, letter, wanted=("notes", "relations")))
    ring = world.keyring("other_lead")
    words = [sealed.peek(ring, note, "words").decode() for note in Note.objects.filter(assignment=held)]
    assert any("Almelo, Member" in said and "Gesproken met de mentor." in said for said in words)
    assert any("Sinds maandag in Zwolle." in said for said in words)
    row = Relation.objects.get(assignment=held)
    said = content.from_bytes(RelationContent, sealed.peek(ring, row, "content"))
    assert (said.name, row.approached) == ("Bo", "no")
    assert not Action.objects.filter(assignment=held).exists()
    assert bytes(Transfer.objects.get().parcel) == b""


def test_single_notes_and_open_goals_go_along_and_other_notes_stay(world):
    letter, ring = worked(world), world.keyring("member")
    other = casework.write_note(letter, by=ring.user, keyring=ring, words="Alleen van ons.")
    plans.set_goal(letter, by=ring.user, keyring=ring, words="Weer naar school", who="Tante")
    chosen = {moving.note_key(note) for note in Note.objects.exclude(pk=other.pk)}
    held = accepted(world, asked(world, letter, wanted=[*chosen, "goals"]))
    page = "".join(world.client("other_lead").get(f"/netwerk/{letter.case.reference}/{act}").content.decode() for act in ("werk/", "plan/"))
    assert "Gesproken met de mentor." in page and "Weer naar school" in page and "Alleen van ons." not in page
    assert Goal.objects.get(assignment=held).state == "not_begun"


def test_a_note_of_another_case_does_not_go_along(world):
    letter, ring = worked(world), world.keyring("member")
    strange = casework.write_note(world.accepted(), by=ring.user, keyring=ring, words="Van een andere zaak.")
    forged = {"transfer-team": "zwolle", "transfer-reason": "lives_there", "transfer-wanted": [moving.note_key(strange)], "confirmed": "1"}
    assert world.client("lead").post(f"/netwerk/{letter.case.reference}/doorgeven/", forged).status_code == 422
    assert not Transfer.objects.exists()


def test_the_parcel_opens_for_the_receiver_alone(world):
    transfer = asked(world, worked(world))
    assert b"mentor" not in bytes(transfer.parcel)
    for who in ("lead", "coordinator"):
        with pytest.raises(crypto.CannotOpen):
            sealed.peek(world.keyring(who), transfer, "parcel")


def test_with_no_everything_stays_as_it_was_and_the_sender_is_told(world):
    letter = worked(world)
    letter_of_zwolle = opened(world, asked(world, letter))
    ring = world.keyring("other_lead")
    moving.give_back(letter_of_zwolle, by=ring.user, keyring=ring, reason="no_capacity")
    assert Assignment.objects.get(pk=letter.pk).state == "accepted"
    assert Case.objects.get(pk=letter.case_id).state == "with_network"
    case = Case.objects.get(pk=letter.case_id)
    with pytest.raises(crypto.CannotOpen):
        sealed.peek(ring, case, "shared")
    assert sealed.peek(world.keyring("lead"), case, "shared")
    assert Notice.objects.filter(kind="case_changed", user=world.people["lead"]).exists()
    assert asked(world, letter)


def test_a_request_that_was_taken_back_cannot_be_accepted(world):
    letter = worked(world)
    transfer = asked(world, letter)
    waiting = opened(world, transfer)
    ring, other = world.keyring("lead"), world.keyring("other_lead")
    signals_moving.withdraw_transfer(transfer, by=ring.user, keyring=ring)
    with pytest.raises((NotAllowed, Assignment.DoesNotExist)):
        moving.accept(waiting, by=other.user, keyring=other)
    assert world.client("other_lead").get(f"/netwerk/{letter.case.reference}/").status_code == 404
    with pytest.raises(NotAllowed):
        signals_moving.withdraw_transfer(transfer, by=ring.user, keyring=ring)


@pytest.mark.parametrize("who", ["member", "other_lead", "coordinator"])
def test_only_a_lead_of_the_leading_network_asks(world, who):
    letter = world.accepted()
    ring = world.keyring(who)
    with pytest.raises((NotAllowed, crypto.CannotOpen)):
        signals_moving.ask_transfer(
            letter, by=ring.user, keyring=ring, team=world.teams["zwolle"], reason="other", parcel=b"{}"
        )


def test_two_networks_are_not_asked_at_once_and_one_that_holds_the_case_not_at_all(world):
    letter = worked(world)
    asked(world, letter)
    with pytest.raises(NotAllowed):
        asked(world, letter)
    with pytest.raises(NotAllowed):
        asked(world, letter, team="almelo")


def test_giving_the_case_back_takes_the_request_back_too(world):
    letter = worked(world)
    transfer = asked(world, letter)
    ring = world.keyring("lead")
    moving.give_back(letter, by=ring.user, keyring=ring, reason="wrong_network")
    assert Assignment.objects.get(pk=transfer.receiver_id).state == "recalled"
    assert Case.objects.get(pk=letter.case_id).state == "assessed"


def test_notes_go_to_the_desk_with_a_case_that_is_given_back_where_the_lead_says_so(world):
    letter, ring = worked(world), world.keyring("lead")
    row = moving.give_back(letter, by=ring.user, keyring=ring, reason="wrong_network", words="Dag.", with_notes=True)
    page = world.client("coordinator").get(f"/zaken/{row.case.reference}/").content.decode()
    assert "Gesproken met de mentor." in page


def test_a_network_that_is_asked_to_support_reads_what_is_shared_and_the_desk_sees_what_went(world):
    letter, ring = world.accepted(), world.keyring("lead")
    support = signals_moving.ask_support(
        letter, by=ring.user, keyring=ring, team=world.teams["zwolle"], reason="known_there"
    )
    routing.deliver(support.pk)
    case = Case.objects.get(pk=letter.case_id)
    assert sealed.peek(world.keyring("other_lead"), case, "shared")
    row = Sharing.objects.filter(assignment=support).select_related("assignment").get()
    kept = shared_content.from_bytes(shared_content.Shared, sealed.peek(world.keyring("coordinator"), row, "parts"))
    assert kept.school == "OSG Noord"


def test_the_desk_asks_a_second_network_to_support_after_routing(world):
    letter, ring = world.accepted(), world.keyring("coordinator")
    case = Case.objects.get(pk=letter.case_id)
    support = signals_moving.add_support(
        case, by=ring.user, keyring=ring, team=world.teams["zwolle"], reason="known_there", version=case.version
    )
    assert (support.part, support.state) == ("support", "queued")


def test_the_pages_ask_confirm_and_do_it(world, django_assert_max_num_queries):
    letter, client = worked(world), world.client("lead")
    page = f"/netwerk/{letter.case.reference}/doorgeven/"
    client.get(page)
    with django_assert_max_num_queries(15):
        assert client.get(page).status_code == 200
    note = moving.note_key(Note.objects.get())
    sent = {"transfer-team": "zwolle", "transfer-reason": "lives_there", "transfer-wanted": [note], "transfer-words": "<b>x</b>"}
    asked_page = client.post(page, sent).content.decode()
    assert "Dit lezen zij van jullie" in asked_page and "Gesproken met de mentor." in asked_page
    assert "&lt;b&gt;x&lt;/b&gt;" in asked_page and "Ja, vraag dit netwerk" in asked_page
    assert not Transfer.objects.exists()
    assert client.post(page, sent | {"confirmed": "1"}).url == page
    routing.deliver(Transfer.objects.get().receiver_id)
    assert "Trek de vraag in" in client.get(page).content.decode()
    other = world.client("other_lead")
    start = f"/netwerk/{letter.case.reference}/"
    other.post(f"{start}openen/")
    assert "vraagt jullie deze zaak over te nemen" in other.get(start).content.decode()
    assert other.post(f"{start}aannemen/").status_code == 302
    assert other.get(start).status_code == 200 and client.get(start).status_code == 404


def test_who_is_asked_to_take_over_says_no_to_who_asks_and_not_to_the_desk(world):
    letter = worked(world)
    opened(world, asked(world, letter))
    client, address = world.client("other_lead"), f"/netwerk/{letter.case.reference}/"
    page = client.get(address).content.decode()
    assert "Zeg nee" in page and "Uitleg voor het andere netwerk" in page and "terug aan het meldpunt" not in page
    sent = {"return-reason": "other", "return-words": "Wij kennen haar niet.", "return-with_notes": "on"}
    assert client.post(f"{address}teruggeven/", sent | {"return-words": ""}).status_code == 422
    told = client.post(f"{address}teruggeven/", sent, follow=True).content.decode()
    assert "Jullie zeiden nee" in told and "terug bij het meldpunt" not in told
    assert "Wij kennen haar niet." in world.client("lead").get(f"{address}doorgeven/").content.decode()


def test_another_reason_needs_words_and_what_was_typed_stays(world):
    letter, client = world.accepted(), world.client("lead")
    page = f"/netwerk/{letter.case.reference}/doorgeven/"
    answer = client.post(page, {"transfer-team": "zwolle", "transfer-reason": "other", "transfer-words": " "})
    assert answer.status_code == 422 and "Schrijf kort op waarom" in answer.content.decode()
    forged = client.post(page, {"transfer-team": "almelo", "transfer-reason": "other", "transfer-words": "x", "confirmed": "1"})
    assert forged.status_code == 422 and not Transfer.objects.exists()
