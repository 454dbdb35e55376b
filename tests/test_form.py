"""The proposed form of exploitation: from signs alone, and with the own words while filing."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signals.weighing.form import FORMS, propose

DATA = Path(__file__).parent.parent / "signals" / "data"
SIGNS = {row["code"]: row for row in json.loads((DATA / "indicators.json").read_text(encoding="utf-8"))}
LETTERS = {code: row["form"] for code, row in SIGNS.items()}
REPORTS = [json.loads(line) for line in (DATA / "practice_reports.jsonl").read_text(encoding="utf-8").splitlines()]


def kept(report, as_filed):
    """Return the signs of a report; as filed, somebody who reports for oneself only sees signs with own wording."""
    if not as_filed or report["referrer_role"] != "self":
        return report["indicators"]
    return [code for code in report["indicators"] if SIGNS[code].get("self_nl")]


@pytest.mark.parametrize("as_filed", [False, True])
@pytest.mark.parametrize("with_words", [False, True])
def test_the_practice_reports_get_their_form(as_filed, with_words):
    right = sum(
        propose(
            kept(report, as_filed), report["about"]["age_band"], report["narrative"] if with_words else "", LETTERS
        ).form == report["expected"]["form"]
        for report in REPORTS
    )
    assert right >= 64, right


@pytest.mark.parametrize(
    ("signs", "age", "text", "form"),
    [
        (["AU01", "AU02", "AU06"], "23_plus", "", "ARBEID"),
        (["CU01", "TI01"], "12_15", "", "CRIMINEEL"),
        (["OV01", "GD04"], "16_17", "", "HUWELIJK"),
        (["OV03", "GS07"], "23_plus", "", "ORGAAN"),
        (["AU12", "GD04"], "under_12", "", "DIENSTEN"),
        (["TI07", "DW08"], "12_15", "", "SEX_ONLINE"),
        (["VV07", "DW12", "US07"], "18_22", "", "SEX_PROSTITUTIE"),
        (["RE01", "RE02", "US04"], "16_17", "", "SEX_LOVERBOY"),
        (["GD02", "GZ02"], "16_17", "", "ONBEKEND"),
        ([], "unknown", "", "ONBEKEND"),
        ([], "16_17", "Ze moet van haar ouders trouwen met een neef.", "HUWELIJK"),
        ([], "16_17", "Ik heb naaktfoto's gestuurd en nu chantage.", "SEX_ONLINE"),
        ([], "23_plus", "I work 14 hours a day and get no wages.", "ARBEID"),
        ([], "12_15", "Hij moet pakketjes wegbrengen voor oudere jongens.", "CRIMINEEL"),
        ([], "23_plus", "Ze vragen hem een nier te verkopen.", "ORGAAN"),
        ([], "under_12", "De kinderen moeten elke dag bedelen.", "DIENSTEN"),
    ],
)
def test_clear_signs_or_words_name_the_form(signs, age, text, form):
    assert propose(signs, age, text, LETTERS).form == form


def test_a_proposal_names_the_signs_that_speak_for_it():
    assert propose(["AU01", "GD02"], "23_plus").signs == ("AU01",)


@given(st.lists(st.sampled_from([*SIGNS, "XX99", ""])), st.text(max_size=300))
def test_any_signs_and_any_text_give_one_of_the_forms(signs, text):
    assert propose(signs, "unknown", text, LETTERS).form in FORMS
