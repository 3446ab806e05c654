"""The activities that a filter keeps, set aside for the time of a reading so that each figure finds them at once."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, column, insert, select, table, text

from app.models.activity import activity
from protocol.vocabulary import ActivityKind, Autonomy

Conditions = Sequence[ColumnElement[bool]]
NO_DAY = 0
"""The ordinal of the day of an activity that came without any: before every other."""


@contextmanager
def set_aside(connection: Connection, conditions: Conditions) -> Generator[None]:
    """Keep at hand the activities that meet the conditions; whatever happens, the end of the reading forgets them."""
    connection.execute(_MAKE)
    connection.execute(insert(_SCOPE).from_select([one.name for one in _SCOPE.c], of_kept(_COLUMNS, conditions)))
    yield
    connection.execute(_FORGET)


def of_kept(columns: str, conditions: Conditions) -> Select[Any]:
    """A question about the activities that meet the conditions, each column in SQL."""
    return select(text(columns)).select_from(activity).where(*conditions)


_MAKE = text(
    """CREATE TEMPORARY TABLE statistics_scope (
        id BLOB PRIMARY KEY, ordinal INTEGER NOT NULL, minutes INTEGER NOT NULL,
        people INTEGER NOT NULL, level INTEGER
    ) WITHOUT ROWID"""
)
"""In the connection's memory only (`temp_store`), and in numbers only, whose largest is found without taking memory.

`ordinal`: the day's, as Python counts. `level`: the place of an
individual's autonomy in its list.
"""
_FORGET = text("DROP TABLE statistics_scope")
_SCOPE = table("statistics_scope", *map(column, ("id", "ordinal", "minutes", "people", "level")))
_LEVELS = " ".join(f"WHEN '{word.value}' THEN {place}" for place, word in enumerate(Autonomy))
_EPOCH = date(1970, 1, 1).toordinal()
_COLUMNS = f"""activity.id,
    coalesce(unixepoch(activity.day) / 86400 + {_EPOCH}, {NO_DAY}),
    coalesce(activity.minutes, 0), activity.people,
    CASE WHEN activity.kind = '{ActivityKind.INDIVIDUAL.value}' THEN CASE activity.autonomy {_LEVELS} END END"""
