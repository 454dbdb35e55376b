"""Only a public key with a valid chain to the root counts: whoever can write to the database cannot slip one in."""

import datetime

import pytest
from django.test import override_settings

from meldpunt.vault import crypto, keys, trust
from meldpunt.vault.models import Signer, TeamKey
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
