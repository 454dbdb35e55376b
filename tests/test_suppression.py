"""Hidden cells stay hidden from whoever adds and subtracts: random publications, attacked with a linear solver.

The attacker is written apart from what it attacks: scipy is not the product's, and it reads only what is published.
"""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from networks.balance.counting import AROUND, Counts, Period
from networks.balance.figures import CASE_TABLES, REPORT_TABLES, WITHOUT_CASE, Places, described, handled
from networks.balance.publishing import cells, link, sums, without
from networks.balance.suppression import LEAST, ROOM, Linked, hide
from signals.vocabulary import Outcome

MUNICIPALITIES = {
    "GM1": ("Twente", "Almelo", "Almelo"), "GM2": ("Twente", "Hengelo", "Hengelo"), "GM3": ("Twente", "Almelo", "Wierden"),
    "GM4": ("Salland", "Deventer", "Deventer"), "GM5": ("Salland", "Deventer", "Raalte"), "GM6": ("Twente", "Almelo", "Tubbergen"),
}  # fmt: skip
PLACES = Places(MUNICIPALITIES, frozenset({"GM1", "GM2", "GM4"}))
PERIOD = Period(datetime.date(2026, 1, 1), datetime.date(2026, 3, 31), "ended")
ENDINGS = [*Outcome.values, *(decision.value for decision in WITHOUT_CASE)]
# A case has a report; who became a report was checked.
ATTACKER_KNOWS = [
    (("cases",), ("reports",)),
    (("case", "handled_in_network"), ("youth_care_needed", "no")),
    (("peers_became_victims", "3_more"), ("peers_checked", "3_more")),
    (("peers_checked", "none"), ("peers_became_victims", "none")),
]


SAID_APART = ("youth_care_needed", *AROUND)


@st.composite
def reports(draw, most=60):
    """A quarter of reports: (municipality, role, channel, ending, form, age band, gender, youth care, peers, first of its case)."""
    choice, few = st.sampled_from, st.integers(0, 4)
    around = st.tuples(few, few, few).map(lambda n: (n[0], n[1], min(n[0], n[2])))
    parts = [
        choice([*MUNICIPALITIES, ""]),
        *(choice(kinds.values) for kinds in REPORT_TABLES.values()),
        choice(ENDINGS),
        *(choice(kinds.values) for name, kinds in CASE_TABLES.items() if name not in SAID_APART),
        choice([True, False, None]),
        around,
        st.booleans(),
    ]
    return draw(st.lists(st.tuples(*parts), max_size=most))


def figures_of(rows):
    """The figures of reports, through the code that names and adds them up."""
    counts = Counts()
    names = ("municipality", *REPORT_TABLES, "ending", *CASE_TABLES)
    for row in rows:
        first = row[-1] and row[3] in Outcome.values
        needed = False if row[3] == "handled_in_network" else row[-3]
        for name, value in zip(names, (*row[:-3], needed, *row[-2]), strict=True):
            counts.reports[name][value] = counts.reports[name].get(value, 0) + 1
            if first:
                counts.cases[name][value] = counts.cases[name].get(value, 0) + 1
    return described(counts, PERIOD, PLACES)


def publish(quarters):
    """Publish quarter by quarter and then the year; returns [(name, true figures, what is published)]."""
    done = []
    for number, rows in enumerate(quarters):
        found = figures_of(rows)
        linked = link({f"q{number}": cells(found)})
        done.append((f"q{number}", found, published(found, linked, f"q{number}", set())))
    year = figures_of([row for rows in quarters for row in rows])
    together = {"year": cells(year)} | {name: cells(found) for name, found, _shown in done}
    before = {(name, *cell) for name, _f, shown in done for cell, number in cells(shown).items() if number is not None}
    done.append(("year", year, published(year, link(together), "year", before)))
    return done


