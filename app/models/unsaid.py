"""Taking words out of what was said of a record: its history, the values that lost, the operations still kept."""

from collections.abc import Callable, Set
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, select, update

from app.models.base import Wire
from app.models.local import change, lost_value, outbox
from app.models.record import Record

Clean = Callable[[str, Wire], Wire]
"""What is left of the value of a field, given its name."""


def is_said(connection: Connection, record: Record, clean: Clean) -> bool:
    """Whether a record, its history, what was told of it or values of it that lost say words to take out."""
    said: list[dict[str, Wire]] = [record.wire()]
    for row in connection.execute(select(change.c.before, change.c.after).where(change.c.record_id == record.id)):
        said += [row.before, row.after]
    said += connection.execute(select(outbox.c.fields).where(outbox.c.record_id == record.id)).scalars()
    lost = select(lost_value.c.field, lost_value.c.value).where(lost_value.c.record_id == record.id)
    said += [{row.field: row.value} for row in connection.execute(lost)]
    return any(_cleaned(one, clean) != one for one in said)


def clean_history(connection: Connection, record: UUID, clean: Clean) -> None:
    """Take words out of every line of the history of a record."""
    for row in connection.execute(select(change).where(change.c.record_id == record)).all():
        before, after = _cleaned(row.before, clean), _cleaned(row.after, clean)
        if (before, after) != (row.before, row.after):
            connection.execute(_REWRITE, {"b_number": row.number, "was": before, "became": after})


def drop_lost(connection: Connection, record: UUID, clean: Clean) -> bool:
    """Let go of the values of a record that lost and say these words; answers whether there were any."""
    gone = 0
    for row in connection.execute(select(lost_value).where(lost_value.c.record_id == record)).all():
        if clean(row.field, row.value) != row.value:
            same = (lost_value.c.record_id == record, lost_value.c.field == row.field, lost_value.c.op_id == row.op_id)
            gone += connection.execute(delete(lost_value).where(*same)).rowcount
    return gone > 0


def clean_operations(connection: Connection, record: UUID, clean: Clean, sealed: Set[str]) -> None:
    """Take words out of the operations on a record.

    Of those that ever left nothing sealed stays: what was closed once under an id is never closed otherwise under it.
    """
    kept = select(outbox.c.seq, outbox.c.fields, outbox.c.sent).where(outbox.c.record_id == record, ~outbox.c.erases)
    for seq, fields, sent in connection.execute(kept).all():
        if sent:
            left = {name: value for name, value in fields.items() if name not in sealed}
            connection.execute(update(outbox).where(outbox.c.seq == seq).values(fields=left, piece=None))
        else:
            connection.execute(update(outbox).where(outbox.c.seq == seq).values(fields=_cleaned(fields, clean)))


def _cleaned(fields: dict[str, Any], clean: Clean) -> dict[str, Any]:
    return {name: clean(name, value) for name, value in fields.items()}


_REWRITE = (
    update(change)
    .where(change.c.number == bindparam("b_number"))
    .values(before=bindparam("was"), after=bindparam("became"))
)
