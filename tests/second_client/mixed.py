"""A notebook that computers with our application and second clients share, and what each of them shows of it."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.models import RECORDS
from app.recovery import key_of, new_code
from app.sync.enrolment import enrol
from app.sync.outcome import Ending
from app.work import find
from protocol.codes import normalise
from tests.live_server import LiveServer
from tests.second_client import enrolment
from tests.second_client.client import Client
from tests.second_client.operations import Key
from tests.second_client.wire import AwayError, Link, Message
from tests.sync.computers import Computer, Office

Shown = dict[Key, dict[str, Any]]


@dataclass
class WatchedLink(Link):
    """A link that remembers the answers, and loses the next ones when it is told to."""

    answers: list[Message] = field(default_factory=list)
    losing: int = 0

    def ask(self, path: str, message: Message) -> Message:
        """The server's answer, unless it is lost on the way."""
        self.answers.append(super().ask(path, message))
        if self.losing:
            self.losing -= 1
            raise AwayError
        return self.answers[-1]

    @property
    def resets(self) -> int:
        """How many times the server made the client start again."""
        return sum(answer.get("reset", False) for answer in self.answers)


class WatchedClient(Client):
    """A second client on such a link."""

    link: WatchedLink


@dataclass
class Mixed:
    """Where a test gets the computers and the second clients of one notebook, and lets them synchronise."""

    server: LiveServer
    folder: Path
    closing: ExitStack
    code: str = field(default_factory=new_code)
    notebook: UUID | None = None

    def __post_init__(self) -> None:
        recovery = key_of(self.code)
        assert recovery is not None
        self.office = Office(self.server, self.folder, self.closing, recovery)

    def computer(self) -> Computer:
        """One more computer with our application, which has told its name; the first of all makes the notebook."""
        computer, recovery = self.office.blank(), self.office.recovery
        code = self.server.code(self.notebook)
        enrol(computer.database, computer.transport, self.server.url, code, recovery.public, recovery)
        self.notebook = computer.notebook
        sync(computer)
        return computer

    def client(self) -> WatchedClient:
        """One more second client; the first of all makes the notebook."""
        typed = normalise(self.code, 28)
        assert typed is not None
        client = enrolment.enrol(self.server.url, self.server.code(self.notebook), typed)
        self.notebook = client.notebook.keyring.notebook
        return WatchedClient(WatchedLink(**vars(client.link)), client.notebook)


def sync(*devices: Computer | Client) -> None:
    """One synchronisation of each, in this order."""
    for device in devices:
        if isinstance(device, Client):
            device.sync()
        else:
            assert device.sync().ending is Ending.DONE


def shown(device: Computer | Client) -> Shown:
    """What a device shows: every record that is not deleted, field by field, without those that say nothing."""
    found = device.notebook.shown() if isinstance(device, Client) else _kept(device)
    return {
        key: {name: value for name, value in fields.items() if value not in (None, [], False)}
        for key, fields in found.items()
    }


def _kept(computer: Computer) -> Shown:
    kept: Shown = {}
    with computer.database.read() as connection:
        for kind, cls in RECORDS.items():
            for id_ in connection.execute(select(cls.table.c.id).where(cls.table.c.deleted.is_(False))).scalars():
                record = find(connection, cls, id_)
                assert record is not None
                kept[kind.value, id_] = record.wire()
    return kept
