"""The computers of the histories: real notebooks whose disk can be copied, set back and looked at."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.database import Database
from app.models import RECORDS, Record
from app.sync.client import Transport
from app.sync.engine import SyncEngine
from app.sync.outcome import Outcome
from app.work import find
from protocol.vocabulary import RecordKind
from tests.histories.central import Key, Time


class Disk:
    """A notebook's file, seen from below the program: through the connection that its pool keeps."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.read() as connection:
            self._driver: Any = connection.connection.dbapi_connection

    def become(self, other: "Disk") -> None:
        """Hold, byte for byte, what another disk holds."""
        other._driver.backup(self._driver)

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What a query finds."""
        found: list[tuple[Any, ...]] = self._driver.execute(query, values).fetchall()
        return found

    def close(self) -> None:
        """Let the file go."""
        self.database.close()


@dataclass(frozen=True, slots=True)
class Queued:
    """An operation of this computer: on which record, acknowledged or not, refused or not."""

    number: int
    op: UUID
    key: Key
    is_waiting: bool
    is_refused: bool
    erases: bool
    fields: str


@dataclass
class Computer:
    """One computer: its open notebook, its disk, and its clock that may be wrong."""

    disk: Disk
    time: Time
    off_ms: int = 0

    @property
    def database(self) -> Database:
        """The open notebook."""
        return self.disk.database

    def clock(self) -> int:
        """The time that this computer believes it is."""
        return self.time.now + self.off_ms

    def sync(self, transport: Transport) -> Outcome:
        """One run of the synchronisation."""
        return SyncEngine(self.database, transport, self.clock).run()

    def narrow(self) -> None:
        """The link was bad lately: the next request takes one operation and one version."""
        with self.database.receive() as work:
            work.set_state("sync.batch_bytes", 1)

    def shown(self, *blanks: Record) -> dict[Key, Record]:
        """The records as this computer shows them."""
        with self.database.read() as connection:
            found = [find(connection, type(blank), blank.id) for blank in blanks]
        return {(one.record_kind, one.id): one for one in found if one}

    def queued(self) -> list[Queued]:
        """Every operation still on this disk, in order; what a computer says of itself left out."""
        return [
            Queued(number, UUID(bytes=op), _key(kind, id_), bool(waits), bool(refused), bool(erases), fields)
            for number, op, kind, id_, waits, refused, erases, fields in self.disk.rows(_QUEUED, RecordKind.COMPUTER)
        ]

    def remains_of(self, key: Key) -> list[str]:
        """What this disk still holds of a record, which after an erasure should be nothing."""
        kind, id_ = key
        found = self.disk.rows(_REMAINS.format(table=RECORDS[kind].table.name), *[id_.bytes] * _REMAINS.count("?"))
        return [str(words) for (words,) in found]


def _key(kind: str, record: bytes) -> Key:
    return RecordKind(kind), UUID(bytes=record)


_QUEUED = """
SELECT seq, op_id, kind, record_id, acked_at IS NULL, refusal IS NOT NULL, erases, fields
FROM outbox WHERE kind <> ? ORDER BY seq
"""
_REMAINS = """
SELECT 'record' FROM {table} WHERE id = ?
UNION ALL SELECT before || after FROM change WHERE record_id = ?
UNION ALL SELECT field || code FROM activity_choice WHERE activity = ?
UNION ALL SELECT field || value FROM lost_value WHERE record_id = ?
UNION ALL SELECT row FROM held_row WHERE record_id = ?
UNION ALL SELECT fields FROM outbox WHERE record_id = ? AND (fields <> '{{}}' OR piece IS NOT NULL)
"""
