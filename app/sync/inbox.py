"""What the server sent, laid under what this computer has not sent yet."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row as SqlRow

from app.sync import outbox
from app.sync.identity import Identity
from app.work import Work
from protocol.clock import Clock
from protocol.fields import FIELDS
from protocol.messages import Row
from protocol.sealing import CannotOpenError, Subject, open_piece
from protocol.vocabulary import RecordKind

log = logging.getLogger(__name__)
Fields = dict[str, Any]
_KINDS = {kind.value for kind in RecordKind}


def receive(work: Work, identity: Identity, rows: Sequence[Row]) -> int:
    """Write the rows received, each under this computer's own waiting changes; answers how many were written."""
    waiting = outbox.pending(work.connection, [row.id for row in rows])
    written = 0
    latest = Clock(*(work.get_state("sync.hlc") or (0, 0)))
    for row in rows:
        latest = latest.seen(Clock(*row.h))
        if row.kind in _KINDS:
            written += _receive_one(work, identity, row, waiting.get((row.kind, row.id), []))
    work.set_state("sync.hlc", list(latest))
    return written


def _receive_one(work: Work, identity: Identity, row: Row, waiting: list[SqlRow[Any]]) -> bool:
    kind = RecordKind(row.kind)
    if row.f is None:
        work.apply(kind, row.id, {}, erased=True)
        return True
    try:
        fields = _opened(identity, row)
    except CannotOpenError:
        log.warning("A %s could not be opened with this notebook's key", row.kind)
        work.set_state("sync.unopened", (work.get_state("sync.unopened") or 0) + 1)
        return False
    for operation in waiting:
        fields = _overlaid(kind, fields, operation, Clock(*row.h))
    work.apply(kind, row.id, fields)
    return True


def _opened(identity: Identity, row: Row) -> Fields:
    """The whole of a row in clear: pieces come oldest first, so that the latest value of a field stays."""
    subject = Subject(identity.notebook, row.kind, row.id)
    fields: Fields = dict(row.f or {})
    for piece in row.x:
        fields.update(open_piece(identity.key, subject, piece.u, piece.names, piece.piece))
    return fields


def _overlaid(kind: RecordKind, fields: Mapping[str, Any], operation: SqlRow[Any], seen: Clock) -> Fields:
    """The fields under one operation that the server does not have; an edit later than a deletion brings it back.

    What the server refused only fills the fields that it never had, so that nothing typed here is lost.
    """
    if operation.refusal is not None:
        return {**_overlaid_on({}, kind, operation), **fields}
    result = _overlaid_on(fields, kind, operation)
    if "deleted" not in operation.fields and Clock(operation.clock_ms, operation.clock_counter) > seen:
        result["deleted"] = False
    return result


def _overlaid_on(fields: Mapping[str, Any], kind: RecordKind, operation: SqlRow[Any]) -> Fields:
    result = dict(fields)
    for name, change in operation.fields.items():
        result[name] = _changed_set(result.get(name), change) if name in FIELDS[kind].sets else change
    return result


def _changed_set(elements: list[str] | None, change: Mapping[str, list[str]]) -> list[str]:
    return sorted(set(elements or ()) - set(change["-"]) | set(change["+"]))
