"""A breakdown from what was counted: its lines in their order, with their words."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.folding import fold
from app.services.statistics.definitions import BREAKDOWNS, NEWER
from app.services.statistics.figures import Breakdown, Line, Unit
from app.services.statistics.tallies import Weights

Breakdowns = dict[str, Breakdown]
"""By the name of the field of `Statistics`."""


def closed(
    key: str, labels: Mapping[Any, str], counted: Weights, unit: Unit, total: int, *, untold: str | None = None
) -> Breakdown:
    """Every word of a list in its order; what is not a word of it counts under `untold`.

    Without `untold`, a line for the codes of a newer program is there only when there are some.
    """
    words = {word.value for word in labels}
    known = counted.gathered((code, code if code in words else "") for code in counted)
    lines = [known.line(word.value, label) for word, label in labels.items()]
    rest = known.line("", untold or NEWER)
    if untold or rest.number or rest.activities:
        lines.append(rest)
    return _made(key, lines, unit, total)


def listed(key: str, labels: Mapping[str, str], counted: Weights, unit: Unit, total: int) -> Breakdown:
    """Every line of a list of our own, in its order."""
    return _made(key, [counted.line(code, label) for code, label in labels.items()], unit, total)


def opened(key: str, labels: Mapping[str, str], counted: Weights, unit: Unit, total: int, untold: str) -> Breakdown:
    """The lines that count something, the largest first; what was not told comes last."""
    lines = [counted.line(code, labels[code]) for code in counted if code]
    lines.sort(key=lambda line: (-line.number, fold(line.label), line.code))
    return _made(key, [*lines, *([counted.line("", untold)] if "" in counted else [])], unit, total)


def _made(key: str, lines: Iterable[Line], unit: Unit, total: int) -> Breakdown:
    title, definition = BREAKDOWNS[key]
    return Breakdown(key, title, definition, unit, tuple(lines), total, is_multiple=key in MULTIPLE)


MULTIPLE = frozenset({"topics", "families", "procedures", "tags", "equipment"})
"""What an activity may have several of."""
