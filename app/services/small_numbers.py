"""Small numbers of people, put together before figures leave for outside: one alone in a line could be recognised."""

from collections.abc import Sequence
from dataclasses import replace

from app.services.statistics.figures import Breakdown, Line

FEWEST = 5
"""Under this many people, a line is not shown by itself."""
TOGETHER = "together"
"""The code of the line that stands for those that are not shown."""


def for_outside(breakdown: Breakdown, most: int | None = None, others: str = "Autres réponses") -> Breakdown:
    """The same breakdown with the lines of fewer than five put together, and those beyond `most` if there are more.

    Empty lines are left out too: beside them, a small line could be guessed.
    """
    told = [line for line in breakdown.lines if line.number >= FEWEST]
    if most is not None and len(told) > most:
        largest = sorted(told, key=lambda line: -line.number)[:most]
        told = [line for line in told if line in largest]
    hidden = [line for line in breakdown.lines if line.number and line not in told]
    return replace(breakdown, lines=(*told, *([_together(hidden, others)] if hidden else [])))


def _together(lines: Sequence[Line], others: str) -> Line:
    is_small = all(line.number < FEWEST for line in lines)
    label = f"{others} (moins de {FEWEST} chacune)" if is_small and len(lines) > 1 else others
    sums = (sum(values) for values in zip(*((one.number, one.activities, one.minutes) for one in lines), strict=True))
    return Line(TOGETHER, label, *sums)
