"""What the server sent, laid under what this computer has not sent yet."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row as SqlRow
from sqlalchemy import delete, insert, select

from app.forgetting import person
from app.models.local import held_row, lost_value
from app.models.record import laid_over
from app.sync import outbox
from app.sync.identity import Identity
from app.work import Received, Work
from protocol.clock import Clock
from protocol.messages import Lost, Piece, Row
from protocol.sealing import CannotOpenError, Subject, open_piece
from protocol.vocabulary import RecordKind

log = logging.getLogger(__name__)
Fields = dict[str, Any]
_KINDS = {kind.value for kind in RecordKind}


def receive(work: Work, identity: Identity, rows: Sequence[Row]) -> int:
    """Write the rows received, each under this computer's own waiting changes; answers how many were written."""
    waiting = outbox.pending(work.connection, [row.id for row in rows])
    latest = Clock(*(work.get_state("sync.hlc") or (0, 0)))
    incoming = _Incoming(work, identity)
    for row in sorted(rows, key=_people_who_left_last):
        latest = latest.seen(Clock(*row.h))
        incoming.take(row, waiting.get((row.kind, row.id), []))
    person.follow_late(
        work, [(RecordKind(row.kind), row.id) for row in rows if row.kind in _KINDS and row.f is not None]
    )
    work.set_state("sync.hlc", list(latest))
    return incoming.written


def receive_held(work: Work, identity: Identity) -> int:
    """Try again the rows that no key opened so far, and those of kinds that an older program did not know."""
    kept = work.connection.execute(select(held_row.c.row)).scalars().all()
    return receive(work, identity, [Row.model_validate_json(row) for row in kept]) if kept else 0


def _people_who_left_last(row: Row) -> tuple[bool, bool]:
    """What they leave behind is then as their computer told it, and need not be told a second time."""
    return row.f is None, row.f is None and row.kind == RecordKind.BENEFICIARY


@dataclass(slots=True)
class _Incoming:
    """The rows of one answer on their way into the notebook."""

    work: Work
    identity: Identity
    written: int = 0

    def take(self, row: Row, waiting: list[SqlRow[Any]]) -> None:
        """One row: written, or held as it came until something of this computer can read it."""
        place = held_row.c.record_id == row.id, held_row.c.kind == row.kind
        self.work.connection.execute(delete(held_row).where(*place))
        try:
            self._write(row, waiting)
            self.written += 1
        except (CannotOpenError, KeyError):
            log.warning("A %s could not be read: it is held until a key or a newer program can", row.kind)
            values = {"record_id": row.id, "kind": row.kind, "version": row.v, "row": row.model_dump_json()}
            self.work.connection.execute(insert(held_row), values)

    def _write(self, row: Row, waiting: list[SqlRow[Any]]) -> None:
        if row.kind not in _KINDS:
            raise KeyError(row.kind)
        kind = RecordKind(row.kind)
        if row.f is None:
            person.follow(self.work, Received(kind, row.id, None, row.v))
            return
        if any(operation.erases for operation in waiting):  # erased here, and the server does not know it yet
            return
        fields = self._opened(row)
        for operation in waiting:
            fields = _overlaid(kind, fields, operation, Clock(*row.h))
        self.work.apply(Received(kind, row.id, fields, row.v, row.by))
        self._keep_lost(kind, row)

    def _opened(self, row: Row) -> Fields:
        """The whole of a row in clear: pieces come oldest first, so that the latest value of a field stays."""
        fields: Fields = dict(row.f or {})
        for piece in row.x:
            fields.update(self._changes(row, piece))
        return fields

    def _changes(self, row: Row, piece: Piece | Lost) -> Fields:
        subject = Subject(self.identity.notebook, row.kind, row.id)
        return open_piece(self.identity.keys, subject, piece.u, piece.names, piece.piece)

    def _keep_lost(self, kind: RecordKind, row: Row) -> None:
        """The values that lost, as the server names them now; what the advisor settled here stays settled."""
        table, mine = lost_value.c, lost_value.c.record_id == row.id
        settled = set(self.work.connection.execute(select(table.field, table.op_id).where(mine, table.settled)).all())
        self.work.connection.execute(delete(lost_value).where(mine))
        values = [
            {"kind": kind, "record_id": row.id, "field": name, "op_id": one.u, "author": one.by, "at": one.h[0]}
            | {"value": value, "settled": (name, one.u) in settled}
            for one in row.lost
            for name, value in self._lost_values(row, one)
        ]
        if values:
            self.work.connection.execute(insert(lost_value), values)

    def _lost_values(self, row: Row, one: Lost) -> list[tuple[str, Any]]:
        known = {**one.f, **(self._changes(row, one) if one.piece else {})}
        return [(name, known[name]) for name in one.lost if name in known]


def held_versions(work: Work) -> dict[str, dict[UUID, int]]:
    """The rows held, by kind, each with the version under which the server has it."""
    held: dict[str, dict[UUID, int]] = {}
    columns = held_row.c
    rows = select(columns.kind, columns.record_id, columns.version).where(columns.version > 0)
    for kind, id_, version in work.connection.execute(rows):
        held.setdefault(kind, {})[id_] = version
    return held


def _overlaid(kind: RecordKind, fields: Mapping[str, Any], operation: SqlRow[Any], seen: Clock) -> Fields:
    """The fields under one operation that the server does not have; an edit later than a deletion brings it back.

    What the server refused only fills the fields that it never had, so that nothing typed here is lost.
    """
    if operation.refusal is not None:
        return {**laid_over({}, kind, operation.fields), **fields}
    result = laid_over(fields, kind, operation.fields)
    if (
        operation.fields
        and "deleted" not in operation.fields
        and Clock(operation.clock_ms, operation.clock_counter) > seen
    ):
        result["deleted"] = False
    return result
