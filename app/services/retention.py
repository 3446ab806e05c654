"""Which daily copies are still wanted: those of seven days, then those of four weeks."""

from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime

DAYS, WEEKS = 7, 4


def kept(moments: Iterable[datetime]) -> frozenset[datetime]:
    """The last copy of each of the seven latest days that have one, then of each of the four weeks before them."""
    latest_first = sorted(moments, reverse=True)
    of_days = _last_of_each(latest_first, datetime.date)[:DAYS]
    before = [one for one in latest_first if of_days and _week(one) < _week(of_days[-1])]
    return frozenset(of_days + _last_of_each(before, _week)[:WEEKS])


def _last_of_each(latest_first: Iterable[datetime], period: Callable[[datetime], Hashable]) -> list[datetime]:
    found: dict[Hashable, datetime] = {}
    for one in latest_first:
        found.setdefault(period(one), one)
    return list(found.values())


def _week(moment: datetime) -> tuple[int, int]:
    """The year and the number of a week, which begins on Monday."""
    year, week, _ = date.isocalendar(moment)
    return year, week
