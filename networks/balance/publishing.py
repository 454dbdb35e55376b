"""A publication: a quarter or a year of what has ended, with every cell hidden that must be."""

import calendar
import datetime
from dataclasses import dataclass

from networks.balance.counting import Period
from networks.balance.figures import (
    CASE_TABLES,
    HANDLED,
    REPORT_TABLES,
    WITHOUT_CASE,
    Band,
    YouthCare,
    figures,
)
from networks.balance.suppression import LEAST, Linked, hide
from networks.models import Kind, PublishedBalance
from signals.vocabulary import Outcome

QUARTERS = (1, 2, 3, 4)
ENDED_OF = [outcome.value for outcome in Outcome if outcome != Outcome.NO_TRAFFICKING]


class QuartersFirst(ValueError):
    """A year is published after its four quarters."""


@dataclass(frozen=True)
class Publication:
    """Quarter 1 to 4 of a year, or the whole year where `quarter` is None."""

    year: int
    quarter: int | None = None

    @property
    def kind(self) -> str:
        return Kind.QUARTER if self.quarter else Kind.YEAR

    @property
    def slug(self) -> str:
        return f"{self.year}-kwartaal-{self.quarter}" if self.quarter else str(self.year)

    @property
    def begins_on(self) -> datetime.date:
        return datetime.date(self.year, self.quarter * 3 - 2 if self.quarter else 1, 1)

    @property
    def ends_on(self) -> datetime.date:
        month = self.quarter * 3 if self.quarter else 12
        return datetime.date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def period(self) -> Period:
        return Period(self.begins_on, self.ends_on, basis="ended")


def cleared(publication: Publication) -> dict:
    """Return the figures of a publication as anybody may see them: a hidden number is None.

    What was published before about the same year is taken into account. Raises QuartersFirst.
    """
    found = figures(publication.period)
    together = {publication.slug: cells(found)}
    if publication.quarter is None:
        earlier = _published_quarters(publication.year)
        together |= {quarter.slug: cells(figures(quarter.period)) for quarter in earlier}
    linked = link(together)
    shown = {name for slug in together if slug != publication.slug for name in _shown(slug)}
    new = {(publication.slug, *name) for name in together[publication.slug]}
    totals = [(publication.slug, "reports"), (publication.slug, "cases")]
    hidden = hide(linked, new=new, shown_before=shown, last=totals)
    return without(found, {name[1:] for name in hidden})


def _published_quarters(year: int) -> list[Publication]:
    quarters = [Publication(year, quarter) for quarter in QUARTERS]
    known = PublishedBalance.objects.filter(slug__in=[quarter.slug for quarter in quarters])
    if known.count() < len(quarters):
        raise QuartersFirst(str(year))
    return quarters


def _shown(slug: str) -> set:
    """The cells of an earlier publication that anybody can see."""
    published = PublishedBalance.objects.get(slug=slug)
    return {(slug, *name) for name, number in cells(published.figures).items() if number is not None}


def cells(found: dict) -> dict[tuple, int | None]:
    """Return every number of a publication under a name: what may be hidden, and what the sums are about."""
    named: dict[tuple, int | None] = {("reports",): found["reports"], ("cases",): found["cases"]}
    for area, entry in found["areas"].items():
        named[("area", area)] = entry["total"]
        named |= {("area", area, name): number for name, number in entry["municipalities"].items()}
        named |= {("area", area, "elsewhere", code): number for code, number in entry["elsewhere"].items()}
    for table, values in found["tables"].items():
        named |= {(table, value): number for value, number in values.items()}
    named |= {("ending", value): number for value, number in found["endings"].items()}
    named[("ending", "of")] = found["handled_in_network"]["of"]
    named[("case", HANDLED)], named[("case", "of")] = (found["handled_cases"][part] for part in ("count", "of"))
    return named


