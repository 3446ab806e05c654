"""Answers that are cut, late, somebody else's, or that ask to wait: they change nothing, and are told apart."""

import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from sqlalchemy import select, text

from app.database import now_ms
from app.models.activity import Activity
from app.models.local import outbox, state
from app.sync.client import HttpTransport, Offline, Reply, Transport
from app.sync.engine import SyncEngine
from app.sync.outcome import Ending
from app.sync.standing import standing
from app.work import get_state
from protocol.bodies import pack, unpack
from protocol.messages import CONTENT_TYPE, SYNC_PATH, Limits, SyncAnswer
from server.gate import MOST_INSIDE
from tests.crooked import Front, front, relayed
from tests.live_server import SettableClock, live_server
from tests.sync.computers import Computer, Office


def remembered(computer: Computer) -> tuple[Any, ...]:
    """All that a computer knows of the server, and what waits."""
    with computer.database.read() as connection:
        known = select(state).where(state.c.key.in_(["sync.cursor", "sync.acked", "sync.epoch"])).order_by(state.c.key)
        waiting = select(outbox.c.op_id, outbox.c.acked_at, outbox.c.refusal).order_by(outbox.c.seq)
        return connection.execute(known).all(), connection.execute(waiting).all()


def arrived(office: Office, *activities: Activity) -> list[int]:
    """How many operations the server kept for each activity."""
    query = text("SELECT count(*) FROM operation WHERE record = :record")
    with office.server.database.transaction() as connection:
        return [connection.execute(query, {"record": one.id}).scalar_one() for one in activities]


@contextmanager
def through(server: Front) -> Iterator[HttpTransport]:
    transport = HttpTransport(server.url)
    yield transport
    transport.close()