def published(found, linked, name, before):
    new = {(name, *cell) for cell in cells(found)}
    hidden = hide(linked, new=new, shown_before=before, last=[(name, "reports"), (name, "cases")])
    return without(found, {cell[1:] for cell in hidden})


def attack(done):
    """Return {hidden cell: (least, greatest)} that anybody can work out from what was published."""
    names, equations, right, less = {}, [], [], []

    def column(cell):
        return names.setdefault(cell, len(names))

    known = {}
    for name, found, shown in done:
        for cell, number in cells(shown).items():
            column((name, *cell))
            if number is not None:
                known[(name, *cell)] = number
        for whole, parts in sums(cells(found)):
            equations.append({column((name, *whole)): 1, **{column((name, *part)): -1 for part in parts}})
        less += [{column((name, *low)): 1, column((name, *high)): -1} for low, high in ATTACKER_KNOWS]
    quarters = [name for name, _f, _s in done if name != "year"]
    if len(done) > 1:
        for cell in cells(done[-1][1]):
            there = [(quarter, *cell) for quarter in quarters if (quarter, *cell) in names]  # not there is known: none
            equations.append({column(("year", *cell)): 1, **{column(part): -1 for part in there}})
    width = len(names)
    matrix = [[row.get(place, 0) for place in range(width)] for row in equations]
    upper = [[row.get(place, 0) for place in range(width)] for row in less]
    right = [0] * len(matrix)
    bounds = [(known.get(cell, 0), known.get(cell)) for cell in names]
    found = {}
    for cell, place in names.items():
        if cell not in known:
            ends = []
            for sign in (1, -1):
                goal = [0] * width
                goal[place] = sign
                solved = linprog(goal, A_eq=matrix, b_eq=right, A_ub=upper, b_ub=[0] * len(upper), bounds=bounds)
                ends.append(sign * solved.fun if solved.status == 0 else float("inf"))
            found[cell] = tuple(ends)
    return found


def assert_unbroken(done):
    truth = {(name, *cell): number for name, found, _s in done for cell, number in cells(found).items()}
    broken = {cell: ends for cell, ends in attack(done).items() if ends[1] - ends[0] < ROOM - 1e-6}
    assert not broken, {cell: (ends, truth[cell]) for cell, ends in broken.items()}


@settings(max_examples=25)
@given(reports())
def test_no_sum_within_a_publication_gives_a_small_number_away(rows):
    found = figures_of(rows)
    shown = published(found, link({"q0": cells(found)}), "q0", set())
    assert not [number for number in cells(shown).values() if number is not None and number < LEAST]
    assert_unbroken([("q0", found, shown)])


@settings(max_examples=4)
@given(st.lists(reports(most=30), min_size=4, max_size=4))
def test_no_difference_between_quarters_and_their_year_gives_a_small_number_away(quarters):
    assert_unbroken(publish(quarters))


def test_second_cell_is_hidden_beside_the_only_small_one():
    linked = Linked({"all": 20, "a": 3, "b": 7, "c": 10}, [("all", ["a", "b", "c"])])
    assert hide(linked, new=linked.values) == {"a", "b"}


def test_nothing_is_hidden_where_nothing_is_small():
    linked = Linked({"all": 20, "a": 8, "b": 12}, [("all", ["a", "b"])])
    assert hide(linked, new=linked.values) == set()


def test_what_was_published_before_stays_and_is_reckoned_with():
    linked = Linked({"year": 30, "q1": 10, "q2": 17, "q3": 3}, [("year", ["q1", "q2", "q3"])])
    assert hide(linked, new={"year"}, shown_before={"q1", "q2"}) == {"year"}


@pytest.mark.parametrize(("ended", "share"), [({"handled_in_network": 51, "police": 9}, 0.85), ({}, None), ({"no_trafficking": 4}, None)])
def test_share_is_of_what_led_to_a_case_of_trafficking(ended, share):
    assert handled(ended)["share"] == share
