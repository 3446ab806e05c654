"""The list of the people followed: a page of those that match, in the order asked."""

from collections.abc import Callable, Sequence
from datetime import date
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, func, literal, select

from app.database import Database
from app.folding import fold
from app.models.attendance import attendance
from app.models.beneficiary import beneficiary
from app.models.derived import LEVELS
from app.services import municipalities
from app.services.beneficiaries import PERSON_COLUMNS, person_row
from app.services.commands import PeopleFilter
from app.services.person_search import Matches, matches
from app.services.rows import PeoplePage, PersonLine

PAGE_SIZE = 50
EVERYBODY = PeopleFilter()
_LAST_MOMENT = (
    select(func.max(attendance.c.moment))
    .where(attendance.c.beneficiary == beneficiary.c.id, attendance.c.deleted.is_(False))
    .correlate(beneficiary)
    .scalar_subquery()
)
_SORTS: dict[str, ColumnElement[Any]] = {
    "name": beneficiary.c.sorted_as,
    "birth_year": beneficiary.c.birth_year,
    "accompaniments": beneficiary.c.accompaniments,
    "last_came": _LAST_MOMENT,
}
_WORDS: dict[str, tuple[ColumnElement[Any], Callable[[str], str]]] = {
    "first_name": (beneficiary.c.first_name, fold),
    "municipality": (beneficiary.c.municipality, lambda code: fold(_commune(code))),
}
"""What is sorted by the words that people read, not by what is kept."""
SORTS = (*_SORTS, *_WORDS)
"""What the list can be sorted by."""


def page(
    database: Database,
    filter_: PeopleFilter = EVERYBODY,
    sort: str = "name",
    descending: bool = False,
    offset: int = 0,
    limit: int = PAGE_SIZE,
) -> PeoplePage:
    """A page of the people who match; those who hold the words as they are typed come before those who nearly do."""
    found = matches(database, filter_.text)
    conditions = _conditions(filter_, found)
    with database.read() as connection:
        total = connection.execute(select(func.count()).select_from(beneficiary).where(*conditions)).scalar_one()
        numbers = _numbers(connection, conditions, sort, descending, found)
        wanted = numbers[offset : offset + limit]
        rows = {row.number: row for row in connection.execute(_LINES.where(beneficiary.c.number.in_(wanted)))}
    return PeoplePage(tuple(_line(rows[number]) for number in wanted), total)


def position(
    database: Database,
    id_: UUID,
    filter_: PeopleFilter = EVERYBODY,
    sort: str = "name",
    descending: bool = False,
) -> int | None:
    """How many people come before one in the list, None if the list does not have them."""
    found = matches(database, filter_.text)
    conditions = _conditions(filter_, found)
    with database.read() as connection:
        number = connection.execute(select(beneficiary.c.number).where(beneficiary.c.id == id_)).scalar_one_or_none()
        numbers = _numbers(connection, conditions, sort, descending, found)
    return numbers.index(number) if number in numbers else None


def _conditions(filter_: PeopleFilter, found: Matches | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [beneficiary.c.deleted.is_(False)]
    if found is not None:
        conditions.append(found.condition)
    if filter_.absent_since:
        first = filter_.absent_since.toordinal() * LEVELS
        conditions.append(func.coalesce(_LAST_MOMENT, 0) < first)
    if filter_.never_came:
        conditions.append(beneficiary.c.accompaniments == 0)
    return conditions


def _numbers(
    connection: Connection,
    conditions: list[ColumnElement[bool]],
    sort: str,
    descending: bool,
    found: Matches | None,
) -> Sequence[int]:
    """Who matches, in order; what is not known comes last either way."""
    is_near = ~found.as_typed if found and found.near else literal(False)
    if sort in _SORTS:
        column = _SORTS[sort]
        order = column.desc() if descending else column.asc()
        order = order if sort == "name" else order.nulls_last()
        by_name = beneficiary.c.sorted_as, beneficiary.c.number
        ordered = [*([is_near] if found and found.near else []), order, *by_name]
        return connection.execute(select(beneficiary.c.number).where(*conditions).order_by(*ordered)).scalars().all()
    column, words = _WORDS[sort]
    wanted = select(beneficiary.c.number, column, is_near).where(*conditions).order_by(beneficiary.c.sorted_as)
    read = [(near, words(value or ""), number) for number, value, near in connection.execute(wanted)]
    read.sort(key=itemgetter(1), reverse=descending)
    read.sort(key=lambda one: (one[0], not one[1]))
    return [number for _, _, number in read]


def _line(row: Any) -> PersonLine:
    return PersonLine(person_row(row), date.fromordinal(row.moment // LEVELS) if row.moment else None)


def _commune(code: str) -> str:
    found = municipalities.get(code) if code else None
    return found.name if found else ""


_LINES = select(beneficiary.c.number, *PERSON_COLUMNS, _LAST_MOMENT.label("moment"))
