"""Many signals and cases, by copying real ones in SQL.

A seal is bound to the id of its object, so a copy cannot be opened. Therefore the really filed signals are made the
most urgent of all: the 50 rows of the first page open, and the copies, with blobs as large, lie behind them.
"""

import psycopg2

FIRST = 60
# Of a hundred signals twenty are new, five in triage, five wait for the referrer; the others are decided.
MIX = """
CREATE TEMP TABLE mix AS
SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS case_id, gen_random_uuid() AS letter, gen_random_uuid() AS key,
       CASE WHEN n %% 100 < 20 THEN 'received' WHEN n %% 100 < 25 THEN 'in_triage' WHEN n %% 100 < 30 THEN 'asked'
            ELSE 'decided' END AS state,
       CASE WHEN n / 100 %% 20 = 0 THEN 'acute' WHEN n / 100 %% 20 < 8 THEN 'urgent' ELSE 'normal' END AS urgency,
       now() - n * interval '50 minutes' AS at, n %% 100 >= 40 AS has_case
FROM generate_series(%(first)s, %(last)s) AS n
"""
CASES = {
    "id": "m.case_id", "reference": "'ZX-' || m.n", "state": "CASE WHEN m.n %% 100 < 44 THEN 'with_network' ELSE 'closed' END",
    "urgency": "m.urgency", "form": "s.form", "age_band": "s.age_band", "gender": "s.gender",
    "municipality_id": "s.municipality_id", "opened_at": "m.at",
    "closed_at": "CASE WHEN m.n %% 100 < 44 THEN NULL ELSE m.at END",
    "outcome": "CASE WHEN m.n %% 100 < 44 THEN '' ELSE 'handled_in_network' END", "safe_now": "''", "version": "1",
    "shared": "s.report",
}  # fmt: skip
LETTERS = {
    "id": "m.letter", "case_id": "m.case_id", "team_id": "%(team)s", "part": "'lead'",
    "state": "CASE WHEN m.n %% 100 < 44 THEN 'accepted' ELSE 'ended' END", "routed_by_id": "%(user)s", "queued_at": "m.at",
    "delivered_at": "m.at", "refused_to_deliver": "false", "reason": "''", "basis": "''", "version": "1",
}  # fmt: skip
SIGNALS = {
    "id": "m.id", "reference": "'OX-' || m.n", "state": "m.state", "urgency": "m.urgency", "urgency_score": "m.n %% 40",
    "decision": "CASE WHEN m.state <> 'decided' THEN '' WHEN m.has_case THEN 'new_case' ELSE 'no_signal' END",
    "case_id": "CASE WHEN m.has_case THEN m.case_id END", "filed_at": "m.at",
    "due_at": "CASE WHEN m.urgency = 'acute' OR m.n %% 3 > 0 THEN now() + interval '1 day' ELSE m.at END",
    "decided_at": "CASE WHEN m.state = 'decided' THEN m.at END",
    "filed_once": "decode(replace(m.id::text || m.case_id::text, '-', ''), 'hex')",
    "claimed_by_id": "NULL", "claimed_until": "NULL", "snoozed_until": "NULL", "counted_as": "NULL",
}  # fmt: skip
KEYS = {
    "id": "m.key", "kind": "'signal'", "object_id": "m.id", "purpose": "'report'", "version": "1", "created_at": "m.at",
}  # fmt: skip
SEALS = {"content_key_id": "m.key", "team_key_id": "c.team_key_id", "sealed": "c.sealed"}


class Bulk:
    """Fills the tables of a stack as their owner, and explains how the database reads them."""

    def __init__(self, owner_url: str):
        self.connection = psycopg2.connect(owner_url)
        self.connection.autocommit = True
        self.cursor = self.connection.cursor()

    def close(self) -> None:
        """Let go of the connection."""
        self.connection.close()

    def put_first(self) -> None:
        """Make sixty really filed signals the head of the queue."""
        self.cursor.execute(
            "UPDATE signals_signal SET urgency = 'acute', urgency_score = 1000 WHERE id IN"
            " (SELECT id FROM signals_signal WHERE state = 'received' AND reference LIKE 'OV-%%'"
            " ORDER BY filed_at LIMIT %s)",
            [FIRST],
        )

    def fill_up_to(self, total: int) -> None:
        """Add copies until there are `total` signals, with cases, letters, keys and seals; then VACUUM ANALYZE."""
        have = self._one("SELECT count(*) FROM signals_signal")
        values = {"first": have + 1, "last": total}
        values["team"] = self._one("SELECT team_id FROM teams_coverage LIMIT 1")
        values["user"] = self._one("SELECT id FROM teams_user ORDER BY created_at LIMIT 1")
        self.cursor.execute("DROP TABLE IF EXISTS mix")
        self.cursor.execute(MIX, values)
        source = " FROM mix m CROSS JOIN (SELECT * FROM signals_signal WHERE reference LIKE 'OV-%%' LIMIT 1) s"
        self._copy("signals_case", CASES, source + " WHERE m.has_case", values)
        self._copy("signals_assignment", LETTERS, source + " WHERE m.has_case", values)
        self._copy("signals_signal", self._rest_of("signals_signal", SIGNALS), source, values)
        self._copy("vault_contentkey", KEYS, " FROM mix m", values)
        seal = " CROSS JOIN (SELECT * FROM vault_contentseal WHERE team_key_id IS NOT NULL LIMIT 1) c"
        self._copy("vault_contentseal", SEALS, " FROM mix m" + seal, values)
        self.cursor.execute("VACUUM ANALYZE")

    def _one(self, statement: str):
        self.cursor.execute(statement)
        return self.cursor.fetchone()[0]

    def _rest_of(self, table: str, known: dict) -> dict:
        """`known` and, for every other column that can be written, that of the row that is copied."""
        self.cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'", [table]
        )
        return {name: known.get(name, f"s.{name}") for (name,) in self.cursor.fetchall()}

    def _copy(self, table: str, columns: dict, source: str, values: dict) -> None:
        self.cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns.values())}{source}", values)
