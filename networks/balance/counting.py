"""Counting outcome rows: one pass over the table for every figure of the balance."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

LEGS = ("triage", "routing", "accepting", "closing")
HOURS = tuple(f"{leg}_hours" for leg in LEGS)
AROUND = ("peers_checked", "measures", "peers_became_victims")
PARTS = ("municipality", "referrer_role", "channel", "form", "age_band", "gender", "youth_care_needed", "ending", *AROUND)
YEAR = "EXTRACT(YEAR FROM filed_on)::int"
BASIS = {"filed": "filed_on", "ended": "ended_on"}


@dataclass(frozen=True)
class Period:
    """From the first day to the last one, both included; `basis` says which day of a report counts."""

    begins_on: datetime.date
    ends_on: datetime.date
    basis: str = "filed"
    collection: str | None = ""  # our own work; None is all there is, a name one loaded history

    def where(self) -> tuple[str, list]:
        """Return the condition in SQL with its parameters."""
        sql, values = f"{BASIS[self.basis]} BETWEEN %s AND %s", [self.begins_on, self.ends_on]
        if self.collection is not None:
            sql, values = f"{sql} AND collection = %s", [*values, self.collection]
        return sql, values


@dataclass
class Counts:
    """Reports and cases by each part: `reports["referrer_role"]["school"]`; `years[2007][ending]` in reports.

    `hours[leg]` is {whole hours: cases}; so is `cases["measures"]` {measures in a case: cases}, None where not counted.
    """

    reports: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    cases: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    years: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    hours: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @property
    def all_reports(self) -> int:
        return sum(self.reports["ending"].values())

    @property
    def all_cases(self) -> int:
        return sum(self.cases["ending"].values())

    def added_up(self, part: str) -> int:
        """Return how many there were in all cases together, for one of AROUND: for inside, never to be published."""
        return sum((number or 0) * cases for number, cases in self.cases[part].items())


def count(period: Period, *, network: str = "", unseen: Sequence[uuid.UUID] = ()) -> Counts:
    """Count the rows of a period in one statement; with `network` (a slug) only what that network handled.

    `unseen` are rows that are left out: those of reports that the reader is kept out of.
    """
    where, values = period.where()
    if unseen:
        where, values = f"{where} AND id <> ALL(%s)", [*values, list(unseen)]
    if network:
        where, values = f"{where} AND network = %s", [*values, network]
    columns = (*PARTS, *HOURS)
    sets = ", ".join([*(f"({column})" for column in columns), f"({YEAR}, ending)"])
    named = ", ".join(columns)
    counts = Counts()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT GROUPING({named}, {YEAR}), {named}, {YEAR}, COUNT(*), COUNT(*) FILTER (WHERE first_of_case)"
            f" FROM networks_outcomerow WHERE {where} GROUP BY GROUPING SETS ({sets})",
            values,
        )
        for mask, *row in cursor.fetchall():
            _put(counts, mask, dict(zip((*columns, "year"), row, strict=False)), row[-2], row[-1])
    return counts


def _put(counts: Counts, mask: int, row: dict, reports: int, cases: int) -> None:
    """Put one line of the answer where it belongs; a bit of `mask` is 0 for a column that the line is about."""
    names = list(row)
    about = [name for place, name in enumerate(reversed(names)) if not mask >> place & 1]
    if "year" in about:
        counts.years[row["year"]][row["ending"]] = reports
    elif about[0] in HOURS:
        if row[about[0]] is not None and cases:
            counts.hours[about[0].removesuffix("_hours")][row[about[0]]] = cases
    else:
        counts.reports[about[0]][row[about[0]]] = reports
        if cases:
            counts.cases[about[0]][row[about[0]]] = cases


def percentile(hours: dict[int, int], share: float) -> int | None:
    """Return the least number of hours within which `share` (0 to 1) of the cases were done, or None for no cases."""
    wanted, seen = share * sum(hours.values()), 0
    for length in sorted(hours):
        seen += hours[length]
        if seen >= wanted:
            return length
    return None
