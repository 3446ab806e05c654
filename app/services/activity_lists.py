"""The lists of activities: a page of those that match a filter, one day, the figures of one week."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, select, text, tuple_

from app.database import Database
from app.models.activity import activity, activity_choice
from app.models.attendance import attendance
from app.models.beneficiary import beneficiary
from app.models.ids import those_listed
from app.models.place import place
from app.services import municipalities, procedures
from app.services.commands import ActivityFilter
from app.services.matching import match_of
from app.services.rows import ActivityPage, ActivityRow, DayFigures, WeekFigures
from protocol.vocabulary import ActivityKind, Topic

PAGE_SIZE = 50
EVERYTHING = ActivityFilter()
SORTS: dict[str, ColumnElement[Any]] = {
    "day": activity.c.day,
    "kind": activity.c.kind,
    "people": activity.c.people,
    "minutes": activity.c.minutes,
    "recorded_at": activity.c.created_at,
    "place": func.coalesce(select(place.c.name).where(place.c.id == activity.c.place).scalar_subquery(), ""),
}
"""What a list can be sorted by."""


def page(
    database: Database,
    filter_: ActivityFilter = EVERYTHING,
    sort: str = "day",
    descending: bool = True,
    offset: int = 0,
    limit: int = PAGE_SIZE,
    known: ActivityPage | None = None,
) -> ActivityPage:
    """A page of the activities that match, and the totals of all that match.

    `known` is another page of the same filter: its totals still hold and are not counted again.
    """
    conditions = conditions_of(filter_)
    totals = select(func.count(), func.sum(activity.c.minutes), func.sum(activity.c.people)).where(*conditions)
    with database.read() as connection:
        rows = rows_of(connection, _wanted(conditions, sort, descending).limit(limit).offset(offset))
        if known is not None:
            return replace(known, rows=rows)
        total, minutes, people = connection.execute(totals).one()
    return ActivityPage(rows, total, minutes or 0, people or 0)


def position(
    database: Database,
    id_: UUID,
    filter_: ActivityFilter = EVERYTHING,
    sort: str = "day",
    descending: bool = True,
) -> int | None:
    """How many activities come before one in the list that matches, None if the list does not have it."""
    conditions = conditions_of(filter_)
    column = SORTS[sort]
    with database.read() as connection:
        here = select(column, activity.c.number).where(*conditions, activity.c.id == id_)
        found = connection.execute(here).one_or_none()
        if found is None:
            return None
        place_of, mine = tuple_(column, activity.c.number), tuple_(*found)
        before = place_of > mine if descending else place_of < mine
        return connection.execute(select(func.count()).where(*conditions, before)).scalar_one()


def by_day(database: Database, filter_: ActivityFilter, since: date, until: date) -> dict[date, DayFigures]:
    """The figures of each day between two dates, of the activities that match."""
    figures = select(activity.c.day, func.sum(activity.c.people), func.sum(activity.c.minutes))
    wanted = figures.where(*conditions_of(filter_), activity.c.day.between(since, until)).group_by(activity.c.day)
    with database.read() as connection:
        return {day: DayFigures(people, minutes) for day, people, minutes in connection.execute(wanted)}


def of_day(database: Database, day: date) -> tuple[ActivityRow, ...]:
    """The activities of one day, in the order they were recorded."""
    conditions = conditions_of(ActivityFilter(since=day, until=day))
    with database.read() as connection:
        return rows_of(connection, _wanted(conditions, "recorded_at", descending=False))


def last_with(database: Database, beneficiary_id: UUID, limit: int = 3) -> tuple[ActivityRow, ...]:
    """The last activities that a person came to."""
    conditions = conditions_of(ActivityFilter(beneficiary=beneficiary_id))
    with database.read() as connection:
        return rows_of(connection, _wanted(conditions, "day", descending=True).limit(limit))


def week(database: Database, day: date) -> WeekFigures:
    """The figures of the week (Monday to Sunday) that holds a day."""
    monday = day - timedelta(days=day.weekday())
    bounds = {"monday": monday.isoformat(), "sunday": (monday + timedelta(days=6)).isoformat()}
    with database.read() as connection:
        days = connection.execute(_BY_DAY, bounds).all()
        new_people = connection.execute(_NEW_PEOPLE, bounds).scalar_one() or 0
    by_day = [0] * 7
    for iso, people, _, _ in days:
        by_day[date.fromisoformat(iso).weekday()] = people
    return WeekFigures(
        people_by_day=tuple(by_day),
        activities=sum(row[2] for row in days),
        people=sum(by_day),
        minutes=sum(row[3] for row in days),
        new_people=new_people,
    )


def rows_of(connection: Connection, wanted: Select[Any]) -> tuple[ActivityRow, ...]:
    """The rows of the activities that a query numbers, in its order."""
    numbers = connection.execute(wanted).scalars().all()
    found = {row.number: row for row in connection.execute(_ROWS, {"numbers": numbers})}
    ids = [row.id for row in found.values()]
    names, ticked = _names(connection, ids), _topics(connection, ids)
    return tuple(_row(found[number], names, ticked) for number in numbers)


def _wanted(conditions: Sequence[ColumnElement[bool]], sort: str, descending: bool) -> Select[Any]:
    column = SORTS[sort]
    order = (column.desc(), activity.c.number.desc()) if descending else (column.asc(), activity.c.number.asc())
    return select(activity.c.number).where(*conditions).order_by(*order)


def conditions_of(filter_: ActivityFilter) -> list[ColumnElement[bool]]:
    """Any word inside one filter, all the filters together; the two lists of topics are one."""
    conditions: list[ColumnElement[bool]] = [activity.c.deleted.is_(False)]
    if filter_.since:
        conditions.append(activity.c.day >= filter_.since)
    if filter_.until:
        conditions.append(activity.c.day <= filter_.until)
    if filter_.kinds:
        conditions.append(activity.c.kind.in_(sorted(filter_.kinds)))
    if filter_.places or filter_.place_kinds:
        at = activity.c.place.in_(sorted(filter_.places)) | activity.c.place_kind.in_(sorted(filter_.place_kinds))
        conditions.append(at)
    if filter_.topics or filter_.families:
        conditions.append(_chosen("topics", filter_.topics) | _chosen("families", filter_.families))
    if filter_.tags:
        conditions.append(_chosen("tags", {str(tag) for tag in filter_.tags}))
    if filter_.municipalities:
        wanted = sorted(filter_.municipalities)
        at_places = select(place.c.id).where(place.c.municipality.in_(wanted))
        conditions.append(activity.c.municipality.in_(wanted) | activity.c.place.in_(at_places))
    if people := filter_.people | frozenset(filter(None, [filter_.beneficiary])):
        conditions.append(activity.c.id.in_(_of_people(people)))
    if match := match_of(filter_.text):
        conditions.append(activity.c.number.in_(_SEARCH.bindparams(words=match).columns(activity.c.number)))
    return conditions


def _of_people(people: frozenset[UUID]) -> Select[Any]:
    """The activities that any of these people came to."""
    one = attendance.c.beneficiary
    is_one = one == next(iter(people)) if len(people) == 1 else one.in_(those_listed(people))
    return select(attendance.c.activity).where(is_one, attendance.c.deleted.is_(False))


def _chosen(field: str, codes: Any) -> ColumnElement[bool]:
    choices = activity_choice.c
    chosen = select(choices.activity).where(choices.field == field, choices.code.in_(sorted(codes)))
    return activity.c.id.in_(chosen)


def _names(connection: Connection, ids: list[UUID]) -> dict[UUID, list[str]]:
    names: dict[UUID, list[str]] = defaultdict(list)
    for id_, first, last in connection.execute(_NAMES, {"ids": ids}):
        names[id_].append(f"{last or ''} {first or ''}".strip())
    return names


def _topics(connection: Connection, ids: list[UUID]) -> dict[UUID, set[str]]:
    ticked: dict[UUID, set[str]] = defaultdict(set)
    for id_, code in connection.execute(_TOPICS, {"ids": ids}):
        ticked[id_].add(code)
    return ticked


def _row(row: Any, names: dict[UUID, list[str]], ticked: dict[UUID, set[str]]) -> ActivityRow:
    helped = [found.label for code in row.procedures or () if (found := procedures.get(code))]
    who = names[row.id][0] if row.kind is ActivityKind.INDIVIDUAL and names[row.id] else row.title or ""
    return ActivityRow(
        id=row.id,
        kind=row.kind,
        day=row.day,
        minutes=row.minutes or 0,
        place_kind=row.place_kind,
        place=row.name or _municipality(row.municipality),
        people=row.people,
        who=who,
        topics=tuple(topic for topic in Topic if topic.value in ticked[row.id]),
        procedures=tuple(helped) + ((row.procedure_note,) if row.procedure_note else ()),
        recorded_at=datetime.fromtimestamp(row.created_at / 1000),
    )


def _municipality(insee: str | None) -> str:
    found = municipalities.get(insee) if insee else None
    return found.name if found else ""


_ROWS = (
    select(
        activity.c.number,
        activity.c.id,
        activity.c.kind,
        activity.c.day,
        activity.c.minutes,
        activity.c.place_kind,
        activity.c.municipality,
        activity.c.people,
        activity.c.title,
        activity.c.procedures,
        activity.c.procedure_note,
        activity.c.created_at,
        place.c.name,
    )
    .select_from(activity.outerjoin(place, place.c.id == activity.c.place))
    .where(activity.c.number.in_(bindparam("numbers", expanding=True)))
)
_NAMES = (
    select(attendance.c.activity, beneficiary.c.first_name, beneficiary.c.last_name)
    .join(beneficiary, beneficiary.c.id == attendance.c.beneficiary)
    .where(
        attendance.c.activity.in_(bindparam("ids", expanding=True)),
        attendance.c.deleted.is_(False),
        beneficiary.c.deleted.is_(False),
    )
)
_TOPICS = select(activity_choice.c.activity, activity_choice.c.code).where(
    activity_choice.c.activity.in_(bindparam("ids", expanding=True)), activity_choice.c.field == "topics"
)
_SEARCH = text("SELECT rowid AS number FROM activity_search WHERE words MATCH :words")
_BY_DAY = text(
    """SELECT day, sum(people), count(*), sum(minutes) FROM activity
    WHERE deleted = 0 AND day BETWEEN :monday AND :sunday GROUP BY day"""
)
_NEW_PEOPLE = text(
    """SELECT sum(coalesce(json_extract(a.anonymous, '$.total') - json_extract(a.anonymous, '$.already'), 0)
        + (SELECT count(*) FROM attendance t WHERE t.activity = a.id AND NOT t.deleted
            AND CASE WHEN t.beneficiary IS NULL THEN NOT coalesce(t.already, 0) ELSE t.first END))
    FROM activity a WHERE a.deleted = 0 AND a.day BETWEEN :monday AND :sunday"""
)
