"""The page of a balance: the figures in the order in which they are read, with the lengths of bars and the tile map."""

import re
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from meldpunt.teams.models import Municipality
from networks.balance.exports import area_name
from networks.balance.figures import CASE_TABLES, HANDLED, TITLES, in_order, label_of
from networks.balance.publishing import Publication
from networks.models import Kind, PublishedBalance
from signals.vocabulary import Outcome

LEVELS = ((30, "l3"), (20, "l2"), (10, "l1"))
LAST_PART = re.compile(r"(?<=\w{4})(land|bergen|doorn|veen)$")  # of a long name, where a narrow tile may break it


@dataclass(frozen=True)
class Row:
    """A line of a table: its name, the number (None is hidden), the width of its bar in percent, and its kind."""

    name: str
    number: int | None
    width: float
    kind: str = ""


@dataclass(frozen=True)
class Table:
    """A table with its caption; `unit` says what is counted."""

    caption: str
    unit: str
    rows: list[Row]


@dataclass(frozen=True)
class Tile:
    """A municipality on the map: `number` None is hidden; `took_part` is false where the area was not there yet."""

    name: str
    short: str
    row: int
    column: int
    number: int | None
    took_part: bool

    @property
    def soft_name(self) -> str:
        """The name, with a soft hyphen where it may be broken."""
        return LAST_PART.sub("\N{SOFT HYPHEN}\\1", self.name)

    @property
    def level(self) -> str:
        return next((name for least, name in LEVELS if (self.number or 0) >= least), "")


@dataclass(frozen=True)
class Picture:
    """A balance as its page shows it; `key` is the key figure with the period that it is about."""

    title: str
    sentence: str
    key: dict
    key_period: str
    areas: Table
    tiles: list[Tile]
    endings: Table
    tables: list[Table]


def picture(balance: PublishedBalance) -> Picture:
    """Return what the page of a published balance shows; one statement."""
    found = in_order(balance.figures)
    year, key = key_figure(balance)
    return Picture(
        title=period_of(balance),
        sentence=sentence_of(year, key),
        key=key,
        key_period=year,
        areas=_areas(found),
        tiles=_tiles(found),
        endings=_endings(found),
        tables=[_table(found, name) for name, values in found["tables"].items() if tells_something(values)],
    )


def preview_of(publication: Publication, found: dict) -> Picture:
    """Return the page of a publication that is not there yet, with its figures as the public would see them."""
    unsaved = PublishedBalance(
        slug=publication.slug,
        kind=publication.kind,
        begins_on=publication.begins_on,
        ends_on=publication.ends_on,
        figures=found,
    )
    return picture(unsaved)


def key_figure(balance: PublishedBalance) -> tuple[str, dict]:
    """Return the share handled in the network, and of what: a long history is known for its last whole year."""
    by_year = balance.figures.get("handled_by_year", {})
    if balance.kind == Kind.HISTORY and len(by_year) > 1:
        year = max(by_year, key=lambda one: by_year[one]["of"])
        return year, by_year[year]
    return "", balance.figures["handled_in_network"]


def sentence_of(year: str, key: dict) -> str:
    """Say in one sentence what stands out."""
    if key["share"] is None:
        return _("Er is te weinig om een aandeel te tonen.")
    said = {"share": round(key["share"] * 100), "year": year}
    if year:
        return _("In %(year)s handelden de netwerken %(share)s%% van de meldingen zelf af, zonder jeugdzorg.") % said
    return _("De netwerken handelden %(share)s%% van de meldingen zelf af, zonder jeugdzorg.") % said


def period_of(balance: PublishedBalance) -> str:
    """Return the period of a balance in words."""
    begins_on, ends_on = balance.begins_on, balance.ends_on
    if balance.kind == Kind.YEAR:
        return str(begins_on.year)
    if balance.kind == Kind.QUARTER:
        return _("kwartaal %(quarter)d van %(year)d") % {"quarter": (begins_on.month + 2) // 3, "year": begins_on.year}
    months = {"from": date_format(begins_on, "F Y"), "to": date_format(ends_on, "F Y")}
    return _("%(from)s tot en met %(to)s") % months


def tells_something(values: dict[str, int | None]) -> bool:
    """Tell whether a table says more than that nothing is known."""
    return any(number != 0 for value, number in values.items() if value)


def _bars(rows: list[tuple[str, int | None, str]]) -> list[Row]:
    most = max((number or 0 for _name, number, _kind in rows), default=0) or 1
    return [Row(name, number, round((number or 0) / most * 100, 1), kind) for name, number, kind in rows]


def _areas(found: dict) -> Table:
    rows = []
    for area, entry in found["areas"].items():
        name = area_name(area)
        rows.append((name, entry["total"], "sum"))
        elsewhere = _("elders in %(area)s") % {"area": name}
        for place, number in entry["municipalities"].items():
            if place != "elsewhere" or entry["elsewhere"]:
                rows.append((elsewhere if place == "elsewhere" else place, number, "sub"))
    total = Row(_("Samen"), found["reports"], 0, "sum")
    return Table(_("Meldingen per gebied"), _("meldingen"), [*_bars(rows), total])


def _tiles(found: dict) -> list[Tile]:
    took_part = {code for entry in found["areas"].values() for code in entry["elsewhere"]}
    numbers = {code: number for entry in found["areas"].values() for code, number in entry["elsewhere"].items()}
    by_name = {name: number for entry in found["areas"].values() for name, number in entry["municipalities"].items()}
    return [
        Tile(
            name=row.name,
            short=row.name[:3],
            row=row.tile_row,
            column=row.tile_column,
            number=by_name[row.name] if row.name in by_name else numbers.get(row.code),
            took_part=row.name in by_name or row.code in took_part,
        )
        for row in Municipality.objects.order_by("tile_row", "tile_column")
    ]


def _endings(found: dict) -> Table:
    handled = found["endings"][HANDLED]
    cases = [(label_of("ending", value), found["endings"][value], "") for value in Outcome.values if value != HANDLED]
    others = [(label_of("ending", v), n, "") for v, n in found["endings"].items() if v not in Outcome.values]
    rows = [(label_of("ending", HANDLED), handled, "sum"), *cases, *(row for row in others if row[1] != 0)]
    return Table(_("Meldingen, naar hoe het afliep"), _("meldingen"), _bars(rows))


def _table(found: dict, name: str) -> Table:
    unit = _("zaken") if name in CASE_TABLES else _("meldingen")
    rows = [(label_of(name, value), number, "") for value, number in found["tables"][name].items() if number != 0]
    rows.sort(key=lambda row: -(row[1] or 0))
    return Table(str(TITLES[name]), unit, _bars(rows))
