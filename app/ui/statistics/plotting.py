"""What each chart of the statistics shows: from the figures of a page to plots, without drawing anything."""

from collections.abc import Sequence
from enum import Enum

from app import labels
from app.labels import NBSP
from app.services.statistics.figures import AssessmentFigures, AutonomyPaths, Breakdown, Line, Point, Statistics, Unit
from app.ui.charts.plots import Bars, Columns, Datum, Donut, Heat, Series, Stack, Table

MOST_PARTS = 7
"""Of a donut; the smallest ones beyond are put together."""
_SCALES = frozenset({"durations", "levels", "autonomy", "age_bands", "referred", "genders", "place_kinds"})
"""Breakdowns with an order of their own, shown whole."""
_WHOLE = "Temps entier de chaque activité, sur chacune de ses lignes"
_OPENING, _CLOSING = 8, 18
"""The hours that the heat map always has; earlier and later ones where there is something."""


NO_TABLE = Table((), ())
"""Of a chart that has nothing to show yet."""


class Measure(Enum):
    """What a chart counts, at the choice of who looks."""

    NUMBER = "number"
    """The unit of the breakdown; accompaniments along time."""
    HOURS = "hours"
    ACTIVITIES = "activities"
    NEW_PEOPLE = "new_people"


MEASURES = {
    Measure.NUMBER: "Accompagnements",
    Measure.HOURS: "Heures",
    Measure.ACTIVITIES: "Activités",
    Measure.NEW_PEOPLE: "Nouvelles personnes",
}
UNITS = {
    Unit.ACCOMPANIMENTS: ("accompagnement", "accompagnements"),
    Unit.PEOPLE: ("personne", "personnes"),
    Unit.ACTIVITIES: ("activité", "activités"),
    Unit.MINUTES: ("minute", "minutes"),
}
_SUMS = {
    Measure.NUMBER: UNITS[Unit.ACCOMPANIMENTS],
    Measure.ACTIVITIES: UNITS[Unit.ACTIVITIES],
    Measure.NEW_PEOPLE: ("nouvelle personne", "nouvelles personnes"),
}


def bars_of(
    breakdown: Breakdown, measure: Measure = Measure.NUMBER, of_choices: bool = False, limit: int | None = None
) -> Bars:
    """A bar for each line, the first `limit` ones if there are more; the table has them all."""
    lines = _in_order(breakdown, measure)
    if breakdown.key not in _SCALES:
        lines = [line for line in lines if _value(line, measure)]
    data = tuple(_datum(breakdown, line, measure, of_choices) for line in lines)
    shown = data if limit is None else data[:limit]
    note = note_of(breakdown, measure, of_choices)
    if len(shown) < len(data):
        note = " · ".join(filter(None, (note, f"{len(shown)} premières lignes sur {len(data)}")))
    return Bars(breakdown.title, table_of(breakdown, measure, of_choices), note, shown)


def donut_of(breakdown: Breakdown, measure: Measure = Measure.NUMBER) -> Donut:
    """The parts of a whole, in the order of the lines."""
    parts = [line for line in breakdown.lines if _value(line, measure)]
    if len(parts) > MOST_PARTS:
        kept = sorted(parts, key=lambda line: -_value(line, measure))[: MOST_PARTS - 1]
        parts = [*(line for line in parts if line in kept), _together([line for line in parts if line not in kept])]
    data = tuple(_datum(breakdown, line, measure, of_choices=False) for line in parts)
    return Donut(breakdown.title, table_of(breakdown, measure), note_of(breakdown, measure, of_choices=False), data)


def columns_of(points: Sequence[Point], measure: Measure, title: str, is_part: bool = False) -> Columns:
    """A column for each step of a series, `is_part` of what is counted; times are in hours, as the axis is."""
    unit = 60 if measure is Measure.HOURS else 1
    data = tuple(Datum(point.label, _at(point, measure) / unit, _words_at(point, measure)) for point in points)
    rows = tuple((*_dates(point), one.words) for point, one in zip(points, data, strict=True))
    said = _dates_of(points) if is_part and points else "en tout"
    return Columns(title, Table(("Du", "Au", MEASURES[measure]), rows), f"{_sum_of(points, measure)} {said}", data)


def autonomy_of(points: Sequence[Point]) -> Stack:
    """The individual accompaniments of each step, by level of autonomy."""
    names = tuple(labels.AUTONOMY.values())
    series = tuple(
        Series(name, tuple(float(point.autonomy[level]) for point in points)) for level, name in enumerate(names)
    )
    rows = tuple((*_dates(point), *map(labels.figure, point.autonomy)) for point in points)
    told = sum(sum(point.autonomy) for point in points)
    note = f"{labels.count(told, 'accompagnement individuel', 'accompagnements individuels')} dont le niveau est noté"
    title = "Autonomie des personnes accompagnées"
    return Stack(title, Table(("Du", "Au", *names), rows), note, tuple(point.label for point in points), series)


def heat_of(statistics: Statistics) -> Heat:
    """The weekday and the hour at which activities were recorded, without the hours of the night if they are empty."""
    used = [hour for day in statistics.hours for hour, number in enumerate(day) if number]
    hours = range(min([*used, _OPENING]), max([*used, _CLOSING]) + 1)
    days = tuple(labels.weekday(number).capitalize() for number in range(len(statistics.hours)))
    columns = tuple(f"{hour}{NBSP}h" for hour in hours)
    values = tuple(tuple(float(day[hour]) for hour in hours) for day in statistics.hours)
    rows = tuple(
        (name, *(labels.figure(day[hour]) for hour in hours)) for name, day in zip(days, statistics.hours, strict=True)
    )
    table = Table(("Jour", *columns), rows)
    return Heat("Jours et heures", table, statistics.hours_definition, days, columns, values)


