"""The servers that the tests and `make run` bring along."""

import shutil

import psycopg2
import pytest
import redis
from django.db import connection, connections
from django.db.backends.postgresql.psycopg_any import is_psycopg3

from meldpunt.embedded import ServerProblem, Servers, places
from tests import rig


def test_psycopg2_is_the_driver():
    assert not is_psycopg3
    assert connection.Database is psycopg2


@pytest.mark.django_db
def test_tests_run_on_postgresql_as_the_owner_and_not_as_superuser():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("meldpunt_owner", False)


def test_every_role_gets_in_and_none_is_a_superuser(servers):
    for name, role in (
        ("DATABASE_URL", "web"),
        ("WORKER_DATABASE_URL", "worker"),
        ("MIGRATION_DATABASE_URL", "owner"),
    ):
        opened = psycopg2.connect(rig.addresses[name])
        with opened, opened.cursor() as cursor:
            cursor.execute("SELECT rolname, rolsuper FROM pg_roles WHERE rolname = current_user")
            assert cursor.fetchone() == (f"meldpunt_{role}", False)
        opened.close()


def test_nobody_gets_in_without_the_password(servers):
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect("postgresql://meldpunt_web:wrong@" + rig.addresses["DATABASE_URL"].split("@")[1])
    port = rig.addresses["REDIS_URL"].rsplit(":", 1)[1].split("/")[0]
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=int(port), retry=None).ping()


def test_redis_keeps_what_it_was_told_over_a_restart(servers):
    client = redis.Redis.from_url(servers.redis.url(9))
    client.set("kept", "yes")
    servers.stop_redis()
    with pytest.raises(redis.ConnectionError):
        client.get("kept")
    servers.start_redis()
    assert client.get("kept") == b"yes"


def test_postgresql_comes_back_at_the_same_address(servers):
    servers.restart_postgres()
    connections.close_all()  # those of this process: other tests come after
    psycopg2.connect(rig.addresses["DATABASE_URL"]).close()


def test_addresses_in_the_environment_start_nothing(tmp_path):
    given = {
        "DATABASE_URL": "postgresql://a@b/c",
        "WORKER_DATABASE_URL": "postgresql://d@b/c",
        "MIGRATION_DATABASE_URL": "postgresql://e@b/c",
        "REDIS_URL": "redis://f",
    }
    outside = Servers(tmp_path, outside=given)
    assert outside.start() == given
    assert not outside.embedded


def test_half_the_addresses_are_refused_in_a_sentence(tmp_path):
    with pytest.raises(ServerProblem, match="set all of them or none"):
        Servers(tmp_path, outside={"DATABASE_URL": "postgresql://a@b/c"}).start()


def test_a_second_command_on_the_same_data_is_refused_in_a_sentence():
    with pytest.raises(ServerProblem, match="run already"):
        Servers(rig.STATE, outside={}).start()


def test_data_of_an_earlier_checkout_is_refused_in_a_sentence_and_stays(tmp_path):
    folder = places.data_folder(places.who_serves(), tmp_path)
    cluster = folder / "postgres" / "data"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("18")
    try:
        with pytest.raises(ServerProblem, match="make clean"):
            Servers(tmp_path, outside={}).start()
        assert (cluster / "PG_VERSION").exists()
    finally:
        shutil.rmtree(folder / "postgres")
