"""The charts of a report: those of the screen, with few enough lines for a page and no small number of people."""

from dataclasses import replace

from app.services.small_numbers import FEWEST, TOGETHER
from app.services.statistics.figures import Breakdown, Line, Statistics
from app.ui.charts.plots import Bars, Columns, Datum
from app.ui.statistics.plotting import Measure, bars_of, columns_of

FEW = f"moins de {FEWEST}"
"""What is said instead of a small number of people."""
_FEWEST_STEPS = 3
"""A series of months or weeks needs as many to say something."""


def work_along_time(statistics: Statistics) -> Columns:
    """Accompaniments by month; by week or by day where the period is short: a council knows weeks by their dates."""
    steps = (statistics.by_month, "mois"), (statistics.by_week, "semaine"), (statistics.by_day, "jour")
    points, step = next((one for one in steps if len(one[0]) >= _FEWEST_STEPS), steps[-1])
    made = columns_of(points, Measure.NUMBER, f"Accompagnements par {step}")
    if points is not statistics.by_week:
        return made
    begun = [max(point.since, statistics.filter.since or point.since) for point in points]
    return replace(
        made,
        note=f"{made.note} · semaines datées de leur premier jour",
        data=tuple(replace(datum, label=f"{day:%d/%m}") for datum, day in zip(made.data, begun, strict=True)),
    )


def bars(breakdown: Breakdown, longest: int | None = None) -> Bars:
    """A bar for each line, the `longest` first ones of a list."""
    return bars_of(breakdown, limit=longest)


def masked_bars(breakdown: Breakdown) -> Bars:
    """Bars for outside: the line that stands for small numbers is the last, and never says a number under five."""
    together = {line.label: line for line in breakdown.lines if line.code == TOGETHER}
    made = bars_of(breakdown)
    alone = [datum for datum in made.data if datum.label not in together]
    last = [_masked(datum, together[datum.label]) for datum in made.data if datum.label in together]
    return replace(made, data=(*alone, *last))


def _masked(datum: Datum, line: Line) -> Datum:
    return datum if line.number >= FEWEST else replace(datum, value=0.0, words=FEW)
