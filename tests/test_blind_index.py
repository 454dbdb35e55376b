"""What a thief gets out of the blind index: nothing. Keys that change, colleagues who fill at once, and what is left."""

import hashlib
import hmac
import os
import subprocess
import sys
import threading

import pytest
from django.conf import settings as django_settings
from django.db import connection, connections

from meldpunt.audit.models import Entry
from meldpunt.vault import crypto, keys
from meldpunt.vault.trust import NotTrusted
from signals.actions import indexing, matching
from signals.matching import index
from signals.matching.found import matches_of
from signals.models import BlindTag, NoiseToken, Signal, Task
from tests.matching_world import PHONE, compared, told
from tests.worlds import World

E164 = "+31612345678"
NUMBERS = [f"+3161234{number:04}" for number in range(5670, 5690)]


@pytest.fixture
def world(settings):
    return World(settings)


def renew(world, members=("coordinator",)):
    """Give the desk its next team key, as happens when somebody has left."""
    people = [world.user(who) for who in members]
    return keys.make_team_key(world.keyring("coordinator"), world.teams["desk"], people)


def everything_stored() -> list[bytes]:
    """Return every value of every column of the database, as a thief of a dump has them."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for value in row:
                    if isinstance(value, (bytes, memoryview)):
                        found.append(bytes(value))
                    elif value is not None:
                        found.append(str(value).encode())
    return found


def material(stored: list[bytes]) -> set[bytes]:
    """Return what may be a key: stored values, each run of 32 bytes of the short ones, and all of the environment."""
    secrets = {value.encode() for value in os.environ.values()}
    secrets |= {
        str(getattr(django_settings, name)).encode() for name in dir(django_settings) if name.isupper()
    }
    secrets |= {value for value in stored if 8 <= len(value) <= 4096}
    for value in stored:
        if 32 <= len(value) <= 400:
            secrets |= {value[at : at + 32] for at in range(len(value) - 31)}
    for value in list(secrets):
        try:
            secrets.add(bytes.fromhex(value.decode()))
        except ValueError:
            continue
    return {value for value in secrets if value}


def tags_under(key: bytes, numbers: list[str], owner: str) -> set[bytes]:
    """Return the tags of phone numbers under a key, as the index makes them and as one might guess that it does."""
    keyed = [key, crypto.derive(key[:64], "blind-index", owner.encode())] if len(key) <= 64 else [key]
    return {
        hmac.new(each, f"phone|{number}".encode(), hashlib.sha256).digest()[:16]
        for each in keyed
        for number in numbers
    }


@pytest.mark.django_db
def test_no_tag_can_be_tested_against_phone_numbers_with_all_that_is_stored(world):
    told(world, phone=PHONE)
    told(world, "Zwolle", phone=PHONE)
    compared(world)
    real = index.newest_key(world.keyring("coordinator"))
    tags = set(map(bytes, BlindTag.objects.filter(kind="phone").values_list("tag", flat=True)))
    assert tags == {real.tag("phone", E164)}, "the test knows how a tag is made"
    stored = everything_stored()
    guesses, owner = material(stored), f"team:{world.teams['desk'].pk}"
    assert len(guesses) > 1000
    assert not any(tags & tags_under(key, NUMBERS[8:9], owner) for key in guesses)
    assert not any(real.key in value or real.key.hex().encode() in value.lower() for value in stored)
    plain = [
        digest(number.encode()).digest()[:16]
        for number in NUMBERS
        for digest in (hashlib.sha256, hashlib.md5, hashlib.blake2b)
    ]
    assert not tags & set(plain)
    assert not any(b"12345678" in value for value in stored)


@pytest.mark.django_db
def test_only_an_unlocked_coordinator_gets_the_key(world):
    for who in ("member", "administrator", "analyst", "former"):
        with pytest.raises((crypto.CannotOpen, NotTrusted)):
            index.newest_key(world.keyring(who))


@pytest.mark.django_db
def test_database_writer_can_neither_put_in_a_key_of_his_own_nor_an_old_one(world):
    told(world, phone=PHONE)
    compared(world)
    first = world.teams["desk"].keys.get()
    renew(world)
    compared(world)
    second = world.teams["desk"].keys.get(version=2)
    second.seals.all().delete()
    second.delete()
    with pytest.raises(NotTrusted):
        index.newest_key(world.keyring("coordinator"))
    pair = crypto.new_pair()
    first.pk, first.version, first.public = None, 3, pair.public
    first.save(force_insert=True)
    with pytest.raises(NotTrusted):
        index.newest_key(world.keyring("coordinator"))


@pytest.mark.django_db
def test_renewed_team_key_makes_every_tag_anew_and_keeps_matches_noise_and_judgements(world):
    signals = [
        told(world, town, phone=PHONE, handle=f"@ricky_{n}")
        for n, town in enumerate(("Almelo", "Zwolle", "Almelo"))
    ]
    noisy = [told(world, phone="06-99998888") for _ in range(2)]
    compared(world)
    keyring = world.keyring("coordinator")
    matching.mark_noise(noisy[0], noisy[1], by=keyring.user, keyring=keyring, kind="phone")
    matching.not_the_same(signals[0], signals[2], by=keyring.user)
    before = set(map(bytes, BlindTag.objects.values_list("tag", flat=True)))
    renew(world)
    user = world.user("coordinator")
    assert index.pending(Signal.objects.all()).count() == 5
    indexing.fill(by=user, keyring=world.keyring("coordinator"), most=2)
    assert {m.other.pk for m in matches_of(user, signals[0])} == {signals[1].pk}, (
        "matches stay while it is made anew"
    )
    assert indexing.renew_index_key(world.keyring("coordinator")) == 0
    compared(world)
    assert not before & set(map(bytes, BlindTag.objects.values_list("tag", flat=True)))
    assert set(NoiseToken.objects.values_list("key_version", flat=True)) == {2}
    assert {m.other.pk for m in matches_of(user, signals[0])} == {signals[1].pk}
    assert matches_of(user, noisy[0]) == []


@pytest.mark.django_db
def test_noise_survives_two_renewals_with_nothing_done_between(world):
    signals = [told(world, phone=PHONE) for _ in range(2)]
    compared(world)
    keyring = world.keyring("coordinator")
    matching.mark_noise(*signals, by=keyring.user, keyring=keyring, kind="phone")
    renew(world)
    renew(world)
    compared(world)
    assert set(NoiseToken.objects.values_list("key_version", flat=True)) == {3}
    assert matches_of(keyring.user, signals[0]) == []


@pytest.mark.django_db
def test_who_left_opens_the_old_key_only(world):
    """A leaver who kept the team's secret cannot make the tags that are there now."""
    told(world, phone=PHONE)
    compared(world)
    old = index.newest_key(world.keyring("coordinator"))
    assert BlindTag.objects.filter(tag=old.tag("phone", E164)).exists()
    renew(world)
    compared(world)
    assert not BlindTag.objects.filter(tag=old.tag("phone", E164)).exists()


