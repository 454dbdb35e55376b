"""What was changed of a partner, in words; and what differs between what somebody typed and what stands now."""

import datetime
from dataclasses import dataclass

from django.utils.formats import date_format

from meldpunt.teams.partner_forms import PartnerForm
from meldpunt.teams.partners import LegalBasis, Partner, PartnerChange, PartnerRole

DAYS = ("agreed_on", "review_on")


@dataclass(frozen=True)
class Difference:
    """One field with its two values in words: before and after, or what stands now and what was typed."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class HistoryLine:
    """One change with its differences."""

    change: PartnerChange
    differences: list[Difference]


def in_words(name: str, value) -> str:
    """Return a value of a partner as a page says it; days come as dates or, from the history, as text."""
    if not value:
        return "–"
    if name == "role":
        return str(PartnerRole(value).label)
    if name == "bases":
        return ", ".join(str(LegalBasis(code).label) for code in value)
    if name in DAYS:
        return date_format(datetime.date.fromisoformat(str(value)), "j F Y")
    return str(value)


def _label(name: str) -> str:
    return str(PartnerForm.base_fields[name].label)


def history(partner: Partner) -> list[HistoryLine]:
    """Return the changes of a partner, newest first, in one statement."""
    changes = partner.changes.select_related("by").defer("by__password")
    return [
        HistoryLine(
            change,
            [
                Difference(_label(name), in_words(name, change.old.get(name)), in_words(name, value))
                for name, value in change.new.items()
                if change.old and name in PartnerForm.KEPT
            ],
        )
        for change in changes
    ]


def differences(form: PartnerForm, partner: Partner) -> list[Difference]:
    """Return the fields of a valid form that differ from what stands now: (label, now, typed)."""
    return [
        Difference(_label(name), in_words(name, getattr(partner, name)), in_words(name, value))
        for name, value in form.values.items()
        if value != getattr(partner, name)
    ]
