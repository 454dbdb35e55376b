"""Where each one stands in the picture of a circle: the person in the middle, family on the inner ring. Pure.

The picture carries numbers and shapes, no names; the table beside it has the same numbers (reference/ux.md, P11).
"""

import math
from dataclasses import dataclass

from networks.models import PEERS, RelationKind

SIZE = 360  # units of the picture, both ways
INNER, OUTER = 78.0, 140.0  # radii of the rings
HALF = 15.0  # half the width of a shape
FAMILY = (RelationKind.SIBLING, RelationKind.PARENT, RelationKind.FAMILY)
SHAPES = {
    RelationKind.FRIEND: "round",
    RelationKind.CLASSMATE: "square",
    RelationKind.SIBLING: "diamond",
    RelationKind.PARENT: "house",
    RelationKind.FAMILY: "house",
    RelationKind.HELPER: "flat",
    RelationKind.OTHER: "flat",
}
# The answer to "approached too?" → how the shape is filled; unasked where there is no question, or nobody asks it.
FILLS = {"": "open", "no": "no", "suspected": "maybe", "yes": "yes", "waived": "unasked"}
POINTS = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    "house": ((0, -1.25), (1.1, -0.3), (1.1, 1), (-1.1, 1), (-1.1, -0.3)),
    "flat": ((-1.3, -0.75), (1.3, -0.75), (1.3, 0.75), (-1.3, 0.75)),
}


@dataclass(frozen=True)
class Spot:
    """One in the picture: its number in the table, place and shape (units of the picture), fill, and words for it."""

    number: int
    x: float
    y: float
    shape: str
    points: str
    fill: str
    label: str


def spots(rows: list) -> list[Spot]:
    """Return a spot for each relation of `rows`, numbered from 1 in their order."""
    numbered = list(enumerate(rows, start=1))
    inner = [(number, row) for number, row in numbered if row.kind in FAMILY]
    outer = [(number, row) for number, row in numbered if row.kind not in FAMILY]
    placed = [*_on_ring(inner, INNER, 0.0), *_on_ring(outer, OUTER, math.pi / 7)]
    return sorted(placed, key=lambda spot: spot.number)


def _on_ring(numbered: list, radius: float, turn: float) -> list[Spot]:
    found = []
    for at, (number, row) in enumerate(numbered):
        angle = 2 * math.pi * at / len(numbered) - math.pi / 2 + turn
        x, y = SIZE / 2 + radius * math.cos(angle), SIZE / 2 + radius * math.sin(angle)
        shape = SHAPES[row.kind]
        corners = POINTS.get(shape, ())
        points = " ".join(f"{x + dx * HALF:.1f},{y + dy * HALF:.1f}" for dx, dy in corners)
        fill = FILLS[row.approached] if row.kind in PEERS else "unasked"
        label = f"{number}: {row.get_kind_display()}"
        found.append(Spot(number, round(x, 1), round(y, 1), shape, points, fill, label))
    return found
