"""Where the notebook of this computer stands with the server, in one short reading.

Nothing here needs the client or its messages: the first screen shows it before they are imported.
"""

from sqlalchemy import Connection, func, select

from app.database import Database
from app.models.local import outbox
from app.sync.light import Standing
from app.work import get_state
from protocol.vocabulary import RecordKind


def standing(database: Database) -> Standing:
    """Where this notebook stands, in one short reading."""
    with database.read() as connection:
        return Standing(
            get_state(connection, "sync.notebook_key") is not None,
            count_waiting(connection),
            count_refused(connection),
        )


def count_waiting(connection: Connection) -> int:
    """How many things the advisor saved have not reached the server; a presence goes with its activity."""
    presences = func.count().filter(outbox.c.kind == RecordKind.ATTENDANCE)
    every, of_presences = connection.execute(select(func.count(), presences).where(outbox.c.acked_at.is_(None))).one()
    return max(every - of_presences, min(every, 1))


def count_refused(connection: Connection) -> int:
    """How many operations the server set aside: « À vérifier »."""
    return connection.execute(
        select(func.count()).select_from(outbox).where(outbox.c.refusal.is_not(None))
    ).scalar_one()
