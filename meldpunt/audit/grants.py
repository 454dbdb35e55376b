"""What the roles of the web and of the worker may do in the database (security.md, "The reading log").

Nobody but the owner may TRUNCATE, and nobody but the owner changes tables.
"""

from django.db import connection

# What an INSERT into the reading log may name: not the id, not the time, not the hashes.
LOG_COLUMNS = (
    *("user_id", "role", "team_id", "act", "object_kind", "object_id"),
    *("purpose", "source", "result", "rows"),
)

# What may never be written by the web, only read: table -> privileges. Every other table: all four.
WEB_GRANTS = {
    "audit_entry": ("SELECT", f"INSERT ({', '.join(LOG_COLUMNS)})"),
    "django_migrations": ("SELECT",),
    "signals_referencechange": ("SELECT", "INSERT"),
    "teams_partnerchange": ("SELECT", "INSERT"),
    "teams_agreement": ("SELECT", "INSERT", "UPDATE (ended_at, ended_by_id)"),
}

# What the worker changes: it ages a signal, puts it back when its lease has run out, and counts what has ended; it
# delivers a letter (with it the network's earlier ones come back), or says why not, and marks a clock that ran out. What somebody holds who is kept out goes to others.
SIGNAL_COLUMNS = (
    *("state", "version", "urgency", "urgency_score", "aged_at"),
    *("claimed_by_id", "claimed_until", "counted_as"),
)
LETTER_COLUMNS = ("state", "version", "delivered_at", "due_at", "breached_at", "refused_to_deliver", "owner_id", "let_go_at")

# What the worker may do: table -> privileges; a table that is not here stays closed to it. A privilege without
# columns, SELECT or UPDATE, covers the columns that hold neither sealed bytes nor a password (`open_columns`): the
# postman cannot read the letter, nor put another key in its place. Tasks therefore load with `.only(…)` or
# `.defer(…)` where a model has such columns. A table that does not exist yet is passed over.
WORKER_GRANTS = {
    "audit_entry": ("SELECT (id, hash)", f"INSERT ({', '.join(LOG_COLUMNS)})"),
    "django_migrations": ("SELECT",),
    "django_content_type": ("SELECT",),
    "notices_notice": ("SELECT", "INSERT", "UPDATE"),
    "teams_user": ("SELECT",),
    "teams_team": ("SELECT",),
    "teams_membership": ("SELECT",),
    "teams_partner": ("SELECT", "UPDATE (reminded_on)"),
    "teams_agreement": ("SELECT",),
    "teams_municipality": ("SELECT",),
    "teams_coverage": ("SELECT",),
    "teams_dutyshift": ("SELECT",),
    "teams_absence": ("SELECT",),
    "vault_teamkey": ("SELECT",),
    "vault_contentkey": ("SELECT",),
    "vault_contentseal": ("SELECT",),
    "vault_sealedsession": ("SELECT", "DELETE"),
    "vault_unlockedkey": ("SELECT", "DELETE"),
    "signals_signal": ("SELECT", f"UPDATE ({', '.join(SIGNAL_COLUMNS)})"),
    "signals_case": ("SELECT", "UPDATE (state, version)"),
    "signals_assignment": ("SELECT", f"UPDATE ({', '.join(LETTER_COLUMNS)})"),
    "signals_transition": ("SELECT", "INSERT"),
    "signals_task": ("SELECT", "INSERT"),
    "signals_escalation": ("SELECT", "INSERT"),
    "signals_shield": ("SELECT",),
    "signals_handover": ("SELECT", "UPDATE (breached_at)"),
    "signals_rightrequest": ("SELECT", "UPDATE (reminded_on)"),
    "signals_dispatch": ("SELECT", "UPDATE (reminded_on)"),
    "signals_consent": ("SELECT",),
    "signals_consentstep": ("SELECT",),
    "signals_copycheck": ("SELECT", "UPDATE (reminded_on)"),
    "signals_clockterm": ("SELECT",),
    "signals_draft": ("SELECT", "DELETE"),
    "signals_staffdraft": ("SELECT", "DELETE"),
    "signals_visit": ("SELECT", "DELETE"),
    "signals_attachment": ("SELECT",),
    "networks_action": ("SELECT", "UPDATE (reminded_on, owner_id)"),
    "networks_goal": ("SELECT", "UPDATE (owner_id)"),
    "networks_appointment": ("SELECT", "UPDATE (until)"),
    "networks_pulse": ("SELECT", "UPDATE (step, owner_id)"),
    "networks_casefile": ("SELECT",),
    "networks_relation": ("SELECT (id, assignment_id, kind, approached, signal_id, removed_at)",),
    "networks_outcomerow": ("SELECT", "INSERT", "DELETE"),
    "networks_publishedbalance": ("SELECT",),
}
CLOSED_COLUMNS = ("password",)


def open_columns(table: str) -> list[str]:
    """Return the columns of `table` that are in clear: no bytes (all that is sealed is bytes) and no password."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND table_name = %s AND data_type <> 'bytea' AND column_name <> ALL(%s) ORDER BY ordinal_position",
            [table, list(CLOSED_COLUMNS)],
        )
        return [row[0] for row in cursor.fetchall()]


def statements(web: str, worker: str, tables: list[str]) -> list[str]:
    """Return the statements that give the roles `web` and `worker` what they may do with `tables`, and no more."""
    found = []
    for role in (web, worker):
        name = connection.ops.quote_name(role)
        found += [
            f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}",
            f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {name}",
            f"GRANT USAGE ON SCHEMA public TO {name}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
        ]
    every = ("SELECT", "INSERT", "UPDATE", "DELETE")
    for table in tables:
        for privilege in WEB_GRANTS.get(table, every):
            found.append(_grant(privilege, table, web))
        for privilege in WORKER_GRANTS.get(table, ()):
            if privilege in ("SELECT", "UPDATE"):
                columns = ", ".join(connection.ops.quote_name(column) for column in open_columns(table))
                privilege = f"{privilege} ({columns})"
            found.append(_grant(privilege, table, worker))
    return found


def _grant(privilege: str, table: str, role: str) -> str:
    quote = connection.ops.quote_name
    return f"GRANT {privilege} ON public.{quote(table)} TO {quote(role)}"
