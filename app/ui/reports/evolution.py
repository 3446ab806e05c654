"""How a figure has changed, in words: against the period before, and against the same one last year."""

from collections.abc import Callable, Iterator

from app import labels
from app.labels import NBSP
from app.services.statistics.figures import Statistics, Totals

_MINUS = "\u2212"
Figure = Callable[[Totals], int]


def evolutions(statistics: Statistics, figure: Figure, words: Callable[[int], str] = labels.figure) -> tuple[str, ...]:
    """« +12 (+8 %) sur la période précédente », « Stable sur un an »; nothing without comparison."""
    return tuple(_lines(statistics, figure, words))


def _lines(statistics: Statistics, figure: Figure, words: Callable[[int], str]) -> Iterator[str]:
    now = figure(statistics.totals)
    for other, said in ((statistics.previous, "sur la période précédente"), (statistics.last_year, "sur un an")):
        if other is not None and other.totals.activities:  # an empty period says that nothing was recorded yet
            yield f"{_change(now, figure(other.totals), words)} {said}"


def _change(now: int, before: int, words: Callable[[int], str]) -> str:
    if now == before:
        return "Stable"
    sign = "+" if now > before else _MINUS
    percent = round(100 * abs(now - before) / before) if before else 0
    share = f" ({sign}{labels.figure(percent)}{NBSP}%)" if percent else ""
    return f"{sign}{words(abs(now - before))}{share}"
