"""Urgency: the level follows the rule, the score orders within it, the reasons explain it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signals.weighing.urgency import RULES, VERSION, Sign, assess
from signals.weighing.words import flags

DATA = Path(__file__).parent.parent / "signals" / "data"
SIGNS = {row["code"]: row for row in json.loads((DATA / "indicators.json").read_text(encoding="utf-8"))}
REPORTS = [json.loads(line) for line in (DATA / "practice_reports.jsonl").read_text(encoding="utf-8").splitlines()]


def sign(code):
    """Return the sign with this code, as the database would give it."""
    row = SIGNS[code]
    return Sign(code, row["urgency"], row["weight"], row["ask_nl"])


@pytest.mark.parametrize("as_filed", [False, True])
@pytest.mark.parametrize("with_words", [False, True])
def test_the_practice_reports_get_their_urgency_and_acute_is_never_normal(as_filed, with_words):
    right = 0
    for report in REPORTS:
        own = as_filed and report["referrer_role"] == "self"
        codes = [code for code in report["indicators"] if not own or SIGNS[code].get("self_nl")]
        found = flags(report["narrative"]) if with_words else set()
        level = assess(map(sign, codes), report["danger_now"], report["about"]["age_band"], found).level
        expected = report["expected"]["urgency"]
        assert not (expected == "acute" and level == "normal"), report["id"]
        right += level == expected
    assert right >= 72, right


@pytest.mark.parametrize(
    ("codes", "danger", "age", "found", "level"),
    [
        ([], "yes", "unknown", (), "acute"),
        (["DW03"], "no", "23_plus", (), "acute"),
        (["DW07"], "no", "23_plus", (), "urgent"),
        (["GD02"], "no", "under_12", (), "urgent"),
        (["RE02"], "no", "16_17", (), "urgent"),
        (["RE02"], "no", "18_22", (), "normal"),
        (["RE02"], "no", "unknown", (), "normal"),
        ([], "unknown", "unknown", (), "normal"),
        ([], "no", "16_17", ("wants_to_die",), "acute"),
        ([], "no", "23_plus", ("threat",), "urgent"),
        ([], "no", "23_plus", ("not a flag",), "normal"),
    ],
)
def test_the_level_follows_the_rule(codes, danger, age, found, level):
    assert assess(map(sign, codes), danger, age, found).level == level


def test_the_strongest_reason_comes_first_and_names_its_sign():
    result = assess(map(sign, ["GD02", "DW03", "DW07"]), "no", "16_17")
    assert [r.sign for r in result.reasons][:2] == ["DW03", "DW07"]
    assert SIGNS["DW03"]["ask_nl"] in str(result.reasons[0])
    assert result.version == VERSION


def test_danger_now_is_the_first_reason():
    assert assess(map(sign, ["DW03"]), "yes", "unknown").reasons[0].rule == "danger_now"


def test_unknown_danger_and_more_signs_raise_the_score_and_not_the_level():
    low = assess([sign("GD02")], "no", "23_plus")
    high = assess(map(sign, ["GD02", "GD01", "TI04", "SC01"]), "unknown", "23_plus")
    assert low.level == high.level == "normal"
    assert high.score > low.score


def test_every_rule_names_its_source():
    assert all(rule.source and rule.text_nl.endswith(".") for rule in RULES.values())


@given(st.lists(st.sampled_from(sorted(SIGNS))), st.sampled_from(["yes", "no", "unknown", ""]), st.text(max_size=8))
def test_one_more_sign_never_lowers_the_level(codes, danger, age):
    order = ["normal", "urgent", "acute"]
    before = assess(map(sign, codes[1:]), danger, age)
    after = assess(map(sign, codes), danger, age)
    assert order.index(after.level) >= order.index(before.level)
    assert after.score >= before.score