def paths_of(paths: AutonomyPaths) -> Table:
    """How many people went from a first level (line) to a last one (column)."""
    names = tuple(labels.AUTONOMY.values())
    rows = tuple((name, *map(labels.figure, row)) for name, row in zip(names, paths.paths, strict=True))
    return Table(("Premier niveau noté", *(f"Dernier{NBSP}: {name}" for name in names)), rows)


def domains_of(found: AssessmentFigures) -> Table:
    """How each domain of the assessments went, in people."""
    rows = tuple((labels.label(one.domain), *map(labels.figure, (one.up, one.same, one.down))) for one in found.paths)
    return Table(("Domaine", "En progrès", "Au même niveau", "Un niveau plus bas"), rows)


def table_of(breakdown: Breakdown, measure: Measure = Measure.NUMBER, of_choices: bool = False) -> Table:
    """Every line of a breakdown, zeros too, with its share where it has one."""
    has_shares = _base(breakdown, measure, of_choices) > 0
    rows = tuple(
        (line.label, _figure(line, measure), *([_share(breakdown, line, measure, of_choices)] if has_shares else []))
        for line in _in_order(breakdown, measure)
    )
    what = UNITS[breakdown.unit][1].capitalize() if measure is Measure.NUMBER else MEASURES[measure]
    return Table((breakdown.title, what, *(["Part"] if has_shares else [])), rows)


def note_of(breakdown: Breakdown, measure: Measure = Measure.NUMBER, of_choices: bool = False) -> str:
    """What the percentages are a share of, or what a time is where it has no share."""
    base = _base(breakdown, measure, of_choices)
    if not base:
        return _WHOLE if measure is Measure.HOURS and breakdown.choices else ""
    if measure is Measure.HOURS:
        return f"Part de {labels.duration(base)}"
    if measure is Measure.ACTIVITIES:
        return f"Part de {labels.count(base, *UNITS[Unit.ACTIVITIES])}"
    if of_choices:
        return f"Part de {labels.count(base, 'choix', 'choix')}"
    several = "\u00a0; plusieurs réponses possibles" if breakdown.is_multiple else ""
    return f"Part de {labels.count(base, *UNITS[breakdown.unit])}{several}"


def _in_order(breakdown: Breakdown, measure: Measure) -> Sequence[Line]:
    """A scale in its own order; anything else from the most to the least, what was not told at the end."""
    if breakdown.key in _SCALES:
        return breakdown.lines
    return sorted(breakdown.lines, key=lambda line: (not line.code, -_value(line, measure)))


def _base(breakdown: Breakdown, measure: Measure, of_choices: bool) -> int:
    """What the shares are shares of; 0 where lines overlap in a way that leaves them without shares."""
    if measure is Measure.NUMBER:
        return breakdown.choices if of_choices else breakdown.total
    if breakdown.is_multiple or breakdown.unit is Unit.PEOPLE:
        return 0
    return sum(_value(line, measure) for line in breakdown.lines)


def _value(line: Line, measure: Measure) -> int:
    return {Measure.NUMBER: line.number, Measure.HOURS: line.minutes, Measure.ACTIVITIES: line.activities}[measure]


def _figure(line: Line, measure: Measure) -> str:
    return labels.duration(line.minutes) if measure is Measure.HOURS else labels.figure(_value(line, measure))


def _share(breakdown: Breakdown, line: Line, measure: Measure, of_choices: bool) -> str:
    base = _base(breakdown, measure, of_choices)
    return labels.percent(_value(line, measure) / base) if base else ""


def _datum(breakdown: Breakdown, line: Line, measure: Measure, of_choices: bool) -> Datum:
    share = _share(breakdown, line, measure, of_choices)
    words = f"{_figure(line, measure)} ({share})" if share else _figure(line, measure)
    return Datum(line.label, float(_value(line, measure)), words)


def _together(lines: Sequence[Line]) -> Line:
    sums = (sum(values) for values in zip(*((one.number, one.activities, one.minutes) for one in lines), strict=True))
    return Line("", "Autres", *sums)


def _at(point: Point, measure: Measure) -> int:
    return {
        Measure.NUMBER: point.accompaniments,
        Measure.HOURS: point.minutes,
        Measure.ACTIVITIES: point.activities,
        Measure.NEW_PEOPLE: point.new_people,
    }[measure]


def _words_at(point: Point, measure: Measure) -> str:
    value = _at(point, measure)
    return labels.duration(value) if measure is Measure.HOURS else labels.figure(value)


def _sum_of(points: Sequence[Point], measure: Measure) -> str:
    total = sum(_at(point, measure) for point in points)
    if measure is Measure.HOURS:
        return labels.duration(total)
    return labels.count(total, *_SUMS[measure])


def _dates_of(points: Sequence[Point]) -> str:
    return f"du {labels.short_day(points[0].since)} au {labels.short_day(points[-1].until)}"


def _dates(point: Point) -> tuple[str, str]:
    return labels.short_day(point.since), labels.short_day(point.until)
