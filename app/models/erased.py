"""Whose records came too late: the ids of the people and mandates erased for good, known here before or not.

Ids only, among what the program remembers by name; the server keeps as much.
"""

import json
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection, insert, select, text

from app.models.local import state
from protocol.vocabulary import RecordKind

_KINDS = RecordKind.BENEFICIARY, RecordKind.MANDATE
"""What other records belong to and leave with."""
_BEGINS = "erased."
_NOTE = insert(state).prefix_with("OR IGNORE")
_AMONG = text("SELECT key FROM state WHERE key IN (SELECT value FROM json_each(:keys))")
_ALL = select(state.c.key).where(state.c.key.startswith(_BEGINS))


def note(connection: Connection, kind: RecordKind, id_: UUID) -> bool:
    """Remember that a record was erased, if more may come that belongs to it; answers whether that is new."""
    return kind in _KINDS and connection.execute(_NOTE, {"key": _BEGINS + id_.hex, "value": True}).rowcount > 0


def among(connection: Connection, ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those of these that were erased."""
    keys = json.dumps([_BEGINS + id_.hex for id_ in set(ids)])
    found = connection.execute(_AMONG, {"keys": keys}).scalars()
    return frozenset(UUID(hex=key.removeprefix(_BEGINS)) for key in found)


def known(connection: Connection) -> frozenset[UUID]:
    """All that were erased."""
    return frozenset(UUID(hex=key.removeprefix(_BEGINS)) for key in connection.execute(_ALL).scalars())
