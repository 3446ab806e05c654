"""What was done each day: the sums that the key figures, the series and the employers are made of."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from app.models.activity import activity
from app.services.statistics.periods import NO_DAY, Span
from app.services.statistics.scope import Conditions, of_kept
from protocol.vocabulary import ActivityKind, Autonomy, PlaceKind

Hours = tuple[tuple[int, ...], ...]
_QUARTER = 900
"""Seconds: every clock in use today is a whole number of quarters of an hour away from that of Greenwich."""


@dataclass(frozen=True, slots=True)
class DayCount:
    """The sums of one day; those of what came without a day are under None."""

    autonomy: tuple[int, ...]
    """Individual accompaniments at each level, in the order of the vocabulary."""
    activities: int
    accompaniments: int
    minutes: int
    individual: int
    workshops: int
    workshop_people: int
    face_to_face_minutes: int
    remote_minutes: int
    workshop_minutes: int
    recorded: str = field(repr=False)
    """The quarters of an hour since 1970 in which they were recorded, parted by commas."""


Days = dict[date | None, DayCount]


def each(connection: Connection, conditions: Conditions) -> Days:
    """The sums of each day that has an activity."""
    wanted = of_kept(_SUMS, conditions).group_by(activity.c.day).order_by(activity.c.day)
    return {_day(row[0]): DayCount(tuple(row[1:_SUMS_AT]), *row[_SUMS_AT:]) for row in connection.execute(wanted)}


def those_in(days: Days, span: Span) -> Days:
    """The days of a span."""
    return {day: count for day, count in days.items() if (day.toordinal() if day else NO_DAY) in span}


def hours(days: Days) -> Hours:
    """Weekday × hour: the activities recorded on their own day, on the clock of this computer."""
    found: list[Counter[int]] = [Counter() for _ in range(7)]
    for day, count in days.items():
        if day is not None and 1970 < day.year < 9999:  # nothing can be recorded outside
            found[day.weekday()].update(_own_hours(day, count.recorded))
    return tuple(tuple(weekday[hour] for hour in range(24)) for weekday in found)


def _own_hours(day: date, recorded: str) -> list[int]:
    start, end = _midnight(day), _midnight(day + timedelta(days=1))
    own = [quarter for quarter in map(int, recorded.split(",")) if start <= quarter < end]
    if end - start == 96:
        return [(quarter - start) // 4 for quarter in own]
    return [datetime.fromtimestamp(quarter * _QUARTER).hour for quarter in own]  # the clocks changed on that day


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time()).timestamp()) // _QUARTER


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


_INDIVIDUAL = f"activity.kind = '{ActivityKind.INDIVIDUAL.value}'"
_WORKSHOP = f"activity.kind = '{ActivityKind.WORKSHOP.value}'"
_REMOTE = f"activity.place_kind IS '{PlaceKind.REMOTE.value}'"
_REACHED = [f"count(*) FILTER (WHERE {_INDIVIDUAL} AND activity.autonomy = '{word.value}')" for word in Autonomy]
_SUMS_AT = 1 + len(_REACHED)
_SUMS = f"""activity.day, {", ".join(_REACHED)},
    count(*), coalesce(sum(activity.people), 0), coalesce(sum(activity.minutes), 0),
    coalesce(sum(activity.people) FILTER (WHERE {_INDIVIDUAL}), 0),
    count(*) FILTER (WHERE {_WORKSHOP}),
    coalesce(sum(activity.people) FILTER (WHERE {_WORKSHOP}), 0),
    coalesce(sum(activity.minutes) FILTER (WHERE {_INDIVIDUAL} AND NOT {_REMOTE}), 0),
    coalesce(sum(activity.minutes) FILTER (WHERE {_INDIVIDUAL} AND {_REMOTE}), 0),
    coalesce(sum(activity.minutes) FILTER (WHERE {_WORKSHOP}), 0),
    group_concat(activity.created_at / {_QUARTER * 1000})"""
