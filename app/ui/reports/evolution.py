"""How a figure has changed, in words: against the period before, and against the same one last year."""

from collections.abc import Callable, Iterator
from datetime import date

from app import labels
from app.labels import NBSP
from app.services import report_periods
from app.services.report_periods import Step
from app.services.statistics.figures import Comparison, Statistics, Totals

_MINUS = "\u2212"
Figure = Callable[[Totals], int]


def evolutions(statistics: Statistics, figure: Figure, words: Callable[[int], str] = labels.figure) -> tuple[str, ...]:
    """« +12 (+8 %) par rapport à septembre », « Stable sur un an »; nothing without comparison."""
    return tuple(_lines(statistics, figure, words))


def _lines(statistics: Statistics, figure: Figure, words: Callable[[int], str]) -> Iterator[str]:
    now = figure(statistics.totals)
    previous, last_year = statistics.previous, statistics.last_year
    if previous is not None and previous.totals.activities:  # an empty period says that nothing was recorded yet
        yield f"{_change(now, figure(previous.totals), words)} {_since(previous, statistics.filter.since)}"
    if last_year is not None and last_year.totals.activities and last_year != previous:  # of a year, they are one
        yield f"{_change(now, figure(last_year.totals), words)} sur un an"


def _since(before: Comparison, now: date | None) -> str:
    """« par rapport à septembre », its year where it is another one, « par rapport au 3e trimestre 2026 »."""
    name = report_periods.name_of(before.since, before.until)
    match report_periods.step_of(before.since, before.until):
        case Step.MONTH:
            is_same_year = now is not None and now.year == before.since.year
            return f"par rapport à {labels.month(before.since.month) if is_same_year else name.lower()}"
        case Step.QUARTER:
            return f"par rapport au {name}"
        case Step.YEAR:
            return f"par rapport à {before.since.year}"
    return "sur la période précédente"


def _change(now: int, before: int, words: Callable[[int], str]) -> str:
    if now == before:
        return "Stable"
    sign = "+" if now > before else _MINUS
    percent = round(100 * abs(now - before) / before) if before else 0
    share = f" ({sign}{labels.figure(percent)}{NBSP}%)" if percent else ""
    return f"{sign}{words(abs(now - before))}{share}"
