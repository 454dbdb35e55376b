"""Only a public key with a valid chain to the root counts: whoever can write to the database cannot slip one in."""

import datetime
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from meldpunt.vault import crypto, keys, trust
from meldpunt.vault.models import Signer, TeamKey, UserKey
from tests.worlds import World, a_signal

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path):
    settings.TRUST_STATE = str(tmp_path / "trust.json")
    return World(settings)


def test_the_newest_key_of_a_team_counts(world):
    assert trust.newest_team_key(world.teams["almelo"]).version == 1


def test_a_swapped_public_key_is_refused(world):
    TeamKey.objects.filter(team=world.teams["desk"]).update(public=crypto.new_pair().public)
    with pytest.raises(trust.NotTrusted):
        trust.newest_team_key(world.teams["desk"])


def test_a_signal_is_never_sealed_to_a_swapped_key(world):
    TeamKey.objects.filter(team=world.teams["desk"]).update(public=crypto.new_pair().public)
    with pytest.raises(trust.NotTrusted):
        a_signal(world)


def test_a_key_of_another_team_is_refused(world):
    other = TeamKey.objects.get(team=world.teams["zwolle"])
    TeamKey.objects.filter(team=world.teams["almelo"]).update(
        public=other.public, signature=other.signature, signer=other.signer
    )
    with pytest.raises(trust.NotTrusted):
        trust.newest_team_key(world.teams["almelo"])


def test_an_old_key_that_was_put_back_is_refused(world):
    almelo, coordinator = world.teams["almelo"], world.keyring("coordinator")
    keys.make_team_key(coordinator, almelo, [world.user("lead")])
    assert trust.newest_team_key(almelo).version == 2
    TeamKey.objects.filter(team=almelo, version=2).delete()
    with pytest.raises(trust.NotTrusted):
        trust.newest_team_key(almelo)


def test_a_signer_whom_the_root_did_not_sign_is_refused(world):
    pair = crypto.new_signing_pair()
    Signer.objects.update(public=pair.public)
    with pytest.raises(trust.NotTrusted):
        trust.newest_team_key(world.teams["desk"])


def test_a_practice_signer_does_not_count_in_production(world):
    with override_settings(PRACTICE=False), pytest.raises(trust.NotTrusted):
        trust.newest_team_key(world.teams["desk"])


def test_a_key_whose_term_is_over_is_refused(world):
    TeamKey.objects.update(expires_on=datetime.date.today() - datetime.timedelta(days=1))
    with pytest.raises(trust.NotTrusted):
        trust.newest_team_key(world.teams["desk"])


def test_somebody_who_left_opens_nothing_any_more(world):
    case = world.accepted().case
    with pytest.raises(crypto.CannotOpen):
        world.keyring("former").key_of(case.pk, "shared", 1)
    assert world.keyring("member").key_of(case.pk, "shared", 1)


def test_a_members_old_key_that_was_put_back_is_refused_too(world):
    lead = world.user("lead")
    keys.make_user_key(lead, "een nieuw wachtwoord")
    keys.sign_key(world.keyring("coordinator"), keys.newest_user_key(lead))
    trust.check(keys.newest_user_key(lead))
    UserKey.objects.filter(user=lead, version=2).delete()
    with pytest.raises(trust.NotTrusted):
        trust.check(keys.newest_user_key(lead))


def test_after_a_renewal_the_old_key_never_counts_again(world, django_capture_on_commit_callbacks):
    lead = world.user("lead")
    row = UserKey.objects.filter(user=lead).values().get()
    with django_capture_on_commit_callbacks(execute=True):
        keys.bury(lead)
    UserKey.objects.filter(user=lead).update(**row)
    with pytest.raises(trust.NotTrusted):
        trust.check(keys.newest_user_key(lead))


def test_in_production_no_key_counts_once_the_file_of_what_was_seen_has_gone(world, settings):
    signer = Signer.objects.get()
    trust.check_signer(signer)
    Path(settings.TRUST_STATE).unlink()
    settings.PRACTICE, signer.is_practice = False, False
    with pytest.raises(trust.NotTrusted, match="gone"):
        trust.check_signer(signer)


def test_a_file_that_cannot_be_read_lets_no_key_count(world, settings):
    Path(settings.TRUST_STATE).write_text("{")
    with pytest.raises(trust.NotTrusted, match="read"):
        trust.newest_team_key(world.teams["desk"])


def test_the_file_is_begun_once_and_remembers_every_key_that_counts(world, settings):
    Path(settings.TRUST_STATE).unlink(missing_ok=True)
    settings.PRACTICE = False
    assert trust.begin() and not trust.begin()
    settings.PRACTICE = True
    Path(settings.TRUST_STATE).unlink()
    said = StringIO()
    call_command("trust_state", begin=True, stdout=said)
    highest = json.loads(Path(settings.TRUST_STATE).read_text())["highest"]
    assert highest[f"team:{world.teams['desk'].pk}"] == 1
    assert highest[f"user:{world.people['lead'].pk}"] == 1
    with pytest.raises(CommandError):
        call_command("trust_state", begin=True, stdout=said)


def test_a_signer_who_was_revoked_signs_nothing_that_counts_even_as_another_row(world):
    said = StringIO()
    call_command("trust_state", revoke="coordinator@practice.test", stdout=said)
    assert f"team:{world.teams['desk'].pk}, version 1" in said.getvalue()
    with pytest.raises(trust.NotTrusted, match="revoked"):
        trust.newest_team_key(world.teams["desk"])
    signer = Signer.objects.get()
    signer.pk += 1000
    with pytest.raises(trust.NotTrusted, match="revoked"):
        trust.check_signer(signer)
    with pytest.raises(CommandError):
        call_command("trust_state", revoke="lead@practice.test", stdout=said)
