"""A copy of what is kept about somebody, for that person: never who filed, nor what is about others."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meldpunt.vault import sealed
from signals import content
from signals.desk.signal_page import signs_by_topic
from signals.models import Case

# What a copy may hold. Signs and places can show who saw them, so a coordinator looks before choosing these.
PARTS = [
    ("person", gettext_lazy("Naam, leeftijd, school en talen")),
    ("facts", gettext_lazy("Gemeente, vorm, begin en uitkomst")),
    ("networks", gettext_lazy("Welke netwerken de zaak kregen")),
    ("signs", gettext_lazy("De tekens. Kijk eerst: wie zag dit?")),
    ("places", gettext_lazy("Waar het gebeurt. Kijk eerst: wie weet dit?")),
]
SAFE_PARTS = ["person", "facts", "networks"]


@dataclass(frozen=True)
class Copy:
    """Lines (name, value) to read, and the signs by topic where these were chosen."""

    lines: list[tuple[str, str]]
    signs: list[tuple[str, list[str]]]


def copy_of(keyring, case: Case, parts: list[str]) -> Copy:
    """Open what networks share of a case and return the chosen `parts` (names of PARTS); a row "export" in the reading log.

    Suspects, others around the person, who must not know, and notes are never on it. Raises Locked, CannotOpen.
    """
    data = sealed.read(keyring, case, "shared", act="export", purpose="right_copy")[0]
    shared = content.from_bytes(content.Shared, data)
    lines = []
    if "person" in parts:
        lines += [
            (_("Naam"), shared.name),
            (_("Leeftijd"), shared.age_text or str(case.get_age_band_display())),
            (_("School of werk"), shared.school),
            (_("Talen"), ", ".join(shared.languages)),
        ]
    if "facts" in parts:
        lines += _facts(case, shared)
    if "networks" in parts:
        lines.append((_("Gedeeld met"), ", ".join(_networks(case))))
    if "places" in parts:
        lines.append((_("Waar het gebeurt"), shared.happens))
    signs = signs_by_topic(shared.signs) if "signs" in parts else []
    return Copy([(name, value) for name, value in lines if value], signs)


def _facts(case: Case, shared: content.Shared) -> list[tuple[str, str]]:
    place = case.municipality.name if case.municipality else ""
    return [
        (_("Woont of slaapt in"), place or shared.place),
        (_("Soort"), str(case.get_form_display())),
        (_("Zaak geopend in"), str(case.opened_at.year)),
        (_("Hoe het afliep"), str(case.get_outcome_display())),
    ]


def _networks(case: Case) -> list[str]:
    delivered = case.assignments.exclude(delivered_at=None).select_related("team").order_by("queued_at")
    return list(dict.fromkeys(letter.team.name for letter in delivered))