@pytest.mark.parametrize("cut", ["in the status", "in the headers", "before the body", "in the body", "one byte less"])
def test_an_answer_cut_anywhere_is_a_poor_link_and_no_portal(office: Office, cut: str) -> None:
    here = office.computer()
    activity = Activity(minutes=30)
    here.save(activity)
    before = remembered(here)

    def shortened(body: bytes) -> bytes:
        whole = relayed(server, office.server.url, SYNC_PATH, body)
        start = whole.index(b"\r\n\r\n") + 4
        ends = {"in the status": 9, "in the headers": 30, "before the body": start, "one byte less": len(whole) - 1}
        return whole[: ends.get(cut, (start + len(whole)) // 2)]

    with front(shortened) as server, through(server) as transport:
        assert here.sync(transport).ending is Ending.OFFLINE
    assert remembered(here) == before
    assert here.sync().ending is Ending.DONE
    assert arrived(office, activity) == [1]


@dataclass
class Untimely:
    """Gives each request the answer to the one before."""

    transport: Transport
    before: list[Reply] = field(default_factory=list)

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        self.before.append(self.transport.post(path, body, headers))
        if len(self.before) == 1:
            raise Offline
        return self.before[-2]


def test_the_answer_to_another_request_changes_nothing(office: Office) -> None:
    here, there = office.computer(), office.computer()
    there.save(Activity(minutes=60))
    there.sync()
    first, second = Activity(minutes=30), Activity(minutes=45)
    link = Untimely(here.transport)
    here.save(first)
    assert here.sync(link).ending is Ending.OFFLINE
    here.save(second)
    before = remembered(here)
    assert here.sync(link).ending is Ending.PORTAL
    assert [row.acked_at for row in remembered(here)[1]] == [row.acked_at for row in before[1]]
    assert remembered(here)[0] == before[0]
    assert here.sync().ending is Ending.DONE
    assert arrived(office, first, second) == [1, 1]


@dataclass
class Changed:
    """Changes something in each answer of the server."""

    transport: Transport
    changes: dict[str, Any]

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        reply = self.transport.post(path, body, headers)
        return replace(reply, body=pack(unpack(SyncAnswer, reply.body).model_copy(update=self.changes)))


def test_an_answer_without_the_nonce_of_the_request_changes_nothing(office: Office) -> None:
    here = office.computer()
    here.save(Activity(minutes=30))
    before = remembered(here)
    assert here.sync(Changed(here.transport, {"n": bytes(12)})).ending is Ending.PORTAL
    assert remembered(here) == before


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirection_is_never_followed(office: Office, status: int) -> None:
    here = office.computer()
    activity = Activity(minutes=30)
    here.save(activity)
    target = f"{office.server.url}{SYNC_PATH}"

    def elsewhere(_: bytes) -> bytes:
        head = f"HTTP/1.1 {status} Ailleurs\r\nLocation: {target}\r\nContent-Type: {CONTENT_TYPE}\r\n"
        return f"{head}Content-Length: 0\r\n\r\n".encode()

    with front(elsewhere) as server, through(server) as transport:
        assert here.sync(transport).ending is Ending.PORTAL
        assert server.taken == 1
    assert arrived(office, activity) == [0]
    assert standing(here.database).waiting == 1


def test_a_server_that_takes_less_is_sent_less_at_a_time(office: Office) -> None:
    here = office.computer()
    activities = [Activity(minutes=n, notes=f"Une phrase de notes pour la séance {n}.") for n in range(200)]
    here.save(*activities)
    small = replace(office.server.settings, limits=Limits(bytes=4096))
    with live_server(small) as strict:
        transport = HttpTransport(strict.url)
        assert here.sync(transport).ending is Ending.DONE
        transport.close()
    assert arrived(office, *activities) == [1] * 200


def test_a_proxy_that_takes_less_than_the_server_is_no_portal(office: Office) -> None:
    here = office.computer()
    activities = [Activity(minutes=n, notes=f"Une phrase de notes pour la séance {n}.") for n in range(200)]
    here.save(*activities)

    def strict(body: bytes) -> bytes:
        if len(body) > 4096:
            return b"HTTP/1.1 413 Too Large\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\nNon."
        return relayed(server, office.server.url, SYNC_PATH, body)

    with front(strict) as server, through(server) as transport:
        assert here.sync(transport).ending is Ending.DONE
    assert arrived(office, *activities) == [1] * 200


def test_a_busy_server_says_when_to_come_back_and_loses_nothing(office: Office) -> None:
    here = office.computer()
    activity = Activity(minutes=30)
    here.save(activity)
    before = remembered(here)
    with ExitStack() as crowd:
        for _ in range(MOST_INSIDE):
            crowd.enter_context(office.server.gate.entered())
        outcome = here.sync()
    assert outcome.ending is Ending.UNAVAILABLE
    assert outcome.backoff_s >= 1
    assert remembered(here) == before
    assert here.sync().ending is Ending.DONE
    assert arrived(office, activity) == [1]


@dataclass
class Watch:
    """A clock that a test moves on, and that is wrong by `wrong_ms`."""

    wrong_ms: int
    passed_s: float = 0.0

    def now_ms(self) -> int:
        return now_ms() + self.wrong_ms + round(1000 * self.passed_s)

    def monotonic(self) -> float:
        return time.monotonic() + self.passed_s


@dataclass
class Slow:
    """An answer that the server made at once, and that takes its time to come back; time passes for both."""

    transport: Transport
    watch: Watch
    servers: SettableClock
    seconds: float

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        reply = self.transport.post(path, body, headers)
        self.watch.passed_s += self.seconds
        self.servers.ahead_ms += round(1000 * self.seconds)
        return reply


@pytest.mark.parametrize("seconds", [(0.0, 20.0), (20.0, 0.0), (20.0, 0.0, 8.0, 0.0, 20.0)])
def test_what_the_quickest_answer_taught_of_the_clock_stays(
    office: Office, seconds: tuple[float, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = office.computer()
    wrong_ms = 3 * 365 * 86_400_000
    watch = Watch(wrong_ms)
    monkeypatch.setattr("app.sync.engine.time", watch)
    monkeypatch.setattr(office.server.clock, "ahead_ms", 0)  # put back at the end
    for one in seconds:
        SyncEngine(here.database, Slow(here.transport, watch, office.server.clock, one), watch.now_ms).run()
    with here.database.read() as connection:
        known = get_state(connection, "sync.clock_offset_ms")
    assert abs(known + wrong_ms) <= 1500
