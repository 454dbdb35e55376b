"""A typed place leads to a municipality, or to the desk: phrases, exact names, typing errors, odd input, networks."""

import csv
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signals.places.resolving import Gazetteer, OutsideName, PlaceName, Postcode
from signals.routing import SENTENCES, network_for
from tests.place_phrases import PHRASES

DATA = Path(__file__).parent.parent / "signals" / "data"


def rows(name):
    """Return the rows of one data file."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


MUNICIPALITIES = {row["code"]: row["name"] for row in rows("municipalities.csv")}
COVERAGE = {row["code"]: row["network"] for row in rows("municipalities.csv")}
NAMES = [
    PlaceName(r["name"], r["kind"], r["municipality_code"], r["ambiguous_with"], r["certain"] == "yes")
    for r in rows("places_overijssel.csv")
]
GAZETTEER = Gazetteer(
    NAMES,
    [Postcode(r["pc4"], r["place"], r["municipality_code"], r["kind"]) for r in rows("pc4_overijssel.csv")],
    [OutsideName(r["name"], r["where"], r["note"], r["certain"] == "yes") for r in rows("places_outside.csv")],
    MUNICIPALITIES,
    COVERAGE,
)
REPORTS = [json.loads(line) for line in (DATA / "practice_reports.jsonl").read_text(encoding="utf-8").splitlines()]
TOWNS = [n for n in NAMES if n.kind == "woonplaats" and len(n.name) >= 6 and not n.ambiguous_with]
EVERY_NAME = {n.name.casefold() for n in NAMES}


def proposed(text):
    """Return the proposal for a typed place."""
    found = GAZETTEER.resolve(text)
    return network_for(found.municipality_code, COVERAGE, found, MUNICIPALITIES)


@pytest.mark.parametrize(("text", "code"), PHRASES)
def test_a_place_as_typed_leads_to_its_municipality_or_to_the_desk(text, code):
    assert GAZETTEER.resolve(text).municipality_code == code


def test_the_practice_reports_get_their_network():
    right = sum((proposed(r["about"]["place"]).network or "desk") == r["expected"]["network"] for r in REPORTS)
    assert right >= 76, right


def test_every_certain_name_without_a_namesake_leads_to_its_municipality():
    names = [n for n in NAMES if n.certain and not n.ambiguous_with]
    assert [n.name for n in names if GAZETTEER.resolve(n.name).municipality_code != n.municipality_code] == []


def test_every_postcode_leads_to_its_municipality_with_and_without_letters():
    for pc4, row in GAZETTEER.postcodes.items():
        for text in (pc4, f"{pc4} AB", f"{pc4.lower()}xz"):
            assert GAZETTEER.resolve(text).municipality_code == row.municipality_code


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_one_typing_error_in_a_town_never_leads_to_another_municipality(data):
    town = data.draw(st.sampled_from(TOWNS))
    at = data.draw(st.integers(0, len(town.name) - 1))
    before, letter, behind = town.name[:at], town.name[at], town.name[at + 1 :]
    swapped = before + behind[:1] + letter + behind[1:]
    typed = data.draw(st.sampled_from([before + behind, before + letter + letter + behind, swapped]))
    if typed.casefold() in EVERY_NAME:
        return
    assert GAZETTEER.resolve(typed).municipality_code in {town.municipality_code, None}


def test_nearly_all_single_typing_errors_in_towns_are_resolved():
    right = total = 0
    for town in TOWNS:
        for at in range(len(town.name)):
            typed = town.name[:at] + town.name[at + 1 :]
            total += 1
            right += GAZETTEER.resolve(typed).municipality_code == town.municipality_code
    assert right / total > 0.9, right / total


@settings(deadline=None)
@given(st.text(max_size=4200))
def test_no_text_makes_it_fail(text):
    GAZETTEER.resolve(text)


@pytest.mark.parametrize("piece", ["Almelo ", "zwoll enscheda ", "xqzyw ", "8011 ", "Енсхеде ", "(((", "7 ", "a", "gem "])
def test_four_kilobytes_are_read_quickly(piece):
    began = time.perf_counter()
    GAZETTEER.resolve(piece * (4096 // len(piece)))
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Vriezenveen", "exact"), ("8011", "postcode"), ("Ensgede", "spelling"), ("Hengelo", "namesake"),
        ("Rossum", "namesake"), ("Enschede of Hengelo", "several"), ("Almere", "outside"), ("Twente", "region"),
        ("weet ik niet", "unknown"), ("1012 AB", "outside"), ("Hasselt", "namesake"), ("Achterhoek", "region"),
    ],
)
def test_the_resolution_says_how_it_was_found(text, how):
    assert GAZETTEER.resolve(text).how == how


def test_a_namesake_comes_with_a_word_about_the_other():
    assert proposed("Hengelo").parts["other"] == "Hengelo Gld (gem. Bronckhorst, Gelderland)"


def test_equals_that_share_a_network_get_it_and_others_go_to_the_desk():
    assert proposed("Piksen").network == "Almelo"
    assert proposed("tussen Zwolle en Kampen").network == "Zwolle"
    assert proposed("Marle").network is None
    assert proposed("Rossum").network is None


def test_the_reason_is_a_sentence():
    assert str(proposed("Haaksbergen")) == "Haaksbergen hoort bij netwerk Enschede."
    assert str(network_for("GM0158", COVERAGE, None, MUNICIPALITIES)) == "Haaksbergen hoort bij netwerk Enschede."
    assert "gemeente Twenterand" in str(proposed("Vriezenveen"))


@pytest.mark.parametrize("text", [text for text, _ in PHRASES])
def test_every_proposal_can_be_said(text):
    proposal = proposed(text)
    assert proposal.reason in SENTENCES
    assert "%" not in str(proposal)


def test_a_municipality_without_a_network_stays_with_the_desk():
    assert network_for("GM0158", {}, None, MUNICIPALITIES).network is None
