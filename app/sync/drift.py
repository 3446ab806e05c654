"""Once a week, whether this notebook holds what the server holds; and what is done when the server says to start again.

Both sides compare fingerprints of identifiers and versions. Where they differ, the server sends everything again, and
what it turns out not to have is sent to it again: neither side loses anything.
"""

from typing import Any

from sqlalchemy import Select, select, update

from app.models import RECORDS, Record
from app.models.local import held_row, outbox
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
        rows = work.connection.execute(select(table.id, table.version).where(table.version > 0))
        known = {id_: version for id_, version in rows if id_ not in held.get(kind, {})}
        found[kind.value] = digest([*known.items(), *held.get(kind, {}).items()])
    return found


def start_again(work: Work) -> None:
    """The server sends everything from the start: what it held is in doubt until it says so again."""
    for cls in RECORDS.values():
        version = cls.table.c.version
        work.connection.execute(update(cls.table).where(version > 0).values(version=-version))
    work.connection.execute(update(held_row).values(version=0))
    work.set_state(_STARTED_AGAIN, True)


def is_starting_again(work: Work) -> bool:
    """Whether not everything was received again yet."""
    return bool(work.get_state(_STARTED_AGAIN))


def finish_again(work: Work) -> None:
    """Everything was received again: queue whole what the server lost."""
    if not is_starting_again(work):
        return
    for cls in RECORDS.values():
        for id_, version in work.connection.execute(_lost(cls)).all():
            record = work.find(cls, id_)
            assert record is not None
            work.save_again(record, -version)
    work.set_state(_STARTED_AGAIN, None)


def _lost(cls: type[Record]) -> Select[Any]:
    """What the server did not send again; nor ever had, unless that waits in the outbox already."""
    table, held = cls.table.c, held_row.c
    missing = outbox.c.acked_at.is_(None) | outbox.c.refusal.is_not(None)
    waiting = select(outbox.c.record_id).where(missing)
    unread = select(held.record_id).where(held.kind == cls.record_kind, held.version > 0)
    is_lost = (table.version < 0) | ((table.version == 0) & table.id.not_in(waiting))
    return select(table.id, table.version).where(is_lost, table.id.not_in(unread))
