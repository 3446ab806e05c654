"""Where the notebook of this computer stands with the server, in one short reading."""

from app.database import Database
from app.sync import outbox
from app.sync.light import Standing
from app.work import get_state


def standing(database: Database) -> Standing:
    """Where this notebook stands, in one short reading."""
    with database.read() as connection:
        return Standing(
            get_state(connection, "sync.notebook_key") is not None,
            outbox.count_waiting(connection),
            outbox.count_refused(connection),
        )
