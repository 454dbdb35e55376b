"""A peer becomes a signal of its own with one step: only what is shown goes along, once, and both sides see the link."""

import pytest

from networks.actions import circle, peers
from networks.actions.peers import AboutPeer
from networks.content import RelationContent
from networks.models import Relation
from signals import reading
from signals.models import Signal
from signals.workflow import NotAllowed
from tests.worlds import World

pytestmark = pytest.mark.django_db
SENT = {
    "peer-name": "Zoë", "peer-age_band": "12_15", "peer-gender": "f", "peer-school": "OSG Noord", "peer-place": "Borne",
    "peer-danger": "no", "peer-words": "Krijgt dezelfde cadeaus.", "peer-version": "1",
}  # fmt: skip


@pytest.fixture
def world(settings):
    return World(settings)


def a_peer(world, letter, kind="friend") -> Relation:
    ring = world.keyring("member")
    said = RelationContent(name="Zoë", school="OSG Noord", words="Krijgt cadeaus.")
    return circle.add_relation(letter, by=ring.user, keyring=ring, kind=kind, said=said)


def address(letter, row, act="melden/"):
    return f"/netwerk/{letter.case.reference}/kring/{row.pk}/{act}"


def test_the_page_shows_what_goes_along_before_anything_is_sent(world):
    letter = world.accepted()
    row = a_peer(world, letter)
    page = world.client("member").get(address(letter, row)).content.decode()
    assert "OSG Noord" in page and "Krijgt cadeaus." in page and "Van jullie eigen zaak gaat niets mee." in page
    assert "Canarie" not in page and "Ricky" not in page
    assert not Signal.objects.exists()


def test_a_reported_peer_is_a_signal_for_the_desk_and_only_for_the_desk(world):
    letter, client = world.accepted(), world.client("member")
    row = a_peer(world, letter)
    assert client.post(address(letter, row), SENT).status_code == 302
    signal = Signal.objects.get()
    assert (signal.channel, signal.from_case, signal.taken_in_by) == ("network", letter.case, world.user("member"))
    report = reading.report_of(world.keyring("coordinator"), signal)
    assert (report.person.name, report.words, report.place) == ("Zoë", "Krijgt dezelfde cadeaus.", "Borne")
    assert not Signal.objects.visible_to(world.user("member")).exists()
    row.refresh_from_db()
    assert (row.signal, row.approached) == (signal, "suspected")
    assert signal.reference in client.get(address(letter, row, "")).content.decode()


def test_the_desk_sees_from_which_case_and_network_it_came(world):
    letter = world.accepted()
    row = a_peer(world, letter)
    world.client("member").post(address(letter, row), SENT)
    page = world.client("coordinator").get(Signal.objects.get().get_absolute_url()).content.decode()
    assert letter.case.reference in page and "netwerk" in page


def test_twice_makes_one(world):
    letter, client = world.accepted(), world.client("member")
    row = a_peer(world, letter)
    for _twice in range(2):
        client.post(address(letter, row), SENT)
    assert Signal.objects.count() == 1
    with pytest.raises(NotAllowed):
        peers.report_peer(row, by=world.user("member"), version=2, about=AboutPeer(words="Nog een keer"))


def test_without_a_reason_nothing_is_sent_and_what_was_typed_stays(world):
    letter = world.accepted()
    row = a_peer(world, letter)
    answer = world.client("member").post(address(letter, row), SENT | {"peer-words": " ", "peer-place": "Wierden"})
    assert answer.status_code == 422 and "Wierden" in answer.content.decode()
    assert not Signal.objects.exists()


def test_who_is_no_peer_cannot_be_reported_by_a_forged_post(world):
    letter = world.accepted()
    row = a_peer(world, letter, kind="helper")
    world.client("member").post(address(letter, row), SENT)
    with pytest.raises(NotAllowed):
        peers.report_peer(row, by=world.user("member"), version=1, about=AboutPeer(words="Toch"))
    assert not Signal.objects.exists()


def test_danger_for_a_peer_makes_an_acute_signal(world):
    letter = world.accepted()
    row = a_peer(world, letter)
    world.client("member").post(address(letter, row), SENT | {"peer-danger": "yes"})
    assert Signal.objects.get().urgency == "acute"
