"""The filters of the queue and of the list of cases: known keys with known codes in the address, never free text."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signals.vocabulary import AgeBand, Channel, Form, ReferrerRole, Urgency

LISTS = {
    "dringend": (gettext_lazy("Hoe dringend"), "urgency", Urgency),
    "van": (gettext_lazy("Van wie"), "referrer_role", ReferrerRole),
    "kanaal": (gettext_lazy("Kanaal"), "channel", Channel),
    "leeftijd": (gettext_lazy("Leeftijd"), "age_band", AgeBand),
    "vorm": (gettext_lazy("Vorm"), "form", Form),
}
TICKS = {
    "laat": gettext_lazy("Te laat"),
    "ongelezen": gettext_lazy("Nieuw bericht van de melder"),
    "mij": gettext_lazy("Op mijn naam"),
    "vrij": gettext_lazy("Op niemands naam"),
    "later": gettext_lazy("Komt later terug"),
    "terug": gettext_lazy("Teruggegeven"),
}
OF_CASES = ("dringend", "leeftijd", "vorm")
NOWHERE = "onbekend"
ORDER = (*LISTS, "gemeente", "netwerk", *TICKS)


@dataclass(frozen=True)
class Places:
    """What may be chosen as a place: municipalities by code and networks by slug, with their names."""

    municipalities: dict[str, str] = field(default_factory=dict)
    networks: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, coverage: list[dict]) -> "Places":
        """Make it from rows with `code`, `name`, `slug` and `network`."""
        found = sorted(coverage, key=lambda row: row["name"])
        networks = sorted({(row["network"], row["slug"]) for row in found})
        return cls({row["code"]: row["name"] for row in found}, {slug: name for name, slug in networks})


@dataclass(frozen=True)
class Filters:
    """What is chosen, {key: code} in a fixed order; whatever is not known was left out."""

    chosen: dict[str, str]
    places: Places

    @classmethod
    def read(cls, given, places: Places) -> "Filters":
        """Read the parameters of an address."""
        found = {key: str(given.get(key, "")) for key in ORDER}
        return cls({key: code for key, code in found.items() if code and _known(key, code, places)}, places)

    @classmethod
    def from_query(cls, query: str, places: Places) -> "Filters":
        """Read a filter that was kept; what does not exist any more is left out."""
        return cls.read(dict(parse_qsl(query)), places)

    def __bool__(self):
        return bool(self.chosen)

    def __contains__(self, key: str):
        return key in self.chosen

    @property
    def query(self) -> str:
        """The parameters as they stand in an address."""
        return urlencode(self.chosen)

    def without(self, key: str) -> str:
        """The parameters without one of them."""
        return urlencode({name: code for name, code in self.chosen.items() if name != key})

    def chips(self) -> list[dict]:
        """What is chosen, in words, each with the parameters that remain when it is taken away."""
        return [
            {"key": key, "label": self.named(key, code), "without": self.without(key)}
            for key, code in self.chosen.items()
        ]

    @property
    def words(self) -> str:
        """What is chosen, in one line."""
        return ", ".join(self.named(key, code) for key, code in self.chosen.items())

    def named(self, key: str, code: str) -> str:
        """One choice in words."""
        if key in TICKS:
            return str(TICKS[key])
        if key in LISTS:
            return str(LISTS[key][2](code).label)
        if key == "netwerk":
            return _("Netwerk %(name)s") % {"name": self.places.networks[code]}
        return _("Plaats niet bekend") if code == NOWHERE else self.places.municipalities[code]

    def lists(self, keys: tuple[str, ...] = tuple(LISTS)) -> list[dict]:
        """The questions of the filter form: name, label and options (code, label, chosen)."""
        asked = [(key, LISTS[key][0], LISTS[key][2].choices) for key in keys]
        places = [*self.places.municipalities.items(), (NOWHERE, _("Plaats niet bekend"))]
        asked += [("gemeente", _("Gemeente"), places), ("netwerk", _("Netwerk"), self.places.networks.items())]
        return [
            {
                "name": key,
                "label": label,
                "options": [(code, words, self.chosen.get(key) == code) for code, words in options],
            }
            for key, label, options in asked
        ]

    def of_cases(self) -> list[dict]:
        """The questions of the filter form of cases."""
        return self.lists(OF_CASES)

    def ticks(self) -> list[tuple[str, str, bool]]:
        """The boxes of the filter form: name, label, whether it is ticked."""
        return [(key, label, key in self.chosen) for key, label in TICKS.items() if key != "terug"]

    def ticks_of_cases(self) -> list[tuple[str, str, bool]]:
        """The boxes of the filter form of cases."""
        return [(key, TICKS[key], key in self.chosen) for key in ("laat", "terug")]

    def signals(self, rows: QuerySet, user) -> QuerySet:
        """Only the undecided signals that fit; what was put off shows only where that is asked for."""
        return self._ticked(rows.asleep() if "later" in self else rows.awake(), user)

    def of_decided(self, rows: QuerySet, user) -> QuerySet:
        """Only the decided signals that fit: no clock runs, and nothing is put off."""
        return self._ticked(rows, user, {"ongelezen", "mij", "vrij"})

    def letters(self, rows: QuerySet, user) -> QuerySet:
        """Only the letters whose case and clock fit; kind of referrer and channel are of signals."""
        values = {f"case__{column}": code for column, code in self._values(OF_CASES).items()}
        if "mij" in self:
            values["routed_by"] = user
        rows = rows.filter(**values)
        return rows.filter(due_at__lt=timezone.now()) if "laat" in self else rows

    def cases(self, rows: QuerySet) -> QuerySet:
        """Only the cases that fit the filters that a case has."""
        rows = rows.filter(**self._values(OF_CASES))
        if "terug" in self:
            rows = rows.given_back()
        return rows.filter(pk__in=rows.model.objects.with_a_late_letter().values("pk")) if "laat" in self else rows

    def _ticked(self, rows: QuerySet, user, ticks: frozenset | set = frozenset(TICKS)) -> QuerySet:
        rows = rows.filter(**self._values(tuple(LISTS)))
        wanted = {key for key in ticks if key in self}
        if "laat" in wanted:
            rows = rows.filter(due_at__lt=timezone.now())
        if "ongelezen" in wanted:
            rows = rows.filter(unread_from_referrer=True)
        if "mij" in wanted:
            rows = rows.filter(claimed_by=user)
        return rows.filter(claimed_by=None) if "vrij" in wanted else rows

    def _values(self, keys: tuple[str, ...]) -> dict:
        """The columns that the chosen lists and places ask for."""
        values = {LISTS[key][1]: self.chosen[key] for key in keys if key in self}
        if "gemeente" in self:
            values["municipality"] = None if self.chosen["gemeente"] == NOWHERE else self.chosen["gemeente"]
        if "netwerk" in self:
            values["municipality__coverage__team__slug"] = self.chosen["netwerk"]
        return values


def _known(key: str, code: str, places: Places) -> bool:
    if key in TICKS:
        return code == "1"
    if key in LISTS:
        return code in LISTS[key][2].values
    if key == "netwerk":
        return code in places.networks
    return code == NOWHERE or code in places.municipalities
