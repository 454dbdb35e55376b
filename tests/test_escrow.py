"""The last resort: two of three officers open together what nobody else can any more; one alone opens nothing."""

import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from meldpunt.audit.models import Entry
from meldpunt.vault import crypto, escrow, keys, sealed
from meldpunt.vault.management.commands.recover_team_key import recover
from meldpunt.vault.models import ContentKey, EscrowSeal, RecoveryOfficer, TeamKey
from meldpunt.vault.unlocking import Keyring
from networks.actions import casework
from tests.test_access import confirmed
from tests.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    """A root whose secret half is at hand."""
    return crypto.new_signing_pair()


@pytest.fixture
def world(settings, root):
    return World(settings, root)


@pytest.fixture
def papers(world, root):
    """Three officers with their secrets; the team keys of the world are made anew, so that they are kept."""
    made = [escrow.appoint(name, root.secret, practice=True) for name in ("A", "B", "C")]
    lead = world.keyring("coordinator")
    for slug in ("desk", "almelo"):
        team = world.teams[slug]
        keys.make_team_key(lead, team, [user for user in world.people.values() if user.role_in(team)])
    return made


def newest(world, slug="almelo"):
    return TeamKey.objects.filter(team=world.teams[slug]).order_by("-version").first()


@pytest.mark.parametrize("pair", [(0, 1), (1, 0), (0, 2), (2, 1)])
def test_any_two_officers_open_a_team_key_together(world, papers, pair):
    row = newest(world)
    opened = escrow.open_together(row, [papers[n] for n in pair])
    assert opened == world.keyring("lead").team_secret(row)


def test_one_officer_alone_opens_nothing_nor_does_a_wrong_paper(world, papers):
    row = newest(world)
    stranger = crypto.new_pair().secret
    for tried in ([papers[0]], [papers[0], (papers[1][0], stranger)], [papers[0], (papers[1][0], papers[0][1])]):
        with pytest.raises(escrow.NotFromEscrow):
            escrow.open_together(row, tried)


def test_a_box_that_was_put_under_another_key_opens_nothing(world, papers):
    row, other = newest(world), newest(world, "desk")
    EscrowSeal.objects.filter(team_key=row).delete()
    EscrowSeal.objects.filter(team_key=other).update(team_key=row)
    with pytest.raises(escrow.NotFromEscrow):
        escrow.open_together(row, papers[:2])


def test_the_key_of_a_networks_own_work_stays_with_the_officers_after_the_network_lost_the_case(world, papers):
    letter = world.accepted()
    ring = world.keyring("member")
    note = casework.write_note(letter, by=ring.user, keyring=ring, words="Blijft bewaard")
    keys.revoke(letter.pk, world.teams["almelo"])
    with pytest.raises(crypto.CannotOpen):
        sealed.peek(world.keyring("lead"), note, "words")
    row = ContentKey.objects.get(object_id=letter.pk, purpose="assignment")
    key = escrow.open_together(row, papers[1:])
    context = f"v1|note|{note.pk}|words|{row.version}"
    assert crypto.open_sealed(key, bytes(note.words)[2:], context) == b"Blijft bewaard"


@pytest.mark.parametrize(
    "change",
    [
        {"root_signature": b"x" * 64},
        {"name": "Somebody else"},
        {"public": bytes(32)},
        {"expires_on": datetime.date(2020, 1, 1)},
        {"ended_at": timezone.now()},
        {"is_practice": False},
    ],
)
def test_an_officer_who_was_changed_in_the_database_gets_no_key(world, papers, change):
    RecoveryOfficer.objects.filter(pk=papers[0][0].pk).update(**change)
    assert {officer.pk for officer in escrow.officers()} == {papers[1][0].pk, papers[2][0].pk}


def test_a_practice_officer_gets_nothing_in_production(world, papers, settings):
    settings.PRACTICE = False
    assert escrow.officers() == []


