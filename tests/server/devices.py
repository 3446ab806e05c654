"""A device reduced to the protocol: it says exactly what a test wants said."""

import time
from dataclasses import dataclass, field
from typing import Any, Protocol, Self
from uuid import UUID, uuid4

import requests
from nacl.utils import random

from protocol import sealing, signing
from protocol.bodies import pack, unpack
from protocol.fields import SCHEMA_VERSION
from protocol.messages import (
    CONTENT_TYPE,
    ENROLMENT_PATH,
    KEYS_PATH,
    PROTOCOL_VERSION,
    START,
    SYNC_PATH,
    Answer,
    EnrolAnswer,
    EnrolRequest,
    ErrorAnswer,
    KeysRequest,
    Message,
    Operation,
    SyncAnswer,
    SyncRequest,
    WrappedKey,
)

DAY_MS = 1_790_000_000_000


def an_operation(s: int, record: UUID | None = None, ms: int = DAY_MS, **given: Any) -> Operation:
    """An activity's operation, unless said otherwise."""
    values: dict[str, Any] = {"u": uuid4(), "kind": "activity", "f": {"minutes": 30}, "h": (ms, 0)}
    return Operation(s=s, id=record or uuid4(), **{**values, **given})


class Listening(Protocol):
    """A server that listens somewhere."""

    url: str


@dataclass
class Device:
    """Keys, an epoch and a cursor."""

    server: Listening
    id: UUID = field(default_factory=uuid4)
    sign_key: bytes = field(default_factory=lambda: random(32))
    box_key: bytes = field(default_factory=lambda: random(32))
    epoch: UUID = field(default_factory=uuid4)
    session: requests.Session = field(default_factory=requests.Session)
    notebook: UUID = field(default_factory=uuid4)
    cursor: tuple[UUID | None, int, UUID | None] = START
    time_off_ms: int = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.session.close()

    def post(self, path: str, body: bytes, **headers: str) -> requests.Response:
        now = time.time_ns() // 1_000_000 + self.time_off_ms
        signature = signing.sign(self.sign_key, self.id, "POST", path, body, now)
        said = {"Content-Type": CONTENT_TYPE, signing.HEADER: signature.header(), **headers}
        return self.session.post(self.server.url + path, data=body, headers=said, timeout=20)

    def ask(self, path: str, message: Message, kind: type[Answer]) -> Any:
        reply = self.post(path, pack(message))
        return unpack(kind if reply.status_code == 200 else ErrorAnswer, reply.content)

    def enrol(self, code: str) -> Any:
        request = EnrolRequest(
            p=PROTOCOL_VERSION,
            code=code,
            sign_key=signing.public_half(self.sign_key),
            box_key=sealing.public_half(self.box_key),
        )
        answer = self.ask(ENROLMENT_PATH, request, EnrolAnswer)
        if isinstance(answer, EnrolAnswer):
            self.notebook = answer.notebook
            self.keep_keys(answer)
        return answer

    def keep_keys(self, answer: EnrolAnswer) -> None:
        """Say that this device has the notebook's key, as the first one or as one with the recovery code does."""
        made = WrappedKey(generation=1, recovery_key=bytes(32), recovery_wrap=bytes(80))
        recovery = None if answer.keys else made
        self.ask(KEYS_PATH, KeysRequest(p=2, generation=1, device_wrap=bytes(80), recovery=recovery), EnrolAnswer)

    def sync(self, *operations: Any, **given: Any) -> Any:
        """One request; the cursor moves on as a device's would."""
        values: dict[str, Any] = {"epoch": self.epoch, "cur": self.cursor, "ops": list(operations), **given}
        answer = self.ask(SYNC_PATH, SyncRequest(p=PROTOCOL_VERSION, schema=SCHEMA_VERSION, **values), SyncAnswer)
        if isinstance(answer, SyncAnswer):
            self.cursor = answer.cur
        return answer
