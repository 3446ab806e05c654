"""What was saved since the copy and never reached the server, as far as the damaged file still shows it.

Each change keeps its own id and its clock: if it had left after all, the server knows it again.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from app.database import Database
from app.errors import DamagedError
from app.forgetting import person
from app.models import RECORDS
from app.models.local import outbox
from app.models.record import laid_over
from app.work import Received, Work
from protocol.clock import Clock
from protocol.vocabulary import RecordKind

_MOST_GAPS = 60
"""Changes in a row that cannot be read, after which the rest is given up: a page holds fewer."""
_NEXT = select(outbox).where(outbox.c.seq > bindparam("after")).order_by(outbox.c.seq).limit(1)


def salvage(damaged: Path, key: bytearray, work: Work) -> Counter[RecordKind]:
    """Add to a notebook the changes of a damaged file that it lacks; answers how many of each kind of record."""
    known = set(work.connection.scalars(select(outbox.c.op_id)))
    found: Counter[RecordKind] = Counter()
    for row in _readable(damaged, key):
        is_needed = row.acked_at is None or row.refusal is not None
        if is_needed and row.op_id not in known:
            _take(work, row)
            found[row.kind] += 1
    return found


def _readable(damaged: Path, key: bytearray) -> Iterator[Row[Any]]:
    """The operations that can be read, in order; a connection that met a damaged page reads no other afterwards."""
    after, gaps = 0, 0
    while gaps < _MOST_GAPS:
        try:
            with closing(Database(damaged, bytearray(key), damaged.parent)) as wreck, wreck.read() as connection:
                # one by one: the driver reads a row ahead, and a damaged one would take the sound one before it along
                while (row := connection.execute(_NEXT, {"after": after}).one_or_none()) is not None:
                    after, gaps = row.seq, 0
                    yield row
            return
        except DamagedError:
            after, gaps = after + 1, gaps + 1


def _take(work: Work, row: Row[Any]) -> None:
    """Change the record as the operation says, and queue the operation as it was, closed to any folding."""
    record = RECORDS[row.kind]
    found = work.find(record, row.record_id)
    fields = None if row.erases else laid_over(found.wire() if found else {}, row.kind, row.fields)
    person.follow(work, Received(row.kind, row.record_id, fields))
    kept = {**row._mapping, "sent": True, "acked_at": None, "refusal": None}
    # what the copy had not sent yet was folded into it
    before = (outbox.c.seq == row.seq, outbox.c.record_id == row.record_id, outbox.c.sent.is_(False))
    if not work.connection.execute(update(outbox).where(*before).values(kept)).rowcount:
        seq = work.get_state("sync.next_seq") or 1
        work.connection.execute(insert(outbox), {**kept, "seq": seq})
        work.set_state("sync.next_seq", seq + 1)
    clock = Clock(*(work.get_state("sync.hlc") or (0, 0))).seen(Clock(row.clock_ms, row.clock_counter))
    work.set_state("sync.hlc", list(clock))
