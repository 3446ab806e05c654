"""What the notebook says of earlier imports: what was taken away with one, and whether anything changed meanwhile."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import Connection, Row, func, select, text

from app.models.local import change

Moment = tuple[int, int]
"""Differs as soon as anything was saved, received or erased."""
PART = 2_000
"""Records written together: enough to be quick, few enough to be told how far it is, and to stop."""


def moment_of(connection: Connection) -> Moment:
    """The state of the notebook, in two numbers."""
    last, lines = connection.execute(select(func.max(change.c.number), func.count())).one()
    return last or 0, lines


def taken_away(connection: Connection) -> frozenset[UUID]:
    """The records that left the notebook when the last import that had brought them was undone."""
    return frozenset(UUID(bytes=row.record_id) for row in _last_imports(connection) if row.undone)


def _last_imports(connection: Connection) -> Iterator[Row[tuple[bytes, bool]]]:
    # the ids of batches are in order of time, and SQLite takes the other columns from the row of the maximum
    yield from connection.execute(
        text(
            "SELECT record_id, undone, max(batch) FROM imported JOIN import_batch ON import_batch.id = imported.batch"
            " GROUP BY record_id"
        )
    )
