"""Suspects are stored under a key of their own and shown to the leads, and to whom a lead lets in."""

import pytest
from django.core.exceptions import PermissionDenied

from meldpunt.audit.models import Entry
from meldpunt.vault import crypto, sealed
from meldpunt.vault.models import ContentKey
from networks.actions import suspects
from networks.content import SuspectContent
from networks.models import Suspect, SuspectAccess
from signals.workflow import NotAllowed
from tests.worlds import World

pytestmark = pytest.mark.django_db
SENT = {"suspect-nickname": "Ricky", "suspect-phone": "06 12 34 56 78", "suspect-words": "Rijdt in een grijze auto."}


@pytest.fixture
def world(settings):
    return World(settings)


def address(letter, act=""):
    return f"/netwerk/{letter.case.reference}/verdachten/{act}"


def added(world, letter):
    ring = world.keyring("lead")
    return suspects.add_suspect(letter, by=ring.user, keyring=ring, said=SuspectContent(nickname="Ricky"))


def test_a_suspect_lies_under_a_key_of_its_own_that_no_other_network_holds(world):
    letter = world.accepted()
    assert world.client("lead").post(address(letter, "erbij/"), SENT).status_code == 302
    row = Suspect.objects.get()
    assert b"Ricky" not in bytes(row.content)
    assert ContentKey.objects.filter(object_id=letter.pk, purpose="suspects").count() == 1
    for who in ("stranger", "coordinator"):
        with pytest.raises(crypto.CannotOpen):
            sealed.peek(world.keyring(who), row, "content")


def test_a_member_sees_how_many_and_not_who_until_a_lead_lets_in(world):
    letter, member, lead = world.accepted(), world.client("member"), world.client("lead")
    added(world, letter)
    assert "1 verdachte vastgelegd." in member.get(f"/netwerk/{letter.case.reference}/kring/").content.decode()
    assert member.get(address(letter)).status_code == 403
    assert member.post(address(letter, "erbij/"), SENT).status_code == 403
    lead.post(address(letter, "wie/"), {"user": world.people["member"].pk})
    assert member.get(address(letter)).status_code == 200
    lead.post(address(letter, "wie/"), {"user": world.people["member"].pk, "not": "1"})
    assert member.get(address(letter)).status_code == 403


def test_only_a_lead_lets_somebody_in_and_only_who_works_on_the_case(world):
    letter, member, lead = world.accepted(), world.keyring("member"), world.keyring("lead")
    with pytest.raises(PermissionDenied):
        suspects.let_in(letter, by=member.user, user=member.user)
    with pytest.raises(NotAllowed):
        suspects.let_in(letter, by=lead.user, user=world.user("stranger"))
    assert not SuspectAccess.objects.exists()


def test_the_shared_part_names_no_suspect_on_the_page_of_the_case(world):
    letter = world.accepted()
    page = world.client("member").get(f"/netwerk/{letter.case.reference}/").content.decode()
    assert "Ricky" not in page and "0612345678" not in page


def test_who_a_report_names_is_written_down_once(world):
    letter, lead = world.accepted(), world.client("lead")
    for _twice in range(2):
        assert lead.post(address(letter, "overnemen/")).status_code == 302
    assert Suspect.objects.count() == 1


def test_names_are_masked_and_each_reading_stands_in_the_log_with_its_purpose(world):
    letter, lead = world.accepted(), world.client("lead")
    row = added(world, letter)
    assert "Ricky" not in lead.get(address(letter)).content.decode()
    entry = Entry.objects.filter(act="read", purpose="suspects").latest("pk")
    assert entry.rows == [f"suspect:{row.pk}"]


def test_two_who_change_one_at_once_lose_nothing(world):
    letter, lead = world.accepted(), world.client("lead")
    row = added(world, letter)
    change = {"known-nickname": "Rick", "known-version": "1"}
    assert lead.post(address(letter, f"{row.pk}/"), change).status_code == 302
    late = lead.post(address(letter, f"{row.pk}/"), change | {"known-nickname": "Ricardo"})
    assert late.status_code == 409 and "Ricardo" in late.content.decode()


def test_nothing_at_all_is_nobody(world):
    letter = world.accepted()
    answer = world.client("lead").post(address(letter, "erbij/"), {"suspect-source": "school"})
    assert answer.status_code == 422 and not Suspect.objects.exists()


def test_who_is_no_suspect_is_taken_away(world):
    letter, lead = world.accepted(), world.client("lead")
    row = added(world, letter)
    assert lead.post(address(letter, f"{row.pk}/weg/")).status_code == 302
    assert "Er is nog niemand vastgelegd." in lead.get(address(letter)).content.decode()


def test_the_page_keeps_to_its_statements(world, django_assert_max_num_queries):
    letter, lead = world.accepted(), world.client("lead")
    for _n in range(6):
        added(world, letter)
    lead.get(address(letter))
    with django_assert_max_num_queries(15):
        lead.get(address(letter))


def test_who_shows_a_name_comes_back_to_the_suspects(world):
    letter = world.accepted()
    added(world, letter)
    assert f'name="next" value="{address(letter)}"' in world.client("lead").get(address(letter)).content.decode()
