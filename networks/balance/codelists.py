"""The figures in the code lists of others: HTCDS 2.0 for open data, CoMensha and the National Rapporteur for theirs.

A code of theirs that several of ours fall under is shown only where each of these is shown: nothing new is published.
"""

import csv
import io

from signals.codelists import HTCDS, NATIONAL


def in_codes(found: dict, codes: dict) -> list[tuple[str, str, int | None]]:
    """Return (field, code, cases) of published figures; None where one of what falls under the code is hidden."""
    lines = []
    for field, (table, mapped) in codes.items():
        for code in dict.fromkeys(mapped.values()):
            parts = [found["tables"][table].get(ours.value, 0) for ours, theirs in mapped.items() if theirs == code]
            lines.append((field, code, None if None in parts else sum(parts)))
    return lines


def as_csv(found: dict, codes: dict) -> str:
    """Return published figures in another code list as CSV; a hidden number is empty."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(["field", "code", "from", "to", "cases"])
    begins_on, ends_on = found["period"]["from"], found["period"]["to"]
    for field, code, number in in_codes(found, codes):
        writer.writerow([field, code, begins_on, ends_on, "" if number is None else number])
    return written.getvalue()


def as_htcds(found: dict) -> str:
    """Return open data in the codes of HTCDS 2.0."""
    return as_csv(found, HTCDS)


def as_national(found: dict) -> str:
    """Return what CoMensha and the National Rapporteur ask for."""
    return as_csv(found, NATIONAL)
