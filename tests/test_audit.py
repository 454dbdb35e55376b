"""The reading log: what it takes, that nobody changes it, and that tampering shows."""

import threading
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from meldpunt.audit.log import record
from meldpunt.audit.models import Act, AppendOnly, Entry
from meldpunt.audit.tasks import write_head
from meldpunt.notices.actions import leave
from meldpunt.notices.tasks import send_waiting
from meldpunt.teams.models import Membership, Role, Team, TeamKind, User
from tests import rig
from tests.roles import as_role, granted, working_as  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return Team.objects.create(slug="zwolle-log", name="Zwolle", kind=TeamKind.NETWORK)


@pytest.fixture
def member(team):
    user = User.objects.create(email="lid@example.org", name="Lid")
    Membership.objects.create(user=user, team=team, role=Role.MEMBER)
    return user


@pytest.fixture(autouse=True)
def no_heads(settings):
    settings.AUDIT_HEADS = ""


@pytest.fixture
def heads(no_heads, settings, tmp_path):
    settings.AUDIT_HEADS = str(tmp_path / "heads")
    return Path(settings.AUDIT_HEADS)


@contextmanager
def triggers_off():
    """What an owner of the database can do."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        yield cursor
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")


def verify():
    out = StringIO()
    call_command("verify_log", stdout=out, stderr=StringIO())
    return out.getvalue()


def fill(number):
    for index in range(number):
        record(Act.READ, obj=("case", f"ZK-{index}"))


def test_a_row_says_who_did_what_in_which_role_and_why(member, team):
    record(Act.REVEAL, by=member, team=team, obj=("case", "ZK-7QK-2MD"), purpose="call_back")
    entry = Entry.objects.get()
    assert (entry.user, entry.role, entry.team, entry.act) == (member, "member", team, "reveal")
    assert (entry.object_kind, entry.object_id, entry.purpose) == ("case", "ZK-7QK-2MD", "call_back")
    assert (entry.source, entry.result, entry.rows) == ("web", "ok", [])


def test_the_only_team_of_a_user_is_filled_in(member, team):
    record(Act.CHANGE, by=member, obj=team)
    entry = Entry.objects.get()
    assert (entry.team, entry.role, entry.object_kind, entry.object_id) == (
        team,
        "member",
        "team",
        str(team.pk),
    )


def test_a_list_is_one_row_with_what_it_showed(member):
    record(Act.LIST, by=member, rows=["ZK-1", "ZK-2"])
    assert Entry.objects.get().rows == ["ZK-1", "ZK-2"]
    record(Act.READ, obj=("case", "ZK-9"))
    assert Entry.objects.about("", "ZK-2").count() == 1


def test_one_act_is_one_statement(member, django_assert_num_queries):
    member.current_memberships  # noqa: B018 (fills the cache of this request)
    with django_assert_num_queries(1):
        record(Act.READ, by=member, obj=("case", "ZK-1"))


def test_words_are_refused_where_a_code_belongs(member):
    with pytest.raises(ValueError, match="no words"):
        record(Act.REVEAL, by=member, purpose="Moeder belde, ze is bang")
    with pytest.raises(ValueError, match="snoop"):
        record("snoop", by=member)
    assert not Entry.objects.exists()


def test_the_chain_holds_whatever_it_holds(member):
    record(Act.SIGN_IN, by=member)
    record(Act.SEARCH, by=member, rows=["", "a|b", "-", "Ünï😀", "3:abc"])
    record(Act.REFUSED, result="refused", source="worker", obj=("file", "naïef 日本"))
    assert verify().startswith("3 rows hold")


def test_the_model_changes_and_removes_nothing(member):
    record(Act.READ, by=member)
    entry = Entry.objects.get()
    for attempt in (
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(act="list"),
        lambda: Entry.objects.create(act="read"),
        lambda: Entry.objects.bulk_create([Entry(act="read")]),
    ):
        with pytest.raises(AppendOnly):
            attempt()


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET act = 'list'", "DELETE FROM audit_entry"])
def test_the_trigger_refuses_the_owner_too(statement):
    fill(1)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_database_sets_id_time_and_hash_itself():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (id, at, previous_hash, hash, act, role, object_kind, object_id, purpose,"
            " source, result, rows) VALUES (77, '2001-01-01', 'x', 'x', 'read', '', '', '', '', '', '', '{}')"
        )
    entry = Entry.objects.get()
    assert entry.pk == 1
    assert entry.at.year > 2001
    assert verify().startswith("1 rows hold")


@pytest.mark.parametrize("role", ["meldpunt_web", "meldpunt_worker"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET act = 'list'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "ALTER TABLE audit_entry DISABLE TRIGGER USER",
        "DROP TABLE audit_entry",
        "INSERT INTO audit_entry (act, role, object_kind, object_id, purpose, source, result, rows, hash)"
        " VALUES ('read', '', '', '', '', '', '', '{}', 'x')",
        "INSERT INTO audit_entry (act, role, object_kind, object_id, purpose, source, result, rows, id)"
        " VALUES ('read', '', '', '', '', '', '', '{}', 9)",
        "INSERT INTO audit_entry (act, role, object_kind, object_id, purpose, source, result, rows, at)"
        " VALUES ('read', '', '', '', '', '', '', '{}', now())",
    ],
)
@pytest.mark.usefixtures("granted")
def test_the_roles_in_use_can_neither_change_nor_forge(role, statement):
    fill(1)
    with as_role(role) as cursor, pytest.raises(DatabaseError, match=r"permission denied for|must be owner"):
        cursor.execute(statement)


@pytest.mark.parametrize("role", ["meldpunt_web", "meldpunt_worker"])
@pytest.mark.usefixtures("granted")
def test_the_roles_in_use_can_add_a_row(member, role):
    with working_as(role):
        record(Act.READ, by=member, obj=("case", "ZK-1"))
    assert verify().startswith("1 rows hold")


@pytest.mark.usefixtures("granted")
def test_the_worker_can_do_its_work_with_its_own_rights(member, team, heads, mailoutbox):
    fill(2)
    with working_as("meldpunt_worker"):
        leave(team.active_users(Role.MEMBER), kind="delivered", path="/netwerk/")
        send_waiting()
        write_head()
    assert [mail.to for mail in mailoutbox] == [[member.email]]
    assert verify().startswith("2 rows hold; 0 of them")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT password FROM teams_user",
        "SELECT sealed FROM vault_contentseal",
        "SELECT wrapped_secret FROM vault_userkey",
        "SELECT report FROM signals_signal",
        "SELECT shared FROM signals_case",
        "UPDATE signals_case SET shared = 'x'",
        "UPDATE vault_contentseal SET sealed = 'x'",
        "INSERT INTO teams_membership (role) VALUES ('lead')",
        "SELECT role FROM audit_entry",
    ],
)
@pytest.mark.usefixtures("granted")
def test_the_worker_cannot_read_or_replace_what_is_sealed(statement):
    with as_role("meldpunt_worker") as cursor, pytest.raises(DatabaseError, match="permission denied for"):
        cursor.execute(statement)


@pytest.mark.usefixtures("granted")
def test_no_bytes_lie_open_to_the_worker():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND (data_type = 'bytea' OR column_name = 'password')"
            " AND has_column_privilege('meldpunt_worker', quote_ident(table_name), column_name, 'SELECT, UPDATE')"
        )
        assert cursor.fetchall() == [("audit_entry", "hash")]


def test_roles_that_are_the_same_are_refused(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", rig.addresses["MIGRATION_DATABASE_URL"])
    with pytest.raises(CommandError, match="a database role each"):
        call_command("grant_roles")


def test_a_changed_row_shows():
    fill(3)
    with triggers_off() as cursor:
        cursor.execute("UPDATE audit_entry SET object_id = 'ZK-other' WHERE id = 2")
    with pytest.raises(CommandError, match="Row 2 was changed"):
        verify()


def test_a_removed_row_shows():
    fill(3)
    with triggers_off() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE id = 2")
    with pytest.raises(CommandError, match="Row 2 is missing"):
        verify()


def test_a_cut_tail_shows_against_the_kept_head(heads):
    fill(3)
    write_head()
    with triggers_off() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE id = 3")
    with pytest.raises(CommandError, match="was 3 rows long and has 2"):
        verify()


def test_a_log_written_anew_shows_against_the_kept_head(heads):
    fill(3)
    call_command("write_log_head", stdout=StringIO())
    with triggers_off() as cursor:
        cursor.execute("DELETE FROM audit_entry")
    for index in range(5):
        record(Act.LIST, obj=("case", f"ZK-forged-{index}"))
    with pytest.raises(CommandError, match="Row 3 is not the one of"):
        verify()
    write_head()
    with pytest.raises(CommandError, match="Row 3 is not the one of"):
        verify()


def test_a_log_that_became_shorter_between_two_heads_shows(heads):
    fill(3)
    write_head()
    with triggers_off() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE id > 1")
    write_head()
    with pytest.raises(CommandError, match="had 1 rows, before that 3"):
        verify()


def test_what_came_after_the_last_head_is_counted(heads):
    write_head()
    fill(2)
    write_head()
    fill(3)
    assert verify() == "5 rows hold; 3 of them came after the last kept head.\n"


def test_heads_that_cannot_be_read_are_reported(heads):
    with pytest.raises(CommandError, match="cannot be read"):
        verify()
    heads.write_text("nonsense\n")
    with pytest.raises(CommandError, match="cannot be read"):
        verify()


def test_a_transaction_that_is_undone_leaves_no_row():
    with transaction.atomic():
        record(Act.READ)
        transaction.set_rollback(True)
    fill(1)
    assert verify().startswith("1 rows hold")


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_make_one_chain():
    def write():
        for _ in range(20):
            record(Act.READ, obj=("case", "ZK-1"))
        connection.close()

    writers = [threading.Thread(target=write) for _ in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert verify().startswith("120 rows hold")
