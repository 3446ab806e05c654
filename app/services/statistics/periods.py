"""Periods: what a filter covers, what it is compared with, and its days, weeks and months."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.labels import short_day
from app.services.commands import ActivityFilter
from app.services.statistics.figures import Point

Period = tuple[date, date]
"""First and last day, both counted."""
Span = range
"""The days of a period by their ordinals."""
NO_DAY = 0
"""The ordinal of the day of an activity that came without any: before every other."""
LAST_DAYS, LAST_WEEKS, LAST_MONTHS = 30, 12, 12
"""What the series show where the filter has not two dates."""
MOST_POINTS = 3660
"""Ten years of days: a series never has more steps, so that a slip of the finger in a year costs nothing."""


def given(filter_: ActivityFilter) -> Period | None:
    """The period of a filter with two dates, in order; None without."""
    if filter_.since and filter_.until and filter_.since <= filter_.until:
        return filter_.since, filter_.until
    return None


def span(filter_: ActivityFilter) -> Span:
    """The days that the dates of a filter keep; those of no day too where it has no date."""
    dated = filter_.since or filter_.until
    first = filter_.since.toordinal() if filter_.since else NO_DAY + 1 if dated else NO_DAY
    return range(first, (filter_.until or date.max).toordinal() + 1)


def whole(filter_: ActivityFilter, others: Sequence[ActivityFilter]) -> ActivityFilter:
    """The same filter for every day from the first to the last of its period and of others."""
    if not others:
        return filter_
    dates = [(one.since, one.until) for one in (filter_, *others) if one.since and one.until]
    return moved(filter_, (min(since for since, _ in dates), max(until for _, until in dates)))


def moved(filter_: ActivityFilter, period: Period) -> ActivityFilter:
    """The same filter for another period."""
    return replace(filter_, since=period[0], until=period[1])


def label(period: Period) -> str:
    """« du 01/10/2025 au 31/10/2025 »."""
    return f"du {short_day(period[0])} au {short_day(period[1])}"


def previous(period: Period) -> Period | None:
    """The period just before: whole months before whole months, else as many days; None before the first calendar."""
    since, until = period
    if since.toordinal() == 1:
        return None
    last = since - timedelta(days=1)
    if is_whole_months(period):
        month = _month(since) - (_month(until) - _month(since) + 1)
        return (_first_day(month), last) if month >= 12 else None
    first = since.toordinal() - (until - since).days - 1
    return (date.fromordinal(first), last) if first > 0 else None


def last_year(period: Period) -> Period | None:
    """The same dates one year before, 28 February for the 29th; a whole month stays whole."""
    since, until = period
    if since.year == 1:
        return None
    if is_whole_months(period):
        return _first_day(_month(since) - 12), _last_day(_month(until) - 12)
    return _year_before(since), _year_before(until)


def is_whole_months(period: Period) -> bool:
    """Whether a period goes from the first day of a month to the last day of one."""
    since, until = period
    return since.day == 1 and until == _last_day(_month(until))


def days(since: date, until: date) -> list[Point]:
    """One empty step for each day."""
    numbers = range(since.toordinal(), until.toordinal() + 1)[-MOST_POINTS:]
    return [Point(day, day, f"{day.day:02d}/{day.month:02d}") for day in map(date.fromordinal, numbers)]


def weeks(since: date, until: date) -> list[Point]:
    """One empty step for each week, Monday to Sunday, that the two days touch."""
    numbers = range(since.toordinal() - since.weekday(), until.toordinal() + 1, 7)[-MOST_POINTS:]
    return [Point(day, _after(day, 6), f"S{day.isocalendar().week:02d}") for day in map(date.fromordinal, numbers)]


def months(since: date, until: date) -> list[Point]:
    """One empty step for each month that the two days touch, the last one too."""
    numbers = range(_month(since), _month(until) + 1)[-MOST_POINTS:]
    firsts = map(_first_day, numbers)
    return [Point(day, _last_day(_month(day)), f"{day.month:02d}/{day.year % 100:02d}") for day in firsts]


def last_days(end: date) -> Period:
    """The last thirty days up to one."""
    return _before(end, LAST_DAYS - 1), end


def last_weeks(end: date) -> Period:
    """The last twelve weeks up to a day's."""
    return _before(end, 7 * (LAST_WEEKS - 1)), end


def last_months(end: date) -> Period:
    """The last twelve months up to a day's."""
    return _first_day(max(12, _month(end) - LAST_MONTHS + 1)), end


def _before(day: date, number: int) -> date:
    return date.fromordinal(max(1, day.toordinal() - number))


def _after(day: date, number: int) -> date:
    return date.fromordinal(min(date.max.toordinal(), day.toordinal() + number))


def _month(day: date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _last_day(month: int) -> date:
    first = _first_day(month)
    return first.replace(day=monthrange(first.year, first.month)[1])


def _year_before(day: date) -> date:
    last = monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))
