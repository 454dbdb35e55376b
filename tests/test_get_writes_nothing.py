"""Looking changes nothing: a GET writes rows of the reading log and the clock of the own session, and no other table."""

import pytest
from django.db import connection
from django.urls import reverse

from tests.access_table import SIGN_IN, TABLE
from tests.test_access import arguments, confirmed
from tests.worlds import World

pytestmark = pytest.mark.django_db
OWN = {"audit_entry", "vault_sealedsession", "vault_unlockedkey"}
ARGUMENTS = sorted({one for _method, wanted, _expected in TABLE.values() for one in wanted})


@pytest.fixture
def world(settings):
    return World(settings)


def written():
    """How many rows this transaction has written so far, by table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return dict(cursor.fetchall())


def pages(who):
    """The pages that somebody may look at; the public ones once, by a visitor. Leaving ends the session, so it is no look."""
    for name, (method, wanted, expected) in TABLE.items():
        public = expected[None] in (200, 302, 303)
        if method == "GET" and expected[who] not in (SIGN_IN, 403) and (who is None or not public) and name != "leave":
            yield name, wanted


@pytest.mark.parametrize("who", [None, "coordinator", "lead", "administrator"])
def test_no_page_writes_when_it_is_looked_at(world, who):
    values = dict(zip(ARGUMENTS, arguments(world, ARGUMENTS), strict=True))
    browser = confirmed(world.client(who)) if who else world.client()
    found = {}
    for name, wanted in pages(who):
        before = written()
        browser.get(reverse(name, args=[values[one] for one in wanted]))
        changed = {table for table, rows in written().items() if rows != before.get(table, 0)}
        if changed - OWN:
            found[name] = changed - OWN
    assert not found
