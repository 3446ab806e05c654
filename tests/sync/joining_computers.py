"""Computers that join each other through the real server, and a server that lies to them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.recovery import RecoveryKey
from app.sync import joining
from app.sync.client import Reply, Transport
from app.sync.enrolment import enrol
from app.sync.identity import Identity, identity_in
from app.sync.joining import Asking
from app.sync.members import JoinRequest, Membership
from protocol import signing
from protocol.bodies import pack, unpack
from protocol.messages import (
    DEVICES_PATH,
    ENROLMENT_PATH,
    KEYS_PATH,
    SYNC_PATH,
    Answer,
    DevicesAnswer,
    EnrolAnswer,
    SyncAnswer,
)
from tests.sync.computers import Computer, Office, recovery_sheet

Lie = Callable[[Any], dict[str, Any]]
"""The fields of an answer that are said otherwise."""
_KINDS: dict[str, type[Answer]] = {
    ENROLMENT_PATH: EnrolAnswer,
    KEYS_PATH: EnrolAnswer,
    DEVICES_PATH: DevicesAnswer,
    SYNC_PATH: SyncAnswer,
}


@dataclass
class LyingServer:
    """The real server, whose answers of some kinds are replaced before they are read."""

    transport: Transport
    lies: dict[type[Answer], Lie]
    asked: list[tuple[str, bytes]] = field(default_factory=list)

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        self.asked.append((path, body))
        reply = self.transport.post(path, body, headers)
        kind = _KINDS.get(path)
        if kind not in self.lies or reply.status != 200:
            return reply
        told = unpack(kind, reply.body)
        assert told.n == signing.parse(headers[signing.HEADER]).nonce
        return Reply(200, reply.content_type, pack(told.model_copy(update=self.lies[kind](told))))

    def said(self, path: str, kind: type[Any]) -> list[Any]:
        """The requests made to a path."""
        return [unpack(kind, body) for asked, body in self.asked if asked == path]


def identity(computer: Computer) -> Identity:
    with computer.database.read() as connection:
        found = identity_in(connection)
    assert found is not None
    return found


def membership(computer: Computer, transport: Transport | None = None) -> Membership:
    return Membership(computer.database, transport or computer.transport)


def asks(office: Office, member: Computer, transport: Transport | None = None) -> tuple[Computer, Asking]:
    """A new computer, with a sheet of its own, asks to join with a code that a member gave."""
    new = office.blank()
    return new, ask(office, member, new, transport)


def ask(office: Office, member: Computer, new: Computer, transport: Transport | None = None) -> Asking:
    code = membership(member).invite().code
    sheet: RecoveryKey = recovery_sheet()
    asking = enrol(new.database, transport or new.transport, office.server.url, code, sheet.public)
    assert asking is not None
    return asking


def request_of(member: Computer, transport: Transport | None = None) -> JoinRequest:
    """The only request to join, as the member's screen shows it."""
    [found] = membership(member, transport).computers().requests
    return found


def joined(office: Office, member: Computer, new: Computer | None = None) -> Computer:
    """A computer that a member let in by the short code."""
    made = new or office.blank()
    asking, request = ask(office, member, made), request_of(member)
    assert asking.short_code == request.short_code
    membership(member).allow(request)
    assert joining.is_let_in(made.database, made.transport)
    return made
