"""The same figures as JSON, CSV, text and Excel. A hidden number is empty there, and said to be hidden."""

import csv
import io
import json
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from meldpunt.teams.models import Municipality
from networks.balance.figures import REPORT_TABLES, TITLES, in_order, label_of

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def lines(found: dict) -> Iterator[tuple[str, str, str, int | float | None]]:
    """Return every figure as (table, row, unit, number): what page, CSV, Excel and PDF are all made of."""
    found = in_order(found)
    reports, cases = _("meldingen"), _("zaken")
    everything = _("Alles samen")
    yield everything, _("Meldingen"), reports, found["reports"]
    yield everything, _("Zaken"), cases, found["cases"]
    names = dict(Municipality.objects.values_list("code", "name"))
    for area, entry in found["areas"].items():
        title = area_name(area)
        yield title, _("Samen"), reports, entry["total"]
        for name, number in entry["municipalities"].items():
            yield title, _("Elders") if name == "elsewhere" else name, reports, number
        for code, number in entry["elsewhere"].items():
            yield _("%(area)s, elders") % {"area": title}, names.get(code, code), reports, number
    handled = _("In het netwerk, zonder jeugdzorg")
    yield from _share(handled, reports, found["handled_in_network"])
    yield from _share(handled, cases, found["handled_cases"])
    for year, part in found.get("handled_by_year", {}).items():
        yield from _share(_("%(handled)s, gemeld in %(year)s") % {"handled": handled, "year": year}, reports, part)
    for ending, number in found["endings"].items():
        yield str(TITLES["ending"]), label_of("ending", ending), reports, number
    for table, values in found["tables"].items():
        unit = reports if table in REPORT_TABLES else cases
        for value, number in values.items():
            yield str(TITLES[table]), label_of(table, value), unit, number


def _share(title: str, unit: str, handled: dict) -> Iterator[tuple]:
    yield title, _("Aantal"), unit, handled["count"]
    yield title, _("Van in totaal"), unit, handled["of"]
    yield title, _("Deel"), "%", percent(handled["share"])


def percent(share: float | None) -> float | None:
    """Return a share (0 to 1) in percent with one digit."""
    return None if share is None else round(share * 100, 1)


def area_name(area: str) -> str:
    """Return the name of an area; reports from elsewhere stand under `unknown`."""
    return _("Onbekend of buiten de provincie") if area == "unknown" else area


def as_json(found: dict) -> str:
    """Return the figures as JSON, as they are."""
    return json.dumps(in_order(found), ensure_ascii=False, indent=2) + "\n"


def as_csv(found: dict) -> str:
    """Return the figures as CSV with a heading; a text that a spreadsheet would take for a formula is kept text."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([_("Tabel"), _("Rij"), _("Eenheid"), _("Aantal")])
    for table, row, unit, number in lines(found):
        writer.writerow([plain(table), plain(row), unit, _("niet getoond") if number is None else number])
    return written.getvalue()


def plain(text: str) -> str:
    """Return `text` so that no spreadsheet reads it as a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def as_text(found: dict) -> str:
    """Return the figures as lines to read."""
    begins_on, ends_on = (found["period"][side] for side in ("from", "to"))
    written = [_("Balans van %(from)s tot en met %(to)s") % {"from": begins_on, "to": ends_on}]
    last = ""
    for table, row, unit, number in lines(found):
        if table != last:
            written += ["", table]
            last = table
        said = _("niet getoond") if number is None else f"{number:g}"
        written.append(f"  {row:<44} {said:>8} {unit}")
    return "\n".join(written) + "\n"


def as_workbook(found: dict) -> bytes:
    """Return the figures as an Excel file; every text is written as text, never as a formula."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Balans")
    sheet.append([_("Tabel"), _("Rij"), _("Eenheid"), _("Aantal")])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for line in lines(found):
        sheet.append([*line[:3], _("niet getoond") if line[3] is None else line[3]])
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    sheet.freeze_panes = "A2"
    for column, width in (("A", 44), ("B", 44), ("C", 12), ("D", 12)):
        sheet.column_dimensions[column].width = width
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


FORMATS: dict[str, Callable[[dict], str]] = {"json": as_json, "csv": as_csv, "text": as_text}
