"""The list of the people followed: a page of those that match, in the order asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
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
        order = _Order(sort, descending, found)
        wanted = _numbers(connection, conditions, order, offset, limit)
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
        numbers = _numbers(connection, conditions, _Order(sort, descending, found))
    return numbers.index(number) if number in numbers else None


def everybody_in(database: Database, filter_: PeopleFilter) -> frozenset[UUID]:
    """All the people who match, whatever the page."""
    conditions = _conditions(filter_, matches(database, filter_.text))
    with database.read() as connection:
        return frozenset(connection.execute(select(beneficiary.c.id).where(*conditions)).scalars())


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


@dataclass(frozen=True, slots=True)
class _Order:
    """By what people are sorted; those who hold the words only nearly come last, and so does what is not known."""

    sort: str
    descending: bool
    found: Matches | None

    @property
    def is_near(self) -> ColumnElement[bool] | None:
        return ~self.found.as_typed if self.found and self.found.near else None


def _numbers(
    connection: Connection,
    conditions: list[ColumnElement[bool]],
    order: _Order,
    offset: int = 0,
    limit: int | None = None,
) -> Sequence[int]:
    """Who matches, in order, from one place to another."""
    if order.sort in _WORDS:
        end = None if limit is None else offset + limit
        return _by_words(connection, conditions, order)[offset:end]
    column = _SORTS[order.sort]
    sorted_ = column.desc() if order.descending else column.asc()
    wanted = select(beneficiary.c.number).where(*conditions)
    if order.is_near is not None:
        wanted = wanted.order_by(order.is_near)
    wanted = wanted.order_by(sorted_ if order.sort == "name" else sorted_.nulls_last())
    wanted = wanted.order_by(beneficiary.c.sorted_as, beneficiary.c.number).limit(limit).offset(offset)
    return connection.execute(wanted).scalars().all()


def _by_words(connection: Connection, conditions: list[ColumnElement[bool]], order: _Order) -> list[int]:
    column, words = _WORDS[order.sort]
    said = cache(words)
    is_near = literal(False) if order.is_near is None else order.is_near
    wanted = select(beneficiary.c.number, column, is_near).where(*conditions).order_by(beneficiary.c.sorted_as)
    read = [(near, said(value or ""), number) for number, value, near in connection.execute(wanted)]
    read.sort(key=itemgetter(1), reverse=order.descending)
    read.sort(key=lambda one: (one[0], not one[1]))
    return [number for _, _, number in read]


def _line(row: Any) -> PersonLine:
    return PersonLine(person_row(row), date.fromordinal(row.moment // LEVELS) if row.moment else None)


def _commune(code: str) -> str:
    found = municipalities.get(code) if code else None
    return found.name if found else ""


_LINES = select(beneficiary.c.number, *PERSON_COLUMNS, _LAST_MOMENT.label("moment"))
