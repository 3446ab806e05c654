"""How every benchmark says its result: a table, then one figure beside its target."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value that must not exceed its target, both in the same unit."""

    name: str
    value: float
    target: float
    unit: str

    @property
    def strain(self) -> float:
        """The share of the target that is used: above 1, the target is missed; a target of 0 allows only 0."""
        if self.target == 0:
            return 0.0 if self.value == 0 else float("inf")
        return self.value / self.target

    def __str__(self) -> str:
        verdict = "ok" if self.strain <= 1 else "TOO MUCH"
        return f"{self.name}: {self.value:.4g} {self.unit} (target: at most {self.target:.4g} {self.unit}) {verdict}"


@dataclass(frozen=True, slots=True)
class Report:
    """What a benchmark measured: the rows of its table (the first is the heading), and its figures."""

    rows: Sequence[Sequence[str]]
    figures: Sequence[Figure]

    @property
    def tightest(self) -> Figure:
        """The figure that comes closest to its target, or misses it by most."""
        return max(self.figures, key=lambda figure: figure.strain)

    @property
    def is_met(self) -> bool:
        """Every figure is within its target."""
        return self.tightest.strain <= 1

    def __str__(self) -> str:
        others = [str(figure) for figure in self.figures if figure is not self.tightest]
        return "\n".join([_table(self.rows), "", *others, str(self.tightest)])


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])
