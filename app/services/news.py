"""A sentence that the notebook keeps for its advisor until it is read, whatever happens meanwhile."""

from app.database import Database
from app.work import Work, get_state

_KEY = "news"


def tell(work: Work, sentence: str) -> None:
    """Keep a sentence, in the place of the one before."""
    work.set_state(_KEY, sentence)


def of(database: Database) -> str:
    """What is still to be read, empty if nothing is."""
    with database.read() as connection:
        return get_state(connection, _KEY) or ""


def read(database: Database) -> None:
    """It was read."""
    with database.receive() as work:
        work.set_state(_KEY, None)
