"""The figures of a balance: what is counted, under which name, and what adds up to what."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from meldpunt.teams.models import Municipality, Team
from networks.balance.counting import AROUND, LEGS, Counts, Period, count, percentile
from networks.models.outcome_row import ENDINGS
from signals.vocabulary import AgeBand, Channel, Form, Gender, Outcome, ReferrerRole
from signals.workflow import Decision

# Raise this with every change of what a figure means; a published balance keeps the number that it was made with.
DEFINITIONS = 2
HANDLED = Outcome.HANDLED_IN_NETWORK.value
# Median and 90th percentile say something about one case where there are few.
LEAST_FOR_LENGTHS = 10
WITHOUT_CASE = [
    choice for choice in Decision if choice not in (Decision.NEW_CASE, Decision.JOINED)
]
REPORT_TABLES = {"referrer_role": ReferrerRole, "channel": Channel}


class Band(TextChoices):
    """How many there were in one case: what is published of peers and measures is cases in these bands, never a sum.

    A sum over cases is a magnitude table: one case with many peers can be most of it, and hiding by the number of
    cases does not stop who knows that case (dominance: Hundepool et al., Statistical Disclosure Control, 2012, section
    4.2). Cases by band are a frequency table, which the same rule and the same audit protect as every other table.
    """

    NONE = "none", _("geen")
    FEW = "1_2", _("1 of 2")
    MANY = "3_more", _("3 of meer")


class YouthCare(TextChoices):
    """Whether youth care is needed, as the lead said at closing."""

    NO = "no", _("Nee")
    YES = "yes", _("Ja")


CASE_TABLES = {"form": Form, "age_band": AgeBand, "gender": Gender, "youth_care_needed": YouthCare}
CASE_TABLES |= dict.fromkeys(AROUND, Band)
TITLES = {
    "referrer_role": _("Wie meldde"),
    "channel": _("Hoe de melding kwam"),
    "ending": _("Hoe meldingen afliepen"),
    "form": _("Vorm van uitbuiting"),
    "age_band": _("Leeftijd"),
    "gender": _("Geslacht"),
    "youth_care_needed": _("Is jeugdzorg nodig?"),
    "peers_checked": _("Leeftijdgenoten nagevraagd, per zaak"),
    "measures": _("Maatregelen voor leeftijdgenoten, per zaak"),
    "peers_became_victims": _("Leeftijdgenoten met een eigen melding, per zaak"),
}


def label_of(table: str, value: str) -> str:
    """Return a value of a table in words; an unknown one is called so."""
    choices = {"ending": dict(ENDINGS)} | {
        name: dict(kinds.choices) for name, kinds in (REPORT_TABLES | CASE_TABLES).items()
    }
    return str(choices[table].get(value, _("niet bekend")))


@dataclass(frozen=True)
class Places:
    """Municipality → (area, network, name), and which municipalities bear the name of a network."""

    of: dict[str, tuple[str, str, str]]
    seats: frozenset[str]


def places() -> Places:
    """Return where each municipality belongs now: its area and, through the coverage, its network."""
    names = set(Team.objects.filter(kind="network").values_list("name", flat=True))
    rows = Municipality.objects.values_list("code", "area", "coverage__team__name", "name")
    return Places(
        {code: (area, network or "", name) for code, area, network, name in rows},
        frozenset(code for code, _area, _network, name in rows if name in names),
    )


def figures(period: Period, *, network: str = "") -> dict:
    """Return every figure of a period as plain values (JSON); nothing is hidden in them yet."""
    return described(count(period, network=network), period, places())


def described(counts: Counts, period: Period, where: Places) -> dict:
    """Return counted rows under the names that pages, files and the command use."""
    return {
        "period": {"from": period.begins_on.isoformat(), "to": period.ends_on.isoformat(), "basis": period.basis},
        "definitions": DEFINITIONS,
        "reports": counts.all_reports,
        "cases": counts.all_cases,
        "areas": _areas(counts.reports["municipality"], where, whole=not period.collection),
        "handled_in_network": handled(counts.reports["ending"]),
        "handled_cases": handled(counts.cases["ending"]),
        "handled_by_year": {str(year): handled(ended) for year, ended in sorted(counts.years.items())},
        "endings": {ending: counts.reports["ending"].get(ending, 0) for ending in _endings()},
        "tables": {
            **{name: _table(counts.reports[name], choices) for name, choices in REPORT_TABLES.items()},
            **{
                name: _table(_banded(counts.cases, name), choices)
                for name, choices in CASE_TABLES.items()
                if period.collection == "" or _was_kept(counts.cases[name])
            },
        },
        "lengths": {leg: _lengths(counts.hours[leg]) for leg in LEGS},
    }


def in_order(found: dict) -> dict:
    """Return figures in the order in which they are read: what came back from the database has lost it.

    Areas by size, their municipalities by name, tables and values as they are listed above.
    """
    areas = sorted(found["areas"].items(), key=lambda item: (item[0] == "unknown", -(item[1]["total"] or 0), item[0]))
    tables = found["tables"]
    return found | {
        "areas": {area: entry | {"municipalities": _by_name(entry["municipalities"])} for area, entry in areas},
        "endings": {ending: found["endings"][ending] for ending in _endings() if ending in found["endings"]},
        "tables": {
            name: {value: tables[name][value] for value in [*kinds.values, ""] if value in tables[name]}
            for name, kinds in (REPORT_TABLES | CASE_TABLES).items()
            if name in tables
        },
    }


def _by_name(municipalities: dict) -> dict:
    return dict(sorted(municipalities.items(), key=lambda item: (item[0] == "elsewhere", item[0])))


def handled(ended: dict[str, int]) -> dict:
    """Return how many of those that led to a case the network handled without youth care.

    Of: what led to a case and turned out to be trafficking, or may be: *no trafficking* does not count.
    """
    led = [outcome for outcome in Outcome if outcome != Outcome.NO_TRAFFICKING]
    of = sum(ended.get(outcome, 0) for outcome in led)
    done = ended.get(HANDLED, 0)
    return {"count": done, "of": of, "share": round(done / of, 4) if of else None}


def _endings() -> list[str]:
    return [*Outcome.values, *(choice.value for choice in WITHOUT_CASE)]


def _was_kept(counted: dict) -> bool:
    """Tell whether a table was kept at all: a history that was loaded says nothing of peers, nor asks for youth care."""
    return set(counted) != {None}


def _banded(cases: dict[str, dict], name: str) -> dict[str, int]:
    """Cases by the value of a table; where the value is a number, by its band. Nobody counted or said it is ""."""
    if name == "youth_care_needed":
        words = {True: YouthCare.YES.value, False: YouthCare.NO.value, None: ""}
        return {words[needed]: counted for needed, counted in cases[name].items()}
    if name not in AROUND:
        return cases[name]
    banded: dict[str, int] = {}
    for number, counted in cases[name].items():
        band = "" if number is None else band_of(number)
        banded[band] = banded.get(band, 0) + counted
    return banded


def band_of(number: int) -> str:
    """Return the band in which `number`, 0 or more, falls."""
    return (Band.MANY if number > 2 else Band.FEW if number else Band.NONE).value


def _table(counted: dict[str, int], choices) -> dict[str, int]:
    known = {value: counted.get(value, 0) for value in choices.values}
    lost = sum(number for value, number in counted.items() if value not in known)
    return known | ({"": lost} if lost else {})


def _areas(counted: dict[str, int], where: Places, *, whole: bool) -> dict:
    """Return areas: the municipalities that bear the name of a network by name, the others together as `elsewhere`.

    The others stand apart once more, by code. Without `whole` an area without any report is left out: it took no part in that history.
    """
    areas: dict = {}
    for code, (area, _network, name) in where.of.items():
        number = counted.get(code, 0)
        entry = areas.setdefault(area, {"total": 0, "municipalities": {}, "elsewhere": {}})
        entry["total"] += number
        if code in where.seats:
            entry["municipalities"][name] = number
        else:
            entry["elsewhere"][code] = number
    for entry in areas.values():
        entry["municipalities"]["elsewhere"] = sum(entry["elsewhere"].values())
    if not whole:
        areas = {name: entry for name, entry in areas.items() if entry["total"]}
    outside = sum(number for code, number in counted.items() if code not in where.of)
    return areas | ({"unknown": {"total": outside, "municipalities": {}, "elsewhere": {}}} if whole or outside else {})


def _lengths(hours: dict[int, int]) -> dict | None:
    if sum(hours.values()) < LEAST_FOR_LENGTHS:
        return None
    return {"median": percentile(hours, 0.5), "p90": percentile(hours, 0.9)}
