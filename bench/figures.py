"""Figures with their bars, as a table and as JSON."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results.json"


@dataclass(frozen=True)
class Figure:
    """One measured value; without a bar it only explains another."""

    what: str
    value: float
    unit: str
    at_least: float | None = None
    at_most: float | None = None

    @property
    def bar(self) -> str:
        """The bar in words."""
        if self.at_least is not None:
            return f"at least {self.at_least:g}"
        return "" if self.at_most is None else f"at most {self.at_most:g}"

    @property
    def met(self) -> bool | None:
        """Whether the bar is met; None where there is none."""
        if self.at_least is not None:
            return self.value >= self.at_least
        return None if self.at_most is None else self.value <= self.at_most

    def __str__(self):
        verdict = {True: "met", False: "MISSED", None: ""}[self.met]
        value = f"{self.value:.0f}" if float(self.value).is_integer() else f"{self.value:.2f}"
        return f"  {self.what:<58} {value:>9} {self.unit:<10} {self.bar:<14} {verdict}".rstrip()


def keep(figures: list[Figure]) -> None:
    """Write bench/results.json."""
    rows = [asdict(figure) | {"met": figure.met} for figure in figures]
    RESULTS.write_text(json.dumps(rows, indent=1) + "\n")
