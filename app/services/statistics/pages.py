"""The whole page of statistics, and the key figures alone."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import Connection

from app.database import Database
from app.services.activity_lists import conditions_of
from app.services.commands import ActivityFilter
from app.services.statistics import (
    assessments,
    choices,
    days,
    definitions,
    employers,
    groups,
    levels,
    people,
    periods,
    profiles,
    series,
    where,
)
from app.services.statistics.days import Days
from app.services.statistics.figures import AutonomyPaths, Comparison, Statistics, Totals
from app.services.statistics.lists import Breakdowns
from app.services.statistics.people import Came, People
from app.services.statistics.periods import Period
from app.services.statistics.tallies import Tally, tally
from protocol.vocabulary import Autonomy


def page(database: Database, filter_: ActivityFilter, today: date) -> Statistics:
    """Every figure of the activities that a filter keeps, of one moment of the notebook."""
    period = periods.given(filter_)
    others = {name: periods.moved(filter_, other) for name, of in _COMPARED.items() if period and (other := of(period))}
    with database.read_whole() as connection:
        every_day = days.each(connection, conditions_of(periods.whole(filter_, [*others.values()])))
        who, beside = people.who_came(connection, filter_, [*others.values()])
        by_day = days.those_in(every_day, who.span)
        totals_ = _totals(by_day, who)
        counted = tally(connection, conditions_of(filter_))
        groups.add(who, counted)
        breakdowns = _breakdowns(connection, counted, totals_.accompaniments)
        assessed = assessments.made(connection, filter_)
        by_employer = employers.worked_for(connection, by_day, totals_.accompaniments)
    compared = {name: _compared(every_day, came) for name, came in zip(others, beside, strict=True)}
    steps = series.of(series.Counts(by_day, who.new_by_day), period, filter_.until or today)
    busy = [day for day in by_day if day]
    return Statistics(
        filter=filter_,
        since=filter_.since or min(busy, default=None),
        until=filter_.until or max(busy, default=None),
        totals=totals_,
        definitions=dict(definitions.TOTALS),
        previous=compared.get("previous"),
        last_year=compared.get("last_year"),
        by_day=steps[0],
        by_week=steps[1],
        by_month=steps[2],
        hours=days.hours(by_day),
        hours_definition=definitions.HOURS,
        autonomy_paths=_paths(who),
        assessments=assessed,
        **breakdowns,
        **by_employer,
        **profiles.described(who),
    )


def totals(database: Database, filter_: ActivityFilter) -> Totals:
    """The key figures alone of the activities that a filter keeps."""
    with database.read_whole() as connection:
        return _totals(days.each(connection, conditions_of(filter_)), people.who_came(connection, filter_)[0])


def _totals(by_day: Days, who: Came) -> Totals:
    counts = by_day.values()
    return Totals(
        accompaniments=sum(one.accompaniments for one in counts),
        activities=sum(one.activities for one in counts),
        individual=sum(one.individual for one in counts),
        workshops=sum(one.workshops for one in counts),
        workshop_people=sum(one.workshop_people for one in counts),
        people=who.total,
        followed=who.followed,
        anonymous=who.anonymous,
        new_people=who.new,
        known_people=who.total - who.new,
        came_back=who.came_back,
        minutes=sum(one.minutes for one in counts),
        face_to_face_minutes=sum(one.face_to_face_minutes for one in counts),
        remote_minutes=sum(one.remote_minutes for one in counts),
        workshop_minutes=sum(one.workshop_minutes for one in counts),
    )


def _breakdowns(connection: Connection, counted: Tally, total: int) -> Breakdowns:
    return {
        **choices.ticked(connection, counted, total),
        **where.took_place(connection, counted, total),
        **levels.reached(counted),
    }


def _compared(every_day: Days, came: Came) -> Comparison:
    """The key figures of another period, the rest of the filter unchanged."""
    period = date.fromordinal(came.span.start), date.fromordinal(came.span.stop - 1)
    return Comparison(periods.label(period), *period, _totals(days.those_in(every_day, came.span), came))


_COMPARED: dict[str, Callable[[Period], Period | None]] = {"previous": periods.previous, "last_year": periods.last_year}


def _paths(who: People) -> AutonomyPaths:
    places = range(len(Autonomy))
    rows = [tuple(who.paths[first, last] for last in places) for first in places]
    return AutonomyPaths(definitions.AUTONOMY_PATHS, tuple(rows))  # type: ignore[arg-type]
