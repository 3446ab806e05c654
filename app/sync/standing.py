"""Where the notebook of this computer stands with the server, in one short reading.

Nothing here needs the client or its messages: the first screen shows it before they are imported.
"""

from sqlalchemy import Connection, func, select

from app.database import Database
from app.models.local import outbox
from app.sync.light import Standing
from app.sync.outcome import Parting
from app.work import get_state
from protocol.vocabulary import RecordKind

PARTING = "sync.parting"
"""The name under which a computer that is out remembers how."""


def standing(database: Database) -> Standing:
    """Where this notebook stands, in one short reading."""
    with database.read() as connection:
        return Standing(
            get_state(connection, "sync.notebook_key") is not None,
            count_waiting(connection),
            count_refused(connection),
            Parting(how) if (how := get_state(connection, PARTING)) else None,
        )


def count_waiting(connection: Connection) -> int:
    """How many things the advisor saved have not reached the server; what goes with others is not counted apart."""
    beside = func.count().filter(outbox.c.kind.in_(_GO_ALONG))
    every, not_counted = connection.execute(select(func.count(), beside).where(outbox.c.acked_at.is_(None))).one()
    return max(every - not_counted, min(every, 1))


def count_refused(connection: Connection) -> int:
    """How many operations the server set aside: « À vérifier »."""
    return connection.execute(
        select(func.count()).select_from(outbox).where(outbox.c.refusal.is_not(None))
    ).scalar_one()


_GO_ALONG = (RecordKind.ATTENDANCE, RecordKind.COMPUTER)
"""A presence goes with its activity, the name of a computer with whatever it sends."""
