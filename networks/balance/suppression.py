"""Which cells of a publication stay hidden, so that no sum gives a small number away. Pure.

Cells under five are hidden (primary), and then as many others (secondary) as it takes to keep every hidden cell
uncertain: with all that is published, now and before, its least and its greatest possible value lie at least five
apart. Both are found with a linear solver, as an attacker would: the audit of Hundepool et al., Statistical
Disclosure Control (2012), chapter 4. Hiding a cell only widens what is possible for the others, so a cell that was
found safe stays safe, and the walk ends.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

import highspy

LEAST = 5  # a smaller number is not shown
ROOM = 5  # the least distance between what a hidden number may be at least and at most
REACH = 3  # how many sums away a cell is looked for that, hidden, protects another
EXACT = 1e-6


@dataclass
class Linked:
    """Cells and what holds between them. A cell is any hashable name; its value a count.

    `sums`: (whole, parts), the whole is the sum of its parts. `at_most`: (less, more).
    """

    values: dict = field(default_factory=dict)
    sums: list[tuple] = field(default_factory=list)
    at_most: list[tuple] = field(default_factory=list)


def hide(linked: Linked, *, new: Iterable, shown_before: Iterable = (), last: Iterable = ()) -> set:
    """Return which of the cells in `new` stay hidden; `shown_before` were published earlier and stay visible.

    Cells that are neither new nor shown before are hidden already, and are protected as well. Those in `last`, the
    totals that a publication is about, are hidden only where nothing else helps.
    """
    new, last = set(new), set(last)
    visible = set(shown_before) | {cell for cell in new if linked.values[cell] >= LEAST}
    near = _neighbours(linked)
    waiting = deque(sorted((cell for cell in linked.values if cell not in visible), key=repr))
    while waiting:
        cell = waiting.popleft()
        while not is_safe(linked, visible, cell):
            may_go = visible & new
            taken = _to_hide(linked, visible, cell, may_go - last or may_go, near)
            if taken is None:
                break
            visible.discard(taken)
            waiting.append(taken)
    return new - visible


def is_safe(linked: Linked, visible: set, cell) -> bool:
    """Tell whether the hidden `cell` keeps room enough when exactly the `visible` cells are known."""
    least, greatest = bounds(linked, visible, cell)
    return greatest - least >= ROOM - EXACT


def bounds(linked: Linked, visible: set, cell) -> tuple[float, float]:
    """Return the least and the greatest value that `cell` can have, for who knows the `visible` cells.

    The greatest is infinity where nothing bounds it.
    """
    solver = highspy.Highs()
    solver.silent()
    unknown = _component(linked, visible, cell)
    columns = {other: solver.addVariable(lb=0) for other in unknown}

    def term(other):
        return columns[other] if other in columns else linked.values[other]

    for whole, parts in linked.sums:
        if unknown.intersection((whole, *parts)):
            solver.addConstr(sum((term(part) for part in parts), 0) - term(whole) == 0)
    for less, more in linked.at_most:
        if unknown.intersection((less, more)):
            solver.addConstr(term(less) - term(more) <= 0)
    solver.minimize(columns[cell])
    least = solver.getObjectiveValue()
    solver.maximize(columns[cell])
    solved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return least, solver.getObjectiveValue() if solved else float("inf")


def _component(linked: Linked, visible: set, cell) -> set:
    """The hidden cells that have anything to do with `cell`: a small problem instead of a large one."""
    near, found, edge = _neighbours(linked), {cell}, [cell]
    while edge:
        for other in near.get(edge.pop(), ()):
            if other not in visible and other not in found:
                found.add(other)
                edge.append(other)
    return found


def _neighbours(linked: Linked) -> dict:
    near: dict = {}
    groups = [(whole, *parts) for whole, parts in linked.sums] + list(linked.at_most)
    for group in groups:
        for cell in group:
            near.setdefault(cell, set()).update(group)
    return near


def _to_hide(linked: Linked, visible: set, cell, candidates: set, near: dict):
    """Return the cell to hide for the sake of `cell`, or None where there is none left.

    The smallest one near it that is enough by itself; else the nearest, and of these the smallest.
    """
    edge, seen, nearest = {cell}, {cell}, None
    for _distance in range(REACH):
        edge = {other for one in edge for other in near.get(one, ())} - seen
        seen |= edge
        ordered = sorted(edge & candidates, key=lambda other: (linked.values[other], repr(other)))
        nearest = nearest or next(iter(ordered), None)
        for other in ordered:
            if is_safe(linked, visible - {other}, cell):
                return other
    return nearest or min(candidates, key=lambda other: (linked.values[other], repr(other)), default=None)
