"""Once a week, whether this notebook holds what the server holds; and what is done when the server says to start again.

Both sides compare fingerprints of identifiers and versions. Where they differ, the server sends everything again, and
what it turns out not to have is sent to it again: neither side loses anything.
"""

from sqlalchemy import select, update

from app.models import RECORDS
from app.models.local import outbox
from app.sync.inbox import held_versions
from app.work import Work
from protocol.fingerprints import digest
from protocol.messages import Digest

PERIOD_MS = 7 * 24 * 3600 * 1000
_COMPARED, _STARTED_AGAIN = "sync.compared_at", "sync.started_again"


def is_due(work: Work, now_ms: int) -> bool:
    """Whether a week has passed since the last comparison; a new notebook has its first after a week."""
    last = work.get_state(_COMPARED)
    if last is None or last > now_ms:
        work.set_state(_COMPARED, now_ms)
        return False
    return bool(now_ms - last >= PERIOD_MS)


def compared(work: Work, now_ms: int) -> None:
    """The server has compared."""
    work.set_state(_COMPARED, now_ms)


def digests(work: Work) -> dict[str, Digest]:
    """What this notebook holds of the server, by kind: how many, and the sum of their fingerprints."""
    held = held_versions(work)
    found = {}
    for kind, cls in RECORDS.items():
        table = cls.table.c
        rows = work.connection.execute(select(table.id, table.version).where(table.version > 0)).all()
        found[kind.value] = digest([*((id_, version) for id_, version in rows), *held.get(kind, ())])
    return found


def start_again(work: Work) -> None:
    """The server sends everything from the start: forget under which version it held each record."""
    for cls in RECORDS.values():
        work.connection.execute(update(cls.table).values(version=0))
    work.set_state(_STARTED_AGAIN, True)


def finish_again(work: Work) -> None:
    """Everything was received again: queue whole what the server did not send and that does not wait already."""
    if not work.get_state(_STARTED_AGAIN):
        return
    missing = outbox.c.acked_at.is_(None) | outbox.c.refusal.is_not(None)
    waiting = select(outbox.c.record_id).where(missing)
    for cls in RECORDS.values():
        table = cls.table.c
        for id_ in work.connection.scalars(select(table.id).where(table.version == 0, table.id.not_in(waiting))).all():
            record = work.find(cls, id_)
            assert record is not None
            work.save_again(record)
    work.set_state(_STARTED_AGAIN, None)
