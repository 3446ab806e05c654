"""The rows a device has not seen, page by page: `version > cursor` within its notebook.

A page ends with a whole version, or inside one that is larger than the page: then the cursor says after which record.
That loses nothing, since a version is taken once: its records can only leave it for a later one.
"""

import json
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Connection, Uuid, and_, any_, func, literal, select, tuple_
from sqlalchemy import Row as SqlRow

from protocol.messages import Lost, Piece, Row
from server.callers import Caller
from server.models import operation, record
from server.sync.store import Key

SMALL_ROW_BYTES = 60
"""A row is seldom smaller: how many rows are read at most for a page of so many bytes."""
WHOLE = UUID(int=2**128 - 1)
"""After the last record of a version."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Where a device stands, how much it wants, and what it may be spared."""

    after: int
    last: UUID | None
    """The last record received of the version that follows `after`, when a page ended inside it."""
    want: int
    may_split: bool
    """Devices of protocol 1 are given whole versions, however large."""
    settled: Set[Key]
    """The records of the newest version that the device itself just sent: it holds the result already."""
    held: Set[int]
    """The versions that it made, and of which it holds all."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, where they end, and how many more there are."""

    rows: list[Row]
    version: int
    last: UUID | None = None
    left: int = 0


def page(connection: Connection, caller: Caller, asked: Asked, until: int) -> Page:
    """The next rows up to version `until`."""
    if asked.after >= until:
        return Page([], until)
    found = _records(connection, caller.notebook, asked)
    told = [one for one in found if not (one.version == until and (one.kind, one.id) in asked.settled)]
    operations = _operations(connection, caller, told, asked.after)
    rows = [_row(one, operations, caller, asked.after) for one in told]
    kept = _within(rows, asked)
    left = (found[0].total - len(found) if found else 0) + len(rows) - len(kept)
    if left == 0:
        return Page(kept, until)
    version, last = (kept[-1].v, kept[-1].id) if len(kept) < len(rows) else (found[-1].version, found[-1].id)
    if not asked.may_split or _is_ended(version, last, found):
        return Page(kept, version, None, left)
    return Page(kept, version - 1, last, left)


def _is_ended(version: int, last: UUID, found: Sequence[SqlRow[Any]]) -> bool:
    """Whether no other record of this version follows; not known of the last one that was read."""
    follows = any(one.version == version and one.id > last for one in found)
    return not follows and bool(found[-1].version > version)


def _records(connection: Connection, notebook: UUID, asked: Asked) -> Sequence[SqlRow[Any]]:
    columns = record.c
    place = tuple_(columns.version, columns.id)
    start = (asked.after, WHOLE) if asked.last is None else (asked.after + 1, asked.last)
    is_new = and_(columns.notebook == notebook, place > start, columns.version.not_in(asked.held))
    total = select(func.count()).where(is_new).scalar_subquery()
    query = (
        select(columns.kind, columns.id, columns.version, columns.fields, columns.pieces, columns.deleted)
        .add_columns(columns.clock_ms, columns.clock_counter, columns.erased_at, columns.clocks, columns.changed)
        .add_columns(columns.lost, total.label("total"))
        .where(is_new)
    )
    most = max(1, asked.want // SMALL_ROW_BYTES)
    if asked.may_split:
        query = query.order_by(columns.version, columns.id).limit(most)
    else:
        query = query.order_by(columns.version).fetch(most, with_ties=True)
    return connection.execute(query).all()


def _operations(
    connection: Connection, caller: Caller, rows: Iterable[SqlRow[Any]], after: int
) -> dict[UUID, SqlRow[Any]]:
    """The operations that these rows speak of: those that hold a piece, a lost value, or a change not seen yet."""
    wanted = {op for row in rows for op in (*row.pieces, *_lost(row), *_news(row, after))}
    if not wanted:
        return {}
    columns = operation.c
    query = select(columns.op, columns.device, columns.clock_ms, columns.clock_counter).add_columns(
        columns.fields, columns.names, columns.piece
    )
    mine = query.where(
        columns.notebook == caller.notebook,
        columns.op == any_(literal(list(wanted), ARRAY(Uuid))),
        columns.outcome == "kept",
    )
    return {found.op: found for found in connection.execute(mine)}


def _lost(row: SqlRow[Any]) -> set[UUID]:
    return {UUID(op) for ops in row.lost.values() for op in ops}


def _news(row: SqlRow[Any], after: int) -> set[UUID]:
    """The operations behind the fields that changed after a version."""
    clocks = (row.clocks[name] for name, (version, _) in row.changed.items() if version > after)
    latest = (max(clock.values()) if isinstance(clock, dict) else clock for clock in clocks if clock)
    return {UUID(one[2]) for one in latest}


def _row(found: SqlRow[Any], operations: dict[UUID, SqlRow[Any]], caller: Caller, after: int) -> Row:
    place = {"kind": found.kind, "id": found.id, "v": found.version, "h": (found.clock_ms, found.clock_counter)}
    if found.erased_at is not None:
        return Row(**place, f=None)
    return Row(
        **place,
        f={**found.fields, "deleted": found.deleted},
        x=[_piece(operations[op]) for op in found.pieces],
        by=_author([operations[op] for op in _news(found, after) if op in operations], caller),
        lost=_lost_values(found, operations),
    )


def _piece(kept: SqlRow[Any]) -> Piece:
    return Piece(u=kept.op, h=(kept.clock_ms, kept.clock_counter), names=kept.names, piece=kept.piece)


def _author(news: list[SqlRow[Any]], caller: Caller) -> UUID | None:
    """Who made the latest change; another than the device that asks, where there is one."""
    if not news:
        return None
    latest = max(news, key=lambda kept: (kept.device != caller.device, kept.clock_ms, kept.clock_counter))
    return UUID(str(latest.device))


def _lost_values(found: SqlRow[Any], operations: dict[UUID, SqlRow[Any]]) -> list[Lost]:
    fields_of: dict[UUID, set[str]] = {}
    for name, ops in found.lost.items():
        for op in ops:
            fields_of.setdefault(UUID(op), set()).add(name)
    return [_lost_value(operations[op], fields) for op, fields in fields_of.items() if op in operations]


def _lost_value(kept: SqlRow[Any], fields: set[str]) -> Lost:
    is_sealed = bool(fields & set(kept.names or ()))
    return Lost(
        u=kept.op,
        by=kept.device,
        h=(kept.clock_ms, kept.clock_counter),
        lost=sorted(fields),
        f={name: value for name, value in (kept.fields or {}).items() if name in fields},
        names=kept.names if is_sealed else [],
        piece=kept.piece if is_sealed else b"",
    )


def _within(rows: list[Row], asked: Asked) -> list[Row]:
    """As many rows as `want` bytes hold, one at least; cut after a version, or inside one that is larger than that."""
    kept: list[Row] = []
    size, whole = 0, 0
    for row in rows:
        if kept and kept[-1].v != row.v:
            whole = len(kept)
        size += _size(row)
        if kept and size > asked.want and (whole or asked.may_split):
            return kept[:whole] if whole else kept
        kept.append(row)
    return kept


def _size(row: Row) -> int:
    """About what a row weighs once compressed: pieces do not compress, words do."""
    return 60 + len(json.dumps(row.f)) // 5 + sum(30 + len(piece.piece) for piece in row.x)
