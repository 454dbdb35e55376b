"""A balance over 100 000 outcomes, against the bare SQL aggregates of the same rows."""

import datetime
import statistics
import time

import psycopg2
from django.db import connection

from bench.figures import Figure
from networks.balance.counting import HOURS, PARTS, Period
from networks.balance.figures import figures

ROWS, TIMES = 100_000, 9
FILL = """
INSERT INTO networks_outcomerow (id, collection, filed_on, ended_on, referrer_role, channel, municipality, network, form,
  age_band, gender, first_of_case, ending, safe_now, triage_hours, routing_hours, accepting_hours, closing_hours,
  times_returned, times_reopened, peers_checked, measures, peers_became_victims)
SELECT gen_random_uuid(), '', DATE '2016-01-01' + (n %% 3650), DATE '2016-01-01' + (n %% 3650) + 40,
  (ARRAY['self','parent','school','care','friend','neighbour','other'])[1 + n %% 7], (ARRAY['web','phone'])[1 + n %% 2],
  (SELECT (array_agg(code))[1 + n %% 25] FROM teams_municipality), (ARRAY['almelo','zwolle','hengelo'])[1 + n %% 3],
  (ARRAY['SEX_LOVERBOY','ARBEID','CRIMINEEL','ONBEKEND'])[1 + n %% 4], (ARRAY['12_15','16_17','18_22'])[1 + n %% 3],
  (ARRAY['f','m'])[1 + n %% 2], n %% 5 > 0,
  (ARRAY['handled_in_network','handled_in_network','youth_care','police','no_signal'])[1 + n %% 5], '',
  n %% 120, n %% 40, n %% 60, n %% 4000, 0, 0, n %% 9, n %% 5, n %% 3
FROM generate_series(1, %(rows)s) AS n
"""
# The bare aggregate: a GROUP BY for each table of the balance, and nothing made of it.
BARE = (
    "SELECT {0}, COUNT(*), COUNT(*) FILTER (WHERE first_of_case) FROM networks_outcomerow"
    " WHERE filed_on BETWEEN %s AND %s AND collection = '' GROUP BY {0}"
)
PERIOD = Period(datetime.date(2016, 1, 1), datetime.date(2026, 12, 31))


def measure(stack) -> list[Figure]:
    """Fill up as the owner of the tables, then take both in turns; medians."""
    owner = psycopg2.connect(stack.env["migration"]["MIGRATION_DATABASE_URL"])
    owner.autocommit = True
    with owner.cursor() as cursor:
        cursor.execute(FILL, {"rows": ROWS})
        cursor.execute("VACUUM ANALYZE networks_outcomerow")
    owner.close()
    whole, bare = [], []
    for _turn in range(TIMES):
        whole.append(_seconds(lambda: figures(PERIOD)))
        bare.append(_seconds(_aggregate))
    ours, theirs = statistics.median(whole), statistics.median(bare)
    return [
        Figure(f"balance over {ROWS} outcomes: median", ours * 1000, "ms"),
        Figure("balance: of the bare SQL aggregates of its tables", ours / theirs, "x", at_most=3),
    ]


def _aggregate() -> None:
    with connection.cursor() as cursor:
        for column in (*PARTS, *HOURS):
            cursor.execute(BARE.format(column), [PERIOD.begins_on, PERIOD.ends_on])
            cursor.fetchall()


def _seconds(work) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