def test_without_officers_work_goes_on_and_the_deploy_check_says_so(world):
    said = io.StringIO()
    assert world.accepted().state == "accepted"
    assert not EscrowSeal.objects.exists()
    call_command("check", deploy=True, fail_level="CRITICAL", stdout=said, stderr=said)
    assert "vault.W001" in said.getvalue()


def test_two_officers_give_a_team_key_back_to_a_member_and_it_stands_in_the_log(world, papers):
    user = world.people["member"]
    keys.expel(world.teams["almelo"], user)
    with pytest.raises(crypto.CannotOpen):
        Keyring(world.user("member"), world.secrets[user.pk]).team_secret(newest(world))
    assert recover(world.teams["almelo"], user, papers[:2]) == 1
    assert world.keyring("member").team_secret(newest(world)) == world.keyring("lead").team_secret(newest(world))
    assert Entry.objects.get(purpose="recovered").source == "command"


def test_two_wrong_papers_give_nothing_back(world, papers):
    wrong = [(officer, crypto.new_pair().secret) for officer, _secret in papers[:2]]
    with pytest.raises(CommandError):
        recover(world.teams["almelo"], world.people["member"], wrong)


def test_an_officer_is_appointed_with_the_file_of_the_root_only(world, root, tmp_path):
    file, said = tmp_path / "root", io.StringIO()
    file.write_text(crypto.new_signing_pair().secret.hex())
    with pytest.raises(CommandError):
        call_command("appoint_officer", "A", root=str(file), stdout=said)
    file.write_text(root.secret.hex())
    call_command("appoint_officer", "A", root=str(file), stdout=said)
    paper = bytes.fromhex("".join(said.getvalue().split()))
    officer = escrow.officers()[0]
    assert officer.name == "A" and paper not in bytes(officer.public)
    assert crypto.unseal_key(paper, crypto.seal_key(bytes(officer.public), b"k" * 32, "s"), "s") == b"k" * 32


def test_officers_appointed_later_get_the_older_keys_step_by_step(world, root):
    ring = world.keyring("lead")
    letter = world.accepted()
    casework.write_note(letter, by=ring.user, keyring=ring, words="Van voor de benoeming")
    papers = [escrow.appoint(name, root.secret, practice=True) for name in ("A", "B", "C")]
    team, row = world.teams["almelo"], ContentKey.objects.get(object_id=letter.pk, purpose="assignment")
    with pytest.raises(escrow.NotFromEscrow):
        escrow.open_together(row, papers[:2])
    left = len(escrow.not_kept(team, ring.user))
    assert left >= 2 and escrow.keep_step(team, by=ring.user, keyring=ring, most=1) == 1
    client = confirmed(world.client("lead"))
    page = client.get("/team/almelo/herstel/")
    assert f"Geef hun {left - 1} sleutel" in page.content.decode()
    assert client.post("/team/almelo/herstel/").status_code == 302
    assert escrow.not_kept(team, ring.user) == [] and escrow.keep_step(team, by=ring.user, keyring=ring) == 0
    assert escrow.open_together(row, papers[1:]) == world.keyring("lead").content_key(row)
    assert Entry.objects.filter(purpose="escrow", object_kind="team_key").count() == 2


def test_who_watches_sees_the_officers_and_which_teams_gave_their_key(world, root, papers):
    page = world.client("privacy_officer").get("/herstel/").content.decode()
    assert "bewaard" in page and "nog niet" in page and page.count("tot en met") == 3


def test_without_two_officers_the_pages_say_so_and_nothing_is_given(world, root):
    escrow.appoint("Alleen", root.secret, practice=True)
    assert "nog geen twee herstelfunctionarissen" in world.client("administrator").get("/herstel/").content.decode()
    assert "nog geen twee herstelfunctionarissen" in confirmed(world.client("lead")).get("/team/almelo/herstel/").content.decode()
    assert escrow.keep_step(world.teams["almelo"], by=world.user("lead"), keyring=world.keyring("lead")) == 0
