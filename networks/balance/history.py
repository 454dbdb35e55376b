"""Reading a history of reports that ended before this product was there: one JSON object a line."""

import datetime
import json
from collections.abc import Iterable

from meldpunt.teams.models import Municipality, Team
from networks.models import OutcomeRow
from networks.models.outcome_row import ENDINGS
from signals.vocabulary import AgeBand, Form, Gender, ReferrerRole

AGE_BANDS = {"<12": AgeBand.UNDER_12, "12-15": AgeBand.FROM_12, "16-17": AgeBand.FROM_16}
AGE_BANDS |= {"18-22": AgeBand.FROM_18, "23+": AgeBand.FROM_23, "unknown": AgeBand.UNKNOWN}
FIELDS = {"id", "filed_on", "municipality", "network", "referrer_role", "age_band", "gender", "form", "outcome", "closed_on"}


class NotHistory(ValueError):
    """A line that cannot be read; the message names the line and the field."""


def read_history(lines: Iterable[str], collection: str) -> list[OutcomeRow]:
    """Return a row for each line, not saved; one report is one case. Raises NotHistory, and reads all or nothing."""
    known = {
        "municipality": {"": "", **{code: code for code in Municipality.objects.values_list("code", flat=True)}},
        "network": {"": "", **dict(Team.objects.filter(kind="network").values_list("name", "slug"))},
        "referrer_role": dict(zip(ReferrerRole.values, ReferrerRole.values, strict=True)),
        "age_band": AGE_BANDS,
        "gender": dict(zip(Gender.values, Gender.values, strict=True)),
        "form": dict(zip(Form.values, Form.values, strict=True)),
        "outcome": {code: code for code, _label in ENDINGS},
    }
    rows, ids = [], set()
    for number, line in enumerate(lines, 1):
        if line.strip():
            entry = _entry(line, number)
            if entry["id"] in ids:
                raise NotHistory(f"line {number}: id {entry['id']!r} was there before")
            ids.add(entry["id"])
            rows.append(_row(entry, known, number, collection))
    if not rows:
        raise NotHistory("there is no line in this file")
    return rows


def _entry(line: str, number: int) -> dict:
    try:
        entry = json.loads(line)
    except ValueError as error:
        raise NotHistory(f"line {number}: this is not JSON ({error})") from None
    if not isinstance(entry, dict) or not entry.keys() >= FIELDS:
        lacks = sorted(FIELDS - entry.keys()) if isinstance(entry, dict) else sorted(FIELDS)
        raise NotHistory(f"line {number}: these fields are missing: {', '.join(lacks)}")
    return entry


def _row(entry: dict, known: dict, number: int, collection: str) -> OutcomeRow:
    values = {}
    for name, choices in known.items():
        given = entry[name] if entry[name] is not None else ""
        if not isinstance(given, str) or given not in choices:
            raise NotHistory(f"line {number}: {name} {given!r} is not known here")
        values[name] = choices[given]
    filed, closed = (_day(entry, name, number) for name in ("filed_on", "closed_on"))
    if closed < filed:
        raise NotHistory(f"line {number}: closed_on {closed} is before filed_on {filed}")
    return OutcomeRow(
        collection=collection,
        filed_on=filed,
        ended_on=closed,
        ending=values.pop("outcome"),
        first_of_case=True,
        closing_hours=(closed - filed).days * 24,
        **values,
    )


def _day(entry: dict, name: str, number: int) -> datetime.date:
    try:
        return datetime.date.fromisoformat(entry[name])
    except (TypeError, ValueError):
        raise NotHistory(f"line {number}: {name} {entry[name]!r} is not a day such as 2007-03-31") from None
