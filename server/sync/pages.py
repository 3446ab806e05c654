"""The rows a device has not seen, page by page: `version > cursor` within its notebook, a version never cut in two."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Connection, Uuid, any_, literal, select
from sqlalchemy import Row as SqlRow

from protocol.messages import Piece, Row
from server.callers import Caller
from server.models import operation, record
from server.sync.store import Key

SMALL_ROW_BYTES = 150
"""A row is seldom smaller: how many rows are read at most for a page of so many bytes."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, the version up to which they are complete, and whether there are more."""

    rows: list[Row]
    version: int
    is_last: bool


def page(connection: Connection, caller: Caller, after: int, until: int, want: int, settled: Collection[Key]) -> Page:
    """The next rows after a version, about `want` bytes of them.

    `settled` names the records of version `until` that the device itself just sent: it holds the result already.
    """
    if after >= until:
        return Page([], until, True)
    found = _records(connection, caller.notebook, after, want)
    pieces = _pieces(connection, caller.notebook, found)
    rows = [_row(one, pieces) for one in found if not (one.version == until and (one.kind, one.id) in settled)]
    kept, is_cut = _within(rows, want)
    is_last = not is_cut and (not found or found[-1].version >= until)
    version = until if is_last else (kept[-1].v if is_cut else found[-1].version)
    return Page(kept, version, is_last)


def _records(connection: Connection, notebook: UUID, after: int, want: int) -> Sequence[SqlRow[Any]]:
    columns = record.c
    query = (
        select(columns.kind, columns.id, columns.version, columns.fields, columns.pieces, columns.deleted)
        .add_columns(columns.clock_ms, columns.clock_counter, columns.erased_at)
        .where(columns.notebook == notebook, columns.version > after)
        .order_by(columns.version)
        .fetch(max(1, want // SMALL_ROW_BYTES), with_ties=True)
    )
    return connection.execute(query).all()


def _pieces(connection: Connection, notebook: UUID, rows: Iterable[SqlRow[Any]]) -> dict[UUID, Piece]:
    wanted = [op for row in rows for op in row.pieces]
    if not wanted:
        return {}
    columns = operation.c
    query = select(columns.op, columns.clock_ms, columns.clock_counter, columns.names, columns.piece).where(
        columns.notebook == notebook, columns.op == any_(literal(wanted, ARRAY(Uuid))), columns.outcome == "kept"
    )
    return {
        op: Piece(u=op, h=(ms, counter), names=names, piece=piece)
        for op, ms, counter, names, piece in connection.execute(query)
    }


def _row(found: SqlRow[Any], pieces: dict[UUID, Piece]) -> Row:
    is_erased = found.erased_at is not None
    return Row(
        kind=found.kind,
        id=found.id,
        v=found.version,
        h=(found.clock_ms, found.clock_counter),
        f=None if is_erased else {**found.fields, "deleted": found.deleted},
        x=[] if is_erased else [pieces[op] for op in found.pieces],
    )


def _within(rows: list[Row], want: int) -> tuple[list[Row], bool]:
    """As many whole versions as `want` bytes hold, one at least; and whether some had to be left."""
    kept: list[Row] = []
    size = 0
    for _, group in groupby(rows, key=lambda row: row.v):
        version = list(group)
        size += sum(_size(row) for row in version)
        if kept and size > want:
            return kept, True
        kept += version
    return kept, False


def _size(row: Row) -> int:
    """About what a row weighs once compressed: pieces do not compress, words do."""
    return 60 + len(json.dumps(row.f)) // 5 + sum(30 + len(piece.piece) for piece in row.x)
