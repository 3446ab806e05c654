"""What a chart says in a few words, to those who listen to it."""

from collections.abc import Iterable

from app.ui.charts import scales
from app.ui.charts.plots import Bars, Columns, Datum, Donut, Heat, Lines, Plot, Stack
from app.ui.charts.series import said_at

_MAIN = 3


def values_of(plot: Plot) -> tuple[float, ...]:
    """Every value that a chart shows."""
    match plot:
        case Bars() | Columns() | Donut():
            return tuple(datum.value for datum in plot.data)
        case Stack() | Lines():
            return tuple(value for series in plot.series for value in series.values)
        case Heat():
            return tuple(value for row in plot.values for value in row)
    raise TypeError(type(plot))


def is_empty(plot: Plot) -> bool:
    """Whether there is nothing to draw: no value, or only zeros."""
    return not any(value > 0 for value in values_of(plot))


def spoken(plot: Plot) -> str:
    """The title and the main figures: the largest ones, or the latest ones along time."""
    return f"{plot.title}. {'; '.join(_main(plot))}" if not is_empty(plot) else plot.title


def _main(plot: Plot) -> Iterable[str]:
    match plot:
        case Bars() | Donut():
            largest = sorted(plot.data, key=lambda datum: -datum.value)[:_MAIN]
            return map(_said, largest)
        case Columns():
            return map(_said, plot.data[-_MAIN:])
        case Stack() | Lines():
            last = len(plot.labels) - 1
            return (said_at(plot.labels[last], last, plot.series),)
        case Heat():
            return (_fullest(plot),)
    raise TypeError(type(plot))


def _said(datum: Datum) -> str:
    return f"{datum.label}\u00a0: {datum.words}"


def _fullest(plot: Heat) -> str:
    value, row, column = max(
        (value, -row, -column) for row, values in enumerate(plot.values) for column, value in enumerate(values)
    )
    return f"{plot.rows[-row]}, {plot.columns[-column]}\u00a0: {scales.written(value)}"