def link(together: dict[str, dict]) -> Linked:
    """Return the cells of publications with all that holds between them; a year is the sum of its quarters."""
    linked = Linked()
    for slug, named in together.items():
        linked.values |= {(slug, *name): number for name, number in named.items()}
        linked.sums += [((slug, *whole), [(slug, *part) for part in parts]) for whole, parts in sums(named)]
        # Rows from before a rule, or changed by hand, may break it; the reckoning goes on with what is so.
        known = [(less, more) for less, more in AT_MOST if less in named and more in named and named[less] <= named[more]]
        linked.at_most += [((slug, *less), (slug, *more)) for less, more in known]
    year, quarters = next(iter(together)), list(together)[1:]
    if quarters:
        for name in together[year]:
            there = [(quarter, *name) for quarter in quarters if (quarter, *name) in linked.values]
            linked.sums.append(((year, *name), there))
    return linked


# A case has one report or more; only a peer that was checked becomes a report of its own; what a network handled
# itself is without youth care (networks.actions.outcome.close).
AT_MOST = [
    (("cases",), ("reports",)),
    (("case", "of"), ("ending", "of")),
    (("case", HANDLED), ("ending", HANDLED)),
    (("case", HANDLED), ("case", "of")),
    (("case", "of"), ("cases",)),
    (("case", HANDLED), ("youth_care_needed", YouthCare.NO.value)),
    (("peers_became_victims", Band.MANY.value), ("peers_checked", Band.MANY.value)),
    (("peers_checked", Band.NONE.value), ("peers_became_victims", Band.NONE.value)),
]


def sums(named: dict[tuple, int | None]) -> list[tuple]:
    """Return (whole, parts) for every sum inside one publication."""
    areas = [name for name in named if name[0] == "area" and len(name) == 2]
    found = [(("reports",), areas)]
    for area in areas:
        parts = [name for name in named if name[:2] == area and len(name) == 3]
        found.append((area, parts))
        found.append(((*area, "elsewhere"), [name for name in named if name[:2] == area and len(name) == 4]))
    for table, whole in TOTALS.items():
        found.append((whole, [name for name in named if name[0] == table]))
    ended_of = [("ending", value) for value in ENDED_OF]
    others = [("ending", value.value) for value in (Outcome.NO_TRAFFICKING, *WITHOUT_CASE)]
    found += [(("ending", "of"), ended_of), (("reports",), [("ending", "of"), *others])]
    return [(whole, parts) for whole, parts in found if parts]


TOTALS = dict.fromkeys(REPORT_TABLES, ("reports",)) | dict.fromkeys(CASE_TABLES, ("cases",))


def without(found: dict, hidden: set) -> dict:
    """Return `found` with the hidden cells None, and no share or length that would give one away."""

    def shown(number, *name):
        return None if name in hidden else number

    def parts(values: dict, *name) -> dict:
        return {value: shown(number, *name, value) for value, number in values.items()}

    areas = {
        area: {
            "total": shown(entry["total"], "area", area),
            "municipalities": parts(entry["municipalities"], "area", area),
            "elsewhere": parts(entry["elsewhere"], "area", area, "elsewhere"),
        }
        for area, entry in found["areas"].items()
    }
    return {
        **{name: found[name] for name in ("period", "definitions")},
        "reports": shown(found["reports"], "reports"),
        "cases": shown(found["cases"], "cases"),
        "areas": areas,
        "handled_in_network": _share(found["handled_in_network"], "ending", hidden),
        "handled_cases": _share(found["handled_cases"], "case", hidden),
        "endings": parts(found["endings"], "ending"),
        "tables": {table: parts(values, table) for table, values in found["tables"].items()},
        "lengths": found["lengths"],
        "hidden_below": LEAST,
    }


def _share(handled: dict, table: str, hidden: set) -> dict:
    done = None if (table, HANDLED) in hidden else handled["count"]
    of = None if (table, "of") in hidden else handled["of"]
    return {"count": done, "of": of, "share": None if None in (done, of) else handled["share"]}
