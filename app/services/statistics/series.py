"""How the work went over time: one step for each day, week or month, those without activity too."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date
from operator import add as plus

from app.services.statistics import periods
from app.services.statistics.days import Days
from app.services.statistics.figures import Point
from app.services.statistics.periods import MOST_POINTS, Period
from protocol.vocabulary import Autonomy

Series = tuple[Point, ...]
LEVELS = len(Autonomy)


@dataclass(frozen=True, slots=True)
class Counts:
    """What the series are made of, by day."""

    days: Days
    new_people: dict[date, int]


def of(counts: Counts, period: Period | None, end: date) -> tuple[Series, Series, Series]:
    """The days, the weeks and the months of a period; without one, the last of each up to a day."""
    busy = [day for day in counts.days if day]
    return (
        _filled(periods.days(*_useful(period or periods.last_days(end), 1, busy)), counts),
        _filled(periods.weeks(*_useful(period or periods.last_weeks(end), 7, busy)), counts),
        _filled(periods.months(*_useful(period or periods.last_months(end), 28, busy)), counts),
    )


def _useful(period: Period, step: int, busy: list[date]) -> Period:
    """A period that would make too many steps, of so many days each, is narrowed to the days that have something."""
    since, until = period
    if (until - since).days < step * MOST_POINTS:
        return period
    return (min(busy), max(busy)) if busy else (until, until)


def _filled(steps: list[Point], counts: Counts) -> Series:
    """The steps with what was done in them; they follow each other without a gap."""
    starts = [step.since for step in steps]
    sums = [[0] * (4 + LEVELS) for _ in steps]

    def add(day: date | None, *numbers: int) -> None:
        place = bisect_right(starts, day) - 1 if day else -1
        if day and place >= 0 and day <= steps[place].until:
            sums[place] = list(map(plus, sums[place], numbers))

    for day, count in counts.days.items():
        add(day, count.accompaniments, count.activities, count.minutes, 0, *count.autonomy)
    for day, new in counts.new_people.items():
        add(day, 0, 0, 0, new, *([0] * LEVELS))
    return tuple(map(_point, steps, sums))


def _point(step: Point, sums: list[int]) -> Point:
    accompaniments, activities, minutes, new_people, low, middle, high = sums
    return replace(
        step,
        accompaniments=accompaniments,
        activities=activities,
        minutes=minutes,
        new_people=new_people,
        autonomy=(low, middle, high),
    )
