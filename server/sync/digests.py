"""Whether a device holds what the server holds: counts and sums of fingerprints, compared once a week."""

from uuid import UUID

from sqlalchemy import Connection, select

from protocol.fingerprints import digest
from protocol.messages import SyncRequest
from server.callers import Caller
from server.models import record


def has_drifted(connection: Connection, caller: Caller, request: SyncRequest) -> bool:
    """Whether the digest of a device differs from ours; only told of one that has received everything."""
    _, version, last = request.cur
    if version != caller.version or last is not None:
        return False
    ours: dict[str, list[tuple[UUID, int]]] = {kind: [] for kind in request.dig}
    query = select(record.c.kind, record.c.id, record.c.version).where(
        record.c.notebook == caller.notebook, record.c.erased_at.is_(None), record.c.kind.in_(list(ours))
    )
    for kind, id_, one in connection.execute(query):
        ours[kind].append((id_, one))
    return any(digest(found) != request.dig[kind] for kind, found in ours.items())
