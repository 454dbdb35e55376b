"""The door to the reading log: one function, one INSERT."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, models

from meldpunt.audit.models import CODE, Act

INSERT = """
    INSERT INTO audit_entry
        (user_id, role, team_id, act, object_kind, object_id, purpose, source, result, rows)
    VALUES """
VALUES = "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s::varchar[])"
_waiting: ContextVar[list | None] = ContextVar("waiting", default=None)


@contextmanager
def at_once() -> Iterator[None]:
    """Write the rows that are recorded within in one statement, at the end; also where it fails: they were read.

    For a page that reads several things. An act that changes something records by itself.
    """
    if _waiting.get() is not None:
        yield
        return
    token = _waiting.set([])
    try:
        yield
    finally:
        rows = _waiting.get()
        _waiting.reset(token)
        if rows:
            _insert(rows)


def _insert(rows: list[list]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(INSERT + ", ".join([VALUES] * len(rows)), [value for row in rows for value in row])


def record(
    act: str,
    *,
    by=None,
    team=None,
    obj: models.Model | tuple[str, str] | None = None,
    purpose: str = "",
    source: str = "web",
    result: str = "ok",
    rows: Iterable[models.Model | str] | None = None,
) -> None:
    """Add one row to the reading log. Call it as the last statement before commit: it holds the lock of the
    chain.

    `act` is one of `Act`; `by` the user, or None (a referrer, the postman); `team` the team in whose name, by
    default the only team of the user; `obj` the object, or its kind and id; `rows` what a list showed. An
    object goes by its `reference` where it has one, else by its primary key. `purpose`, `source` and `result`
    are codes.

    Raises ValueError on an unknown act and on words where a code belongs: the log never holds content.
    """
    Act(act)
    codes = [str(code) for code in (purpose, source, result)]
    if not all(re.fullmatch(CODE, code) for code in codes):
        raise ValueError("The reading log takes codes, no words.")
    user = by if by is not None and by.pk else None
    role, team = _in_what_role(user, team)
    kind, object_id = name_of(obj) if obj is not None else ("", "")
    shown = [row if isinstance(row, str) else name_of(row)[1] for row in rows or ()]
    row = [user and user.pk, role, team and team.pk, str(act), kind, object_id, *codes, shown]
    waiting = _waiting.get()
    if waiting is None:
        _insert([row])
    else:
        waiting.append(row)


def name_of(obj: models.Model | tuple[str, str]) -> tuple[str, str]:
    """Return the kind and id under which the log knows `obj`: ("case", "ZK-7QK-2MD")."""
    if isinstance(obj, tuple):
        kind, object_id = obj
        return str(kind), str(object_id)
    return obj._meta.model_name, str(getattr(obj, "reference", "") or obj.pk)


def _in_what_role(user, team):
    if user is None:
        return "", team
    if team is not None:
        return user.role_in(team), team
    memberships = user.current_memberships
    if len(memberships) == 1:
        return memberships[0].role, memberships[0].team
    return ",".join(sorted({membership.role for membership in memberships})), None
