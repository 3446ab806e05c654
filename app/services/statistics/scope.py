"""What the figures are counted on: the activities and the presences that a filter keeps."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, literal_column, select, text

from app.models.activity import activity
from app.models.attendance import attendance
from app.models.derived import LEVELS
from app.services.activity_lists import EVERYTHING, conditions_of
from app.services.commands import ActivityFilter
from app.services.statistics.periods import Span

_BY_INDEX = text("unlikely(activity.deleted = 0)")
"""Nearly all are kept; SQLite, which would then read the whole table, is told otherwise and reads the index alone."""
Conditions = Sequence[ColumnElement[bool]]


def of_kept(columns: str, conditions: Conditions) -> Select[Any]:
    """A question about the activities that meet the conditions, each column in SQL."""
    return select(text(columns)).select_from(activity).where(*conditions, _BY_INDEX)


def presences(columns: str, filter_: ActivityFilter, span: Span) -> Select[Any]:
    """A question about the presences at the activities that a filter keeps, whatever its dates, in a span of days.

    They are read in the order of their people, by an index that holds their day: other filters alone ask the activity.
    """
    conditions: list[ColumnElement[bool]] = [attendance.c.deleted.is_(False)]
    if (rest := replace(filter_, since=None, until=None)) != EVERYTHING:
        kept = select(activity.c.id).where(*conditions_of(rest))
        conditions.append(literal_column("+attendance.activity").in_(kept))  # the plus: never the way in
    return select(text(columns)).select_from(attendance).where(*conditions, text(within(span)))


def within(span: Span) -> str:
    """That a presence is on one of the days of a span, in SQL."""
    return f"attendance.moment BETWEEN {span.start * LEVELS} AND {span.stop * LEVELS - 1}"
