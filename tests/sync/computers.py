"""Two computers, an office and a bad link, for the tests of the synchronisation."""

import secrets
import shutil
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from app.database import Database
from app.models import Record
from app.recovery import RecoveryKey, key_of, new_code
from app.sync.client import HttpTransport, Offline, Reply, Transport
from app.sync.engine import SyncEngine
from app.sync.enrolment import enrol
from app.sync.identity import identity_in
from app.sync.outcome import Outcome
from tests.live_server import LiveServer
from tests.notebook import new_database


@dataclass
class Computer:
    """One computer of an advisor: its encrypted notebook and its link to the server."""

    database: Database
    transport: Transport

    @property
    def notebook(self) -> UUID:
        with self.database.read() as connection:
            identity = identity_in(connection)
        assert identity is not None
        return identity.notebook

    def save(self, *records: Record) -> None:
        with self.database.work() as work:
            for record in records:
                work.save(record)

    def sync(self, transport: Transport | None = None) -> Outcome:
        return SyncEngine(self.database, transport or self.transport).run()


def recovery_sheet() -> RecoveryKey:
    key = key_of(new_code())
    assert key is not None
    return key


@dataclass
class Office:
    """Where a test gets its computers: the first makes a notebook, the others join it."""

    server: LiveServer
    folder: Path
    closing: ExitStack
    recovery: RecoveryKey = field(default_factory=recovery_sheet)
    computers: list[Computer] = field(default_factory=list)

    def blank(self) -> Computer:
        """A computer that was never enrolled."""
        transport = HttpTransport(self.server.url)
        computer = Computer(new_database(self.folder, f"{secrets.token_hex(8)}.db"), transport)
        self.closing.callback(transport.close)
        self.closing.callback(lambda: computer.database.close())
        return computer

    def copy(self, computer: Computer) -> Computer:
        """A second computer made from the disk of another, or a backup of it."""
        computer.database.close()
        copied = self.folder / f"{secrets.token_hex(8)}.db"
        shutil.copy2(computer.database.path, copied)
        computer.database = new_database(self.folder, computer.database.path.name)
        clone = Computer(new_database(self.folder, copied.name), computer.transport)
        self.closing.callback(lambda: clone.database.close())
        return clone

    def computer(self) -> Computer:
        """One more computer, which the others have heard of."""
        computer = self.blank()
        self.enrol(computer)
        self.computers.append(computer)
        for one in reversed(self.computers):
            one.sync()
        return computer

    def enrol(self, computer: Computer, notebook: UUID | None = None) -> None:
        """Let a computer into the notebook of the office or another, with a code and the recovery sheet."""
        notebook = notebook or (self.computers[0].notebook if self.computers else None)
        code = self.server.code(notebook)
        enrol(computer.database, computer.transport, self.server.url, code, self.recovery.public, self.recovery)


@dataclass
class BadLink:
    """A link that has a fate for each request: `ok`, `request_lost`, `answer_lost`, `twice` or a portal's page."""

    transport: Transport
    fate: Callable[[], str]
    sent: list[bytes] = field(default_factory=list)

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        fate = self.fate()
        if fate == "request_lost":
            raise Offline
        if fate == "portal":
            return Reply(200, "text/html", b"<html>Bienvenue sur le Wi-Fi de la gare</html>")
        self.sent.append(body)
        reply = self.transport.post(path, body, headers)
        if fate == "twice":
            reply = self.transport.post(path, body, headers)
        if fate == "answer_lost":
            raise Offline
        return reply
