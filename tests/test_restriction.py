"""A case that may only be kept for now: nobody of a network reads it, it goes nowhere, but for danger; and it says so."""

import pytest
from django.utils import timezone

from networks.actions import casework
from signals.actions import moving, routing
from signals.models import Assignment, Case, Dispatch
from signals.sharing import door
from signals.workflow import NotAllowed
from tests.test_dispatch import FILLED, confirmed, handed
from tests.worlds import World

pytestmark = pytest.mark.django_db
SAID = "Deze zaak mag even niet gebruikt worden."


@pytest.fixture
def world(settings):
    return World(settings)


def restricted(case, **values):
    Case.objects.filter(pk=case.pk).update(restricted_on=timezone.localdate(), **values)
    case.refresh_from_db()
    return case


def test_a_network_reads_nothing_of_it_and_reads_it_again_after(world):
    letter = world.accepted()
    client, page = world.client("lead"), f"/netwerk/{letter.case.reference}/"
    assert "OSG Noord" in client.get(page).content.decode()
    restricted(letter.case)
    for path in ("", "afdrukken/", "kring/", "plan/", "werk/"):
        shown = client.get(page + path)
        assert "OSG Noord" not in shown.content.decode() and shown.status_code in (200, 403)
    assert SAID in client.get(page).content.decode()
    seen = door.parts_for(world.user("lead"), letter.team_id, letter.case)
    assert seen == frozenset()
    Case.objects.filter(pk=letter.case_id).update(restricted_on=None)
    assert "OSG Noord" in client.get(page).content.decode()


def test_nobody_of_a_network_reads_what_was_written_there_and_nothing_is_asked_of_them(world):
    letter, ring = world.accepted(), world.keyring("lead")
    casework.write_note(letter, by=ring.user, keyring=ring, words="Belde met oma.")
    casework.plan_action(letter, by=ring.user, keyring=ring, kind="school", words="Bel oma.", due_on=None, owner=ring.user)
    client, page = world.client("lead"), f"/netwerk/{letter.case.reference}/"
    assert "Belde met oma." in client.get(f"{page}werk/").content.decode()
    restricted(letter.case)
    for path in ("", "afdrukken/", "afdrukken/?deel=samen", "werk/"):
        shown = client.get(page + path).content.decode()
        assert "oma" not in shown and "geen afspraken over contact" not in shown and "Volgende stap" not in shown
    assert client.get(page).content.decode().count(SAID) == 1


def test_what_was_handed_over_before_leaves_no_more(world):
    case = world.case()
    row, danger = handed(world, case), handed(world, case, basis="vital_interest")
    restricted(case)
    browser = confirmed(world)
    assert browser.get(f"{row.get_absolute_url()}bestand/htcds.json").status_code == 302
    assert browser.get(f"{danger.get_absolute_url()}bestand/htcds.json").status_code == 200


def test_in_acute_danger_it_stays_in_use_and_says_so(world):
    letter = world.accepted()
    restricted(letter.case, urgency="acute")
    page = world.client("lead").get(f"/netwerk/{letter.case.reference}/").content.decode()
    assert "OSG Noord" in page and SAID in page and "Er is nu gevaar" in page


def test_it_goes_to_no_network(world):
    case, ring = restricted(world.case()), world.keyring("coordinator")
    with pytest.raises(NotAllowed):
        routing.route(
            case, by=ring.user, keyring=ring, team=world.teams["almelo"], reason="lives_there", version=case.version
        )
    client, page = world.client("coordinator"), f"/zaken/{case.reference}/"
    shown = client.get(page).content.decode()
    assert SAID in shown and f"{page}routeren/" not in shown
    assert client.get(f"{page}routeren/").status_code == 302
    sent = {"route-network": world.teams["almelo"].pk, "route-reason": "lives_there", "route-version": case.version}
    assert client.post(f"{page}routeren/", sent | {"confirmed": "1"}).status_code == 409
    assert not Assignment.objects.exists()


def test_it_goes_to_no_second_network(world):
    letter, ring = world.accepted(), world.keyring("coordinator")
    case = restricted(letter.case)
    with pytest.raises(NotAllowed):
        moving.add_support(
            case, by=ring.user, keyring=ring, team=world.teams["zwolle"], reason="knows_person", version=case.version
        )
    assert world.client("coordinator").get(f"/zaken/{case.reference}/steun/").status_code == 302
    assert Assignment.objects.count() == 1


def test_outside_it_goes_in_danger_only(world):
    case = restricted(world.case())
    with pytest.raises(NotAllowed):
        handed(world, case)
    page = world.client("coordinator").post(f"/overdracht/{case.reference}/", FILLED)
    assert page.status_code == 422 and "Delen mag nu alleen bij gevaar." in page.content.decode()
    assert not Dispatch.objects.exists()
    assert handed(world, case, basis="vital_interest").pk
