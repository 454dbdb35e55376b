"""One case in the records of others: HTCDS 2.0 (IOM) as JSON and CSV, and the breakdown of CoMensha."""

import csv
import io
import json
from functools import cache
from pathlib import Path

from django.utils import timezone

from signals.codelists import HTCDS, NATIONAL
from signals.dispatch.parts import Sent
from signals.models import Dispatch
from signals.models.dispatch import Body
from signals.vocabulary import Form, Outcome
from signals.workflow import CaseState

STANDARD = Path(__file__).parent.parent / "data" / "htcds-2.0.csv"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
OF_SEX = {Form.SEX_PROSTITUTIE: "Prostitution", Form.SEX_ONLINE: "RemoteInteractiveServices"}


class NotInStandard(ValueError):
    """A field or a value that HTCDS 2.0 does not know."""


@cache
def fields() -> dict[str, tuple[str, frozenset[str]]]:
    """Return of each field of the standard its type and the values of its picklist; none where any text goes."""
    with STANDARD.open(encoding="utf-8") as standard:
        rows = list(csv.DictReader(standard))
    return {row["field"]: (row["type"], _picklist(row)) for row in rows}


def _picklist(row: dict) -> frozenset[str]:
    values = row["values"].split("|") if "icklist" in row["type"] else []
    return frozenset(value for value in values if value and " " not in value)


def htcds(row: Dispatch, sent: Sent) -> dict[str, str | list[str]]:
    """Return the record of one case: field to value, a list where the standard takes more. Checked; raises NotInStandard.

    Our suspicion is never more than "possible". A name is split at its first space: the standard has no field for one whole.
    """
    first, _space, rest = sent.name.partition(" ")
    form, gender = sent.codes.get("form"), sent.codes.get("gender")
    found = {
        "prs_FirstName": first,
        "prs_SecondName": rest,
        "prs_Gender": HTCDS["prs_Gender"][1].get(gender, ""),
        "prs_MailingCity": sent.place,
        "vic_TraffickingStatus": "PossibleVictimOfTrafficking",
        "vic_TypeOfExploitation": [HTCDS["vic_TypeOfExploitation"][1][form]] if form in HTCDS["vic_TypeOfExploitation"][1] else [],
        "vic_TypeOfSexExploitation": [OF_SEX[form]] if form in OF_SEX else [],
        "cas_Status": _status(sent),
        "cas_ReferredOrganisation": sent.recipient,
        "cas_ReferredPrimaryCaseWorker": sent.contact,
        "cas_ReasonForOutgoingReferral": (
            "MigrationOrChangeOfLocation" if row.body == Body.REGION else "AdditionalServicesRequired"
        ),
        "cas_OutgoingReferralDate": timezone.localdate(row.at).isoformat(),
        "cas_OutgoingReferralDetails": sent.why,
    }
    return checked({name: value for name, value in found.items() if value})


def _status(sent: Sent) -> str:
    if sent.codes.get("state") != CaseState.CLOSED:
        return "Active"
    return "ClosedReferred" if sent.codes.get("outcome") == Outcome.REFERRED_ELSEWHERE else "Closed"


def checked(found: dict) -> dict:
    """Return a record whose fields and values are those of the standard; raises NotInStandard."""
    for name, value in found.items():
        kind, picklist = fields().get(name, ("", frozenset()))
        if not kind or isinstance(value, list) != kind.startswith("Multiselect"):
            raise NotInStandard(name)
        if picklist and not set(value if isinstance(value, list) else [value]) <= picklist:
            raise NotInStandard(f"{name} {value}")
    return found


def as_json(row: Dispatch, sent: Sent) -> str:
    """Return the record as JSON."""
    found = {"standard": "HTCDS 2.0", "reference": row.case.reference, "record": htcds(row, sent)}
    return json.dumps(found, ensure_ascii=False, indent=2)


def as_csv(row: Dispatch, sent: Sent) -> str:
    """Return the record as CSV: a heading and one row; more values in one cell stand apart by a semicolon."""
    found = htcds(row, sent)
    values = [";".join(value) if isinstance(value, list) else value for value in found.values()]
    return _csv([list(found), values])


def national(sent: Sent) -> list[tuple[str, str]]:
    """Return the case in the breakdown of CoMensha and the National Rapporteur; nothing where these facts did not go."""
    lines = [(name, codes[sent.codes[ours]]) for name, (ours, codes) in NATIONAL.items() if ours in sent.codes]
    return [*lines, ("gemeente", sent.place or "onbekend"), ("status", "vermoeden")] if lines else []


def as_national(row: Dispatch, sent: Sent) -> str:
    """Return the breakdown as CSV."""
    return _csv([["veld", "waarde"], *national(sent)])


def _csv(rows: list) -> str:
    """Write `rows` so that no spreadsheet reads a text as a formula."""
    written = io.StringIO()
    csv.writer(written).writerows([[f"'{text}" if text.startswith(FORMULA) else text for text in row] for row in rows])
    return written.getvalue()
