"""The figures: the table of 2008 to the digit, the command, and the same numbers in every form."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from meldpunt.teams.models import Team
from networks.balance import codelists, exports
from networks.balance.counting import percentile
from networks.models import OutcomeRow, PublishedBalance
from signals.dispatch.records import STANDARD
from tests.filing_pages import reference_data

pytestmark = pytest.mark.django_db
HISTORY = Path(__file__).parent.parent / "networks" / "data" / "balans_2007.jsonl"


@pytest.fixture
def history():
    reference_data()
    for name in ("Almelo", "Deventer", "Enschede", "Hengelo", "Zwolle"):
        Team.objects.get_or_create(slug=name.lower(), defaults={"name": name, "kind": "network"})
    call_command("load_history", HISTORY, stdout=io.StringIO())
    return PublishedBalance.objects.get()


def printed(begins_on, ends_on, kind):
    out = io.StringIO()
    call_command("balance", "--from", begins_on, "--to", ends_on, "--format", kind, stdout=out)
    return out.getvalue()


def test_table_of_2008_is_reproduced_to_the_digit(history):
    found = json.loads(printed("2006-09-01", "2008-08-31", "json"))
    twente, salland = found["areas"]["Twente"], found["areas"]["Salland"]
    assert found["period"]["from"] == "2006-09-01" and found["period"]["to"] == "2008-08-31"
    assert twente["total"] == 97
    assert twente["municipalities"] == {"Almelo": 24, "Enschede": 42, "Hengelo": 14, "elsewhere": 17}
    assert salland["total"] == 21
    assert salland["municipalities"] == {"Deventer": 19, "elsewhere": 2}
    assert found["handled_by_year"]["2007"] == {"count": 51, "of": 60, "share": 0.85}


def test_share_of_one_year_is_that_of_what_was_filed_in_it(history):
    found = json.loads(printed("2007-01-01", "2007-12-31", "json"))
    assert found["handled_in_network"] == {"count": 51, "of": 60, "share": 0.85}
    assert found["reports"] == 60


def test_published_history_shows_its_small_numbers_and_says_why(history):
    assert history.figures["areas"]["Salland"]["municipalities"]["elsewhere"] == 2
    assert history.unsuppressed_because
    assert list(history.figures["areas"]) == ["Salland", "Twente"] or set(history.figures["areas"]) == {"Salland", "Twente"}


def test_history_that_is_loaded_twice_counts_once(history):
    call_command("load_history", HISTORY, stdout=io.StringIO())
    assert OutcomeRow.objects.count() == 118
    assert PublishedBalance.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"municipality": "GM9999"}, "municipality 'GM9999' is not known"),
        ({"outcome": "solved"}, "outcome 'solved' is not known"),
        ({"filed_on": "31-03-2007"}, "filed_on '31-03-2007' is not a day"),
        ({"closed_on": "2001-01-01"}, "closed_on 2001-01-01 is before"),
        ({"age_band": 15}, "age_band 15 is not known"),
        ({"id": "B2007-002"}, "id 'B2007-002' was there before"),
    ],
)
def test_bad_line_loads_nothing_and_is_named(history, tmp_path, change, said):
    rows = [json.loads(line) for line in HISTORY.read_text().splitlines()]
    rows[4] |= change
    bad = tmp_path / "bad.jsonl"
    bad.write_text("\n".join(map(json.dumps, rows)))
    with pytest.raises(CommandError, match=f"line 5: {said}"):
        call_command("load_history", bad)
    assert OutcomeRow.objects.count() == 118


@pytest.mark.parametrize("text", ["", "[]", "{}", "not json", '{"id": "x"}'])
def test_file_that_is_no_history_is_refused(tmp_path, text):
    bad = tmp_path / "bad.jsonl"
    bad.write_text(text)
    with pytest.raises(CommandError):
        call_command("load_history", bad)
    assert not OutcomeRow.objects.exists()


def test_command_refuses_a_period_that_ends_before_it_begins(history):
    with pytest.raises(CommandError, match="before"):
        printed("2008-01-01", "2007-01-01", "json")
    with pytest.raises(CommandError, match="not a day"):
        printed("2008-13-01", "2009-01-01", "json")


def test_csv_excel_and_page_hold_the_same_numbers(history):
    said = {line[:3]: line[3] for line in exports.lines(history.figures)}
    rows = list(csv.reader(io.StringIO(exports.as_csv(history.figures))))[1:]
    assert {(table, row, unit): float(number) for table, row, unit, number in rows} == said
    sheet = load_workbook(io.BytesIO(exports.as_workbook(history.figures))).active
    assert {tuple(row[:3]): row[3] for row in sheet.iter_rows(min_row=2, values_only=True)} == said


def test_text_that_looks_like_a_formula_stays_text():
    found = {
        "reports": 1, "cases": 1, "endings": {}, "tables": {},
        "areas": {"=1+1": {"total": 7, "municipalities": {"@SUM(A1)": 7}, "elsewhere": {}}},
        "handled_in_network": {"count": 0, "of": 0, "share": None},
        "handled_cases": {"count": 0, "of": 0, "share": None},
    }  # fmt: skip
    assert "'=1+1" in exports.as_csv(found) and "'@SUM" in exports.as_csv(found)
    sheet = load_workbook(io.BytesIO(exports.as_workbook(found))).active
    kinds = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}
    assert kinds["=1+1"] == "s"


def test_percentile_is_the_length_within_which_that_share_was_done():
    assert percentile({1: 5, 10: 4, 100: 1}, 0.5) == 1
    assert percentile({1: 5, 10: 4, 100: 1}, 0.9) == 10
    assert percentile({}, 0.5) is None


def test_published_balance_never_changes(history):
    history.figures = {}
    with pytest.raises(TypeError):
        history.save()


def test_codes_of_others_come_from_their_lists_and_add_up(history):
    with STANDARD.open(encoding="utf-8") as standard:
        picklists = {row["field"]: row["values"].split("|") for row in csv.DictReader(standard)}
    lines = codelists.in_codes(history.figures, codelists.HTCDS)
    assert all(code in picklists[field] for field, code, _number in lines)
    assert ("vic_TypeOfExploitation", "SexualExploitation", 113) in lines
    national = codelists.in_codes(history.figures, codelists.NATIONAL)
    assert ("leeftijd", "jonger dan 18", 86) in national
    assert sum(number for field, _code, number in national if field == "geslacht") == 118


def test_code_hides_what_one_of_its_parts_hides(history):
    history.figures["tables"]["form"]["SEX_ONLINE"] = None
    assert ("vic_TypeOfExploitation", "SexualExploitation", None) in codelists.in_codes(history.figures, codelists.HTCDS)


def test_history_says_nothing_of_what_nobody_kept(history, client):
    assert set(history.figures["tables"]) == {"referrer_role", "channel", "form", "age_band", "gender"}
    assert "eeftijdgenoten" not in exports.as_csv(history.figures)
    assert "eeftijdgenoten" not in client.get(history.get_absolute_url()).content.decode()
