"""The real database roles with their real rights, in the database of the tests."""

from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from tests import rig


@pytest.fixture
def granted(monkeypatch):
    """Give the roles of the web and the worker what they have in production."""
    monkeypatch.setenv("DATABASE_URL", rig.addresses["DATABASE_URL"])
    monkeypatch.setenv("WORKER_DATABASE_URL", rig.addresses["WORKER_DATABASE_URL"])
    if not rig.servers.postgres:
        pytest.skip("the servers come from the environment: the owner may not take the other roles")
    call_command("grant_roles", stdout=StringIO())


@contextmanager
def as_role(role):
    """A cursor with the rights of `role`, in a savepoint that is undone."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        yield cursor
        transaction.set_rollback(True)


@contextmanager
def working_as(role):
    """Do what follows with the rights of `role`, and keep it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        yield
        cursor.execute("RESET ROLE")
