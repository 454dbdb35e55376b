"""Handings over in a list, and one opened for who may read it."""

import json
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from meldpunt.teams.partners import LegalBasis
from meldpunt.vault import sealed
from signals.dispatch.parts import PARTS, Sent
from signals.models import Case, Dispatch
from signals.sharing.consent import covers


@dataclass(frozen=True)
class Opened:
    """What went, the names of its parts, and who says they have it (empty where nobody does)."""

    sent: Sent
    parts: list[str]
    receipt: str


def of_case(user, case: Case) -> list[Dispatch]:
    """Return what `user` may know was handed over of a case, the last first; `opens` where it may be read too."""
    mine = Dispatch.objects.visible_to(user).filter(pk=OuterRef("pk"))
    rows = Dispatch.objects.known_to(user).filter(case=case).annotate(opens=Exists(mine))
    return list(rows.select_related("case", "team", "by").defer("sent", "receipt", "case__shared", "by__password"))


def opened(keyring, row: Dispatch) -> Opened:
    """Open one for a person's eyes; one row in the reading log. Raises Locked, CannotOpen."""
    fields = ["sent", "receipt"] if row.receipt else ["sent"]
    data = sealed.read(keyring, row, *fields)
    sent = Sent.from_values(json.loads(data[0]))
    names = [str(label).partition(". ")[0] for name, label in PARTS if name in sent.parts]
    return Opened(sent, names, data[1].decode() if row.receipt else "")


def stopped(row: Dispatch, sent: Sent) -> str:
    """Return in words why nothing of a handing over leaves any more: its case may only be kept for now, or no consent carries
    it today. Empty where it may. What left already is asked after (signals.actions.copies).
    """
    if row.case.restricted_on and row.basis != LegalBasis.VITAL_INTEREST:
        return _("Deze zaak mag even niet gebruikt worden. Delen mag nu alleen bij gevaar.")
    if row.basis == LegalBasis.CONSENT and not covers(row.case.consents, row.body, sent.parts):
        return _("De toestemming geldt niet meer. Hiervan gaat niets meer naar buiten.")
    return ""


def sent_of(keyring, row: Dispatch) -> Sent:
    """Open what went, to make what leaves from it; the caller writes the export. Raises Locked, CannotOpen."""
    return Sent.from_values(json.loads(sealed.peek(keyring, row, "sent")))
