"""The devices of `bench burst`: registered beforehand, each with a first request that the real engine prepared."""

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

from nacl.utils import random
from sqlalchemy import func, insert, select

from app.database import Database
from app.recovery import key_of, new_code
from app.services import activities
from app.services.commands import AnonymousPerson, RecordActivity
from app.sync.client import HttpTransport, Offline, Reply
from app.sync.engine import SyncEngine
from app.sync.enrolment import enrol
from bench import sync_work
from bench.burst_server import Server
from bench.sync_work import A_DAY, Known
from protocol import sealing, signing
from protocol.bodies import unpack
from protocol.columns import operations_of
from protocol.messages import SyncRequest
from protocol.vocabulary import AgeBand, Gender, SocialStatus
from server.enrolment.service import make_code
from server.models import device, notebook, operation, record


@dataclass(frozen=True, slots=True)
class Fleet:
    """The devices, where their requests are written, the notebook of each and how many operations it will send."""

    file: Path
    notebooks: Sequence[str]
    operations: Sequence[int]


@dataclass(frozen=True, slots=True)
class Kept:
    """Of all that the devices sent, what the server does not have, and what it has more than once."""

    lost: int
    doubled: int


class Overheard:
    """A link that keeps the request and carries nothing."""

    body = b""

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Keep what would have been sent."""
        self.body = body
        raise Offline


def enlist(server: Server, devices: int, days: int, folder: Path) -> Fleet:
    """Register so many devices, each with a notebook of its own, and write what each will say."""
    keys = [{"device": str(uuid4()), "seed": random(32).hex(), "day": number % days} for number in range(devices)]
    notebooks = [uuid4() for _ in keys]
    box = sealing.public_half(random(32))
    rows = [
        {
            "notebook": of,
            "id": one["device"],
            "sign_key": signing.public_half(bytes.fromhex(str(one["seed"]))),
            "box_key": box,
        }
        for of, one in zip(notebooks, keys, strict=True)
    ]
    with server.database.transaction() as connection:
        connection.execute(insert(notebook), [{"id": of} for of in notebooks])
        connection.execute(insert(device).values(allowed_at=func.now()), rows)
    bodies = list(first_requests(server, days, folder))
    sizes = [len(operations_of(unpack(SyncRequest, body))) for body in bodies]
    file = folder / "fleet.json"
    file.write_text(json.dumps({"devices": keys, "bodies": [b64encode(body).decode() for body in bodies]}))
    return Fleet(file, [str(of) for of in notebooks], [sizes[number % days] for number in range(devices)])


def first_requests(server: Server, days: int, folder: Path) -> Iterator[bytes]:
    """The first request of so many computers, each with a day recorded and nothing sent yet."""
    for turn in range(days):
        place = folder / f"carnet-{turn}"
        place.mkdir()
        database = Database(place / "carnet.db", bytearray(random(32)))
        _enrol(server, database)
        for command in _anonymous_day(turn):
            activities.record(database, command)
        heard = Overheard()
        SyncEngine(database, heard).run()
        database.close()
        yield heard.body


def kept(server: Server, fleet: Fleet) -> Kept:
    """Compare what each device sent with the operations and the records that the server has of it."""
    lost = doubled = 0
    with server.database.transaction() as connection:
        for table in (operation, record):
            counted = select(table.c.notebook, func.count()).group_by(table.c.notebook)
            found = {str(of): count for of, count in connection.execute(counted).all()}
            for of, sent in zip(fleet.notebooks, fleet.operations, strict=True):
                lost += max(0, sent - found.get(of, 0))
                doubled += max(0, found.get(of, 0) - sent)
    return Kept(lost, doubled)


def _enrol(server: Server, database: Database) -> None:
    with server.database.transaction() as connection:
        code = make_code(connection, None, timedelta(days=1))
    key = key_of(new_code())
    assert key is not None
    transport = HttpTransport(server.url)
    enrol(database, transport, server.url, code, key.public)
    transport.close()


def _anonymous_day(turn: int) -> Iterator[RecordActivity]:
    """A day with people who stay anonymous: a notebook that begins has nobody yet."""
    draw = Random(f"anonymous {turn}")
    nobody = [Known(uuid4())]
    for command in sync_work.activities(turn, A_DAY, nobody, nobody):
        person = AnonymousPerson(
            already=draw.random() < 0.5,
            gender=draw.choice(list(Gender)),
            age_band=draw.choice(list(AgeBand)),
            status=draw.choice(list(SocialStatus)),
        )
        yield replace(command, participants=(), person=person)
