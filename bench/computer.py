"""A computer of a trial: its notebook, enrolled and synchronised without a window."""

import time
from uuid import UUID

from sqlalchemy import select

from app.database import Database
from app.models import RECORDS
from app.models.base import Wire
from app.recovery import RecoveryKey
from app.sync.client import HttpTransport
from app.sync.engine import SyncEngine
from app.sync.enrolment import enrol
from app.sync.identity import identity_in
from app.sync.outcome import Ending
from app.work import find
from protocol.vocabulary import RecordKind

PATIENCE = 60.0
"""Seconds before a notebook that is not wholly exchanged never will be."""


class Computer:
    """One open notebook and its link to a server."""

    def __init__(self, database: Database, server: str) -> None:
        self.database, self._server = database, server
        self._link = HttpTransport(server)
        self._engine = SyncEngine(database, self._link)

    def enrol(self, code: str, recovery: RecoveryKey) -> None:
        """Join a notebook, or begin one, with an enrolment code."""
        enrol(self.database, self._link, self._server, code, recovery.public, recovery)

    @property
    def notebook(self) -> UUID:
        """The id of its notebook at the server."""
        with self.database.read() as connection:
            identity = identity_in(connection)
        assert identity is not None
        return identity.notebook

    def synchronise(self) -> None:
        """Send and receive until all is done; raises RuntimeError if it never is."""
        end = time.monotonic() + PATIENCE
        while (outcome := self._engine.run()).ending is not Ending.DONE:
            if time.monotonic() > end:
                raise RuntimeError(f"the notebook was not exchanged: {outcome}")
            time.sleep(0.05)

    def records(self) -> dict[tuple[RecordKind, UUID], dict[str, Wire]]:
        """Every record of the notebook, as it travels."""
        with self.database.read() as connection:
            return {
                (kind, id_): found.wire()
                for kind, cls in RECORDS.items()
                for id_ in connection.scalars(select(cls.table.c.id)).all()
                if (found := find(connection, cls, id_))
            }

    def close(self) -> None:
        """Hang up and close the notebook."""
        self._link.close()
        self.database.close()


def differing(first: Computer, second: Computer) -> int:
    """How many records are not the same on both, or only on one."""
    ours, theirs = first.records(), second.records()
    return sum(ours.get(key) != theirs.get(key) for key in ours.keys() | theirs.keys())
