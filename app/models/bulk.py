"""Many rows written at once: their values are made ready here, much quicker than SQLAlchemy does for any statement."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.types import TypeEngine

from app.models.base import Code, Uid

Ready = Callable[[Any], Any]


def insert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows, all with the same columns; the others take their defaults."""
    if not rows:
        return
    names = tuple(rows[0])
    ready = _ready(table, names, connection.dialect)
    columns = [
        [row[name] for row in rows] if make is None else [make(row[name]) for row in rows] for name, make in ready
    ]
    connection.exec_driver_sql(_sentence(table, names, connection.dialect), list(zip(*columns, strict=True)))


@cache
def _ready(table: Table, names: tuple[str, ...], dialect: Dialect) -> tuple[tuple[str, Ready | None], ...]:
    """How a value of each column is made ready for the driver."""
    return tuple((name, _maker(table.c[name].type, dialect)) for name in names)


def _maker(type_: TypeEngine[Any], dialect: Dialect) -> Ready | None:
    if isinstance(type_, Uid):  # the most frequent values
        return lambda id_: None if id_ is None else id_.bytes
    if isinstance(type_, Code):
        return lambda word: None if word is None else str(word)
    return type_.dialect_impl(dialect).bind_processor(dialect)


@cache
def _sentence(table: Table, names: tuple[str, ...], dialect: Dialect) -> str:
    quote = dialect.identifier_preparer.quote
    columns = ", ".join(quote(name) for name in names)
    return f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({', '.join('?' * len(names))})"