@pytest.mark.django_db
def test_rebuilding_tells_of_no_hub_that_was_told_already(world):
    from signals.models import Task

    for town in ("Almelo", "Zwolle", "Hengelo"):
        told(world, town, phone=PHONE)
    compared(world)
    told_once = Task.objects.filter(kind="hub").update(done_at="2026-01-01T00:00Z")
    renew(world)
    compared(world)
    assert Task.objects.filter(kind="hub").count() == told_once


@pytest.mark.django_db
def test_report_that_cannot_be_opened_stops_nothing(world):
    broken, whole = told(world, phone=PHONE), told(world, phone=PHONE)
    Signal.objects.filter(pk=broken.pk).update(report=b"\x00\x01rubbish")
    compared(world)
    assert set(BlindTag.objects.values_list("signal", flat=True)) == {whole.pk}
    Signal.objects.update(indexed_as=0)
    compared(world)
    assert Task.objects.get(kind="unreadable").signal == broken, "one task for a person, however often it is tried"


@pytest.mark.django_db
def test_filling_leaves_one_row_without_content_in_the_log(world):
    signal = told(world, phone=PHONE, nickname="Ricky")
    compared(world)
    row = Entry.objects.get(purpose="blind_index")
    assert (row.act, row.rows) == ("change", [signal.reference])


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_who_fill_at_once_do_each_signal_once(world):
    for number in range(12):
        told(world, phone=f"06-1234{number:04}")
    failed, done = [], []

    def work():
        try:
            keyring = world.keyring("coordinator")
            while (filled := indexing.fill(by=keyring.user, keyring=keyring, most=3)).done:
                done.append(filled.done)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed and sum(done) == 12
    assert not index.pending(Signal.objects.all()).exists()
    assert BlindTag.objects.filter(kind="phone").count() == 12


def test_worker_has_no_module_that_can_make_a_tag_with_what_it_has():
    """The worker's tasks never import the filling of the index: there is no way from a task to a tag."""
    code = (
        "import django, sys; django.setup(); import signals.tasks, networks.tasks;"
        "sys.exit('signals.actions.indexing' in sys.modules)"
    )
    assert (
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | {"DJANGO_SETTINGS_MODULE": "meldpunt.settings"}
        ).returncode
        == 0
    )
