"""The devices of `bench burst`, all at once, in a process of their own.

    python -m bench.burst_load FLEET URL

Each signs the request it holds, connects, sends, and reads the answer; then comes back as the real schedule says until
its operations are acknowledged. Tells in one object of JSON what they lived through.
"""

import asyncio
import gc
import json
import sys
import time
from base64 import b64decode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from app.sync.client import TIMEOUT
from app.sync.outcome import Ending, Outcome
from app.sync.schedule import Schedule
from protocol import signing
from protocol.bodies import unpack
from protocol.messages import CONTENT_TYPE, SYNC_PATH, ErrorAnswer, SyncAnswer

CONNECT_S, SILENCE_S = TIMEOUT


@dataclass(slots=True)
class Device:
    """One computer: what it holds, and what it lived through."""

    id: UUID
    seed: bytes
    body: bytes
    served_s: float = 0.0
    """From the moment it connected for the request that was served."""
    whole_s: float = 0.0
    """From its first try."""
    tries: int = 0
    told_to_wait: int = 0
    unanswered: int = 0
    answer: bytes = b""
    _signed: bytes = b""

    def sign_ahead(self) -> None:
        """Have the first request ready: 4,000 computers sign at once, this one could not."""
        self._signed = self._sign()

    def request(self) -> bytes:
        """The request that was ready, else one signed now."""
        ready, self._signed = self._signed, b""
        return ready or self._sign()

    def _sign(self) -> bytes:
        signature = signing.sign(self.seed, self.id, "POST", SYNC_PATH, self.body, time.time_ns() // 1_000_000)
        head = (
            f"POST {SYNC_PATH} HTTP/1.1\r\nHost: burst\r\nContent-Type: {CONTENT_TYPE}\r\n"
            f"{signing.HEADER}: {signature.header()}\r\nContent-Length: {len(self.body)}\r\n\r\n"
        )
        return head.encode() + self.body


@dataclass(slots=True)
class Answered:
    """What came back."""

    status: int
    body: bytes
    stays: bool
    """Whether the connection may carry another request."""


@dataclass(slots=True)
class Connection:
    """A kept connection to the server, made when it is needed."""

    host: str
    port: int
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = field(default=None)

    async def ask(self, request: bytes) -> Answered:
        """One request, one answer; any failure hangs up and is raised."""
        if self.streams is not None and self.streams[0].at_eof():
            self.hang_up()  # the server closed it meanwhile: urllib3 sees that before it asks, too
        try:
            if self.streams is None:
                async with asyncio.timeout(CONNECT_S):
                    self.streams = await asyncio.open_connection(self.host, self.port)
            reader, writer = self.streams
            writer.write(request)
            async with asyncio.timeout(SILENCE_S):
                answered = await _read(reader)
        except BaseException:
            self.hang_up()
            raise
        if not answered.stays:
            self.hang_up()
        return answered

    def hang_up(self) -> None:
        """Close it."""
        if self.streams is not None:
            self.streams[1].close()
        self.streams = None


async def _read(reader: asyncio.StreamReader) -> Answered:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    first, *lines = head.split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines if line)
    body = await reader.readexactly(int(headers["content-length"]))
    return Answered(int(first.split()[1]), body, headers.get("connection") != "close")


def devices_of(fleet: Path) -> list[Device]:
    """The devices written down."""
    told = json.loads(fleet.read_text())
    bodies = [b64decode(body) for body in told["bodies"]]
    return [Device(UUID(one["device"]), bytes.fromhex(one["seed"]), bodies[one["day"]]) for one in told["devices"]]


async def push(device: Device, host: str, port: int) -> None:
    """Ask until the operations are acknowledged, leaving the server alone as the schedule says."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    schedule, connection = Schedule(begun), Connection(host, port)
    while not device.answer:
        due = schedule.due()
        assert due is not None
        await asyncio.sleep(due - loop.time())
        schedule.started()
        asked = loop.time()
        schedule.finished(loop.time(), await _try(device, connection))
        device.served_s = loop.time() - asked
    device.whole_s = loop.time() - begun
    connection.hang_up()


async def _try(device: Device, connection: Connection) -> Outcome:
    device.tries += 1
    try:
        answered = await connection.ask(device.request())
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        device.unanswered += 1
        return Outcome(Ending.OFFLINE)
    if answered.status == 200:
        device.answer = answered.body
        return Outcome(Ending.DONE)
    if answered.status != 503:
        raise RuntimeError(f"the server answered {answered.status}: {answered.body[:300]!r}")
    device.told_to_wait += 1
    return Outcome(Ending.UNAVAILABLE, backoff_s=unpack(ErrorAnswer, answered.body).backoff)


def _told(devices: list[Device], total_s: float) -> dict[str, Any]:
    acknowledged = [unpack(SyncAnswer, device.answer).ack for device in devices]
    return {
        "total_s": total_s,
        "served_s": [device.served_s for device in devices],
        "whole_s": [device.whole_s for device in devices],
        "requests": sum(device.tries for device in devices),
        "told_to_wait": sum(device.told_to_wait for device in devices),
        "unanswered": sum(device.unanswered for device in devices),
        "acknowledged": sum(mark[0] for mark in acknowledged if mark),
    }


async def _burst(devices: list[Device], url: str) -> float:
    address = urlsplit(url)
    begun = time.monotonic()
    async with asyncio.TaskGroup() as burst:
        for device in devices:
            burst.create_task(push(device, address.hostname or "", address.port or 80))
    return time.monotonic() - begun


def main() -> None:
    """Let them all go."""
    devices = devices_of(Path(sys.argv[1]))
    for device in devices:
        device.sign_ahead()
    gc.disable()
    total_s = asyncio.run(_burst(devices, sys.argv[2]))
    print(json.dumps(_told(devices, total_s)))


if __name__ == "__main__":
    main()
