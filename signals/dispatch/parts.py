"""What of a case goes outside: parts that somebody chooses, never who filed nor what the referrer wrote."""

from dataclasses import asdict, dataclass, field, fields

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from signals.content import Shared, Suspect
from signals.desk.signal_page import signs_by_topic
from signals.models import Case

PARTS = [
    ("facts", gettext_lazy("Gemeente, vorm, leeftijdsgroep en geslacht")),
    ("person", gettext_lazy("Naam, leeftijd, school en talen")),
    ("must_not_know", gettext_lazy("Wie het niet mag weten")),
    ("signs", gettext_lazy("De tekens. Kijk eerst: wie zag dit?")),
    ("places", gettext_lazy("Waar deze persoon is, en waar het gebeurt. Kijk eerst: wie weet dit?")),
    ("suspects", gettext_lazy("Wie dit doet, volgens de melding")),
    ("others", gettext_lazy("Anderen in gevaar")),
]
FIRST_PARTS = ["facts", "person", "must_not_know"]
NAMING = {"person", "must_not_know", "signs", "places", "suspects", "others"}


@dataclass
class Sent:
    """What went, as it was: to which organisation and whom there, why, the chosen parts, their lines, signs and codes.

    `lines` and `signs` are Dutch, as the document is. `codes` are form, age band, gender and state of the case.
    """

    recipient: str
    contact: str
    why: str
    parts: list[str]
    lines: list[list[str]] = field(default_factory=list)
    signs: list[list] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    name: str = ""
    place: str = ""

    def to_values(self) -> dict:
        """Return what is stored, as plain values."""
        return asdict(self)

    @classmethod
    def from_values(cls, values: dict) -> "Sent":
        """Return what `to_values` gave."""
        return cls(**{one.name: values[one.name] for one in fields(cls) if one.name in values})


def chosen(case: Case, shared: Shared, *, parts: list[str], recipient: str, contact: str, why: str) -> Sent:
    """Return what goes of a case: the chosen `parts` (names of PARTS), in Dutch. The desk's note to networks never goes."""
    made = Sent(recipient, contact, why, [name for name, _label in PARTS if name in parts])
    with override("nl"):
        lines = [line for name in made.parts if name in LINES for line in LINES[name](case, shared)]
        made.lines = [[name, value] for name, value in lines if value]
        if "signs" in parts:
            made.signs = [[topic, signs] for topic, signs in signs_by_topic(shared.signs)]
    if "facts" in parts:
        made.codes = {"form": case.form, "age_band": case.age_band, "gender": case.gender}
        made.place = case.municipality.name if case.municipality else ""
    made.codes |= {"state": case.state, "outcome": case.outcome}
    made.name = shared.name if "person" in parts else ""
    return made


def _facts(case: Case, shared: Shared) -> list[tuple[str, str]]:
    return [
        (_("Gemeente"), case.municipality.name if case.municipality else ""),
        (_("Vorm"), str(case.get_form_display())),
        (_("Leeftijdsgroep"), str(case.get_age_band_display())),
        (_("Geslacht"), str(case.get_gender_display())),
    ]


def _person(case: Case, shared: Shared) -> list[tuple[str, str]]:
    return [
        (_("Naam"), shared.name),
        (_("Leeftijd"), shared.age_text),
        (_("School of werk"), shared.school),
        (_("Talen"), ", ".join(shared.languages)),
    ]


def _must_not_know(case: Case, shared: Shared) -> list[tuple[str, str]]:
    return [(_("Mag het niet weten"), shared.must_not_know)]


def _places(case: Case, shared: Shared) -> list[tuple[str, str]]:
    return [(_("Woont of slaapt in"), shared.place), (_("Waar het gebeurt"), shared.happens)]


def _suspects(case: Case, shared: Shared) -> list[tuple[str, str]]:
    return [(_("Genoemd in de melding, geen feit"), _suspect(one)) for one in shared.suspects]


def _suspect(one: Suspect) -> str:
    return ", ".join(value for value in asdict(one).values() if value)


def _others(case: Case, shared: Shared) -> list[tuple[str, str]]:
    return [(_("Misschien ook in gevaar"), ", ".join(filter(None, (one.name, one.relation)))) for one in shared.others]


LINES = {
    "facts": _facts,
    "person": _person,
    "must_not_know": _must_not_know,
    "places": _places,
    "suspects": _suspects,
    "others": _others,
}
