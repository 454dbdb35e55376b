"""Moving a case that breaks off halfway leaves nothing half; who lost a case opens nothing; open questions go along."""

import pytest
from django.db import transaction

from meldpunt.audit.models import Entry
from meldpunt.vault import crypto, sealed, trust
from meldpunt.vault.models import ContentKey, ContentSeal, TeamKey
from networks.actions import casework, circle, moving
from networks.content import RelationContent
from networks.models import Note, Relation
from signals.actions import moving as signals_moving
from signals.actions import routing
from signals.models import Assignment, Case, Transfer
from tests.worlds import World

pytestmark = pytest.mark.django_db
WORDS = "Alleen voor Almelo."


@pytest.fixture
def world(settings):
    return World(settings)


def offered(world, wanted=()):
    """A letter of Almelo with a note and an unanswered peer, offered to Zwolle, which has opened it."""
    letter, ring = world.accepted(), world.keyring("lead")
    casework.write_note(letter, by=ring.user, keyring=ring, words=WORDS)
    circle.add_relation(letter, by=ring.user, keyring=ring, kind="friend", said=RelationContent(name="Bo"))
    said = {"reason": "lives_there", "words": "Nu in Zwolle.", "wanted": wanted}
    transfer = moving.ask_transfer(letter, by=ring.user, keyring=ring, team=world.teams["zwolle"], **said)
    routing.deliver(transfer.receiver_id)
    other = Assignment.objects.get(pk=transfer.receiver_id)
    return letter, routing.open_letter(other, by=world.user("other_lead"))


def everything():
    """What moving changes, to compare."""
    letters = sorted(Assignment.objects.values_list("pk", "state", "part", "version"))
    return letters, ContentKey.objects.count(), ContentSeal.objects.count(), Relation.objects.count(), Entry.objects.count()


def test_a_peer_of_whom_nobody_asked_goes_along_even_when_the_circle_was_not_chosen(world):
    _letter, receiver = offered(world)
    ring = world.keyring("other_lead")
    held = moving.accept(receiver, by=ring.user, keyring=ring)
    row = Relation.objects.get(assignment=held)
    assert (row.kind, row.approached) == ("friend", "")
    notes = [sealed.peek(ring, note, "words").decode() for note in Note.objects.filter(assignment=held)]
    assert not any(WORDS in said for said in notes)


def test_a_request_that_dies_while_a_case_is_taken_over_leaves_nothing_half(world):
    letter, receiver = offered(world)
    before, ring = everything(), world.keyring("other_lead")
    Transfer.objects.update(parcel=b"\0\1broken")
    with pytest.raises(crypto.CannotOpen), transaction.atomic():
        moving.accept(receiver, by=ring.user, keyring=ring)
    assert everything() == before
    assert sealed.peek(world.keyring("lead"), Case.objects.get(pk=letter.case_id), "shared")


def test_a_network_whose_newest_key_was_swapped_is_never_asked_and_nothing_is_left(world):
    letter, ring = world.accepted(), world.keyring("lead")
    TeamKey.objects.filter(team=world.teams["zwolle"]).update(public=crypto.new_pair().public)
    before = everything()
    said = {"reason": "lives_there", "words": "", "wanted": ()}
    with pytest.raises(trust.NotTrusted), transaction.atomic():
        moving.ask_transfer(letter, by=ring.user, keyring=ring, team=world.teams["zwolle"], **said)
    assert everything() == before


def test_a_seal_that_was_put_back_after_the_transfer_opens_nothing_that_is_shared_from_then_on(world):
    letter, receiver = offered(world)
    kept = list(ContentSeal.objects.filter(team_key__team=world.teams["almelo"]))
    ring = world.keyring("other_lead")
    moving.accept(receiver, by=ring.user, keyring=ring)
    ContentSeal.objects.bulk_create(kept)
    case = Case.objects.get(pk=letter.case_id)
    with pytest.raises(crypto.CannotOpen):
        sealed.peek(world.keyring("lead"), case, "shared")
    newest = ContentKey.objects.filter(object_id=case.pk, purpose="shared").order_by("-version").first()
    for seal in kept:
        ContentSeal.objects.filter(pk=seal.pk).update(content_key=newest)
        with pytest.raises(crypto.CannotOpen):
            sealed.peek(world.keyring("lead"), case, "shared")
        ContentSeal.objects.filter(pk=seal.pk).delete()


def test_who_says_no_gives_a_reason_that_the_sender_reads_and_nobody_outside(world):
    letter, receiver = offered(world)
    client = world.client("other_lead")
    start = f"/netwerk/{letter.case.reference}/"
    page = client.get(start).content.decode()
    assert "Nu in Zwolle." in page and "1 persoon uit de kring" in page
    said = {"return-reason": "no_capacity", "return-words": "Wij zijn vol tot maart."}
    assert client.post(f"{start}teruggeven/", said).status_code == 302
    assert client.get(start).status_code == 404 and client.get(f"{start}doorgeven/").status_code == 404
    told = world.client("lead").get(f"{start}doorgeven/").content.decode()
    assert "Wij zijn vol tot maart." in told and "neemt de zaak niet over" in told
    receiver.refresh_from_db()
    assert receiver.state == "returned" and "Wij zijn vol" not in str(list(Entry.objects.values()))


def test_the_desk_asks_for_support_on_a_page_and_twice_is_refused(world):
    letter, client = world.accepted(), world.client("coordinator")
    page = f"/zaken/{letter.case.reference}/steun/"
    version = Case.objects.get(pk=letter.case_id).version
    assert client.post(page, {"support-version": version}).status_code == 422
    sent = {"support-team": "zwolle", "support-reason": "known_there", "support-version": version}
    assert client.post(page, sent).status_code == 302
    assert client.post(page, sent).status_code == 422
    letters = Assignment.objects.filter(case=letter.case_id, part="support")
    assert [row.team.slug for row in letters] == ["zwolle"]


def test_a_supporting_network_leaves_and_the_case_stays_with_who_leads(world):
    letter, ring = world.accepted(), world.keyring("lead")
    support = signals_moving.ask_support(
        letter, by=ring.user, keyring=ring, team=world.teams["zwolle"], reason="known_there"
    )
    routing.deliver(support.pk)
    other = world.keyring("other_lead")
    moving.give_back(routing.open_letter(support, by=other.user), by=other.user, keyring=other, reason="no_capacity")
    case = Case.objects.get(pk=letter.case_id)
    assert case.state == "with_network" and sealed.peek(world.keyring("lead"), case, "shared")
    with pytest.raises(crypto.CannotOpen):
        sealed.peek(world.keyring("other_lead"), case, "shared")
