"""As many as can be served soon are let in; the others are told when to come back, and not all at the same moment."""

import socket
from collections import Counter
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
import requests

from protocol.bodies import pack
from protocol.courier import COURIER_TYPE
from protocol.fields import SCHEMA_VERSION
from protocol.messages import CONTENT_TYPE, COURIER_PATH, SYNC_PATH, SyncRequest
from protocol.signing import sign
from server.errors import Refusal
from server.gate import AT_THE_COUNTER, LONGEST_S, MOST_INSIDE, SLOWEST_S, Gate
from tests.live_server import LiveServer
from tests.server.devices import Device, an_operation


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def turned_away(gate: Gate) -> int:
    """In how many seconds the next one that comes is told to come back."""
    with pytest.raises(Refusal) as refused, gate.entered():
        pass
    assert (refused.value.status, refused.value.code) == (503, "busy")
    return refused.value.backoff


def serve_for(gate: Gate, clock: Clock, seconds: float) -> None:
    """Ten requests a second, one after the other, in a house of two."""
    for _ in range(round(seconds * 10)):
        with gate.entered():
            clock.now += 0.1


def test_as_many_as_may_be_inside_come_in_and_those_who_leave_make_room() -> None:
    gate = Gate(2)
    with gate.entered():
        with gate.entered():
            turned_away(gate)
        with gate.entered():
            turned_away(gate)
    with pytest.raises(ZeroDivisionError), gate.entered():
        raise ZeroDivisionError
    with gate.entered(), gate.entered():
        turned_away(gate)


def test_appointments_follow_each_other_at_the_pace_of_the_house() -> None:
    clock = Clock()
    gate = Gate(2, clock)
    serve_for(gate, clock, seconds=120)
    with gate.entered(), gate.entered():
        told = [turned_away(gate) for _ in range(500)]
    assert told == sorted(told)
    assert 1 <= told[0] <= 2
    come = Counter(int(seconds * (1 + turn / 50)) for seconds in told for turn in range(50))
    assert max(come.values()) / 50 == pytest.approx(10, rel=0.2), "as many come in a second as ten requests of 0.1 s"


def test_a_moment_spent_turning_thousands_away_hardly_counts_in_the_pace() -> None:
    clock = Clock()
    gate = Gate(2, clock)
    serve_for(gate, clock, seconds=2)
    assert [gate.appointment() for _ in range(100)][-1] <= 2


def test_a_slow_moment_does_not_send_anyone_away_for_long() -> None:
    clock = Clock()
    gate = Gate(2, clock)
    with gate.entered(), gate.entered():
        clock.now += 3600
    assert gate.appointment() <= 1 + SLOWEST_S + 1


def test_nobody_is_told_to_stay_away_for_ever_and_a_crowd_that_is_over_is_forgotten() -> None:
    clock = Clock()
    gate = Gate(0, clock)
    first = turned_away(gate)
    assert max(turned_away(gate) for _ in range(90_000)) == LONGEST_S
    clock.now += 3600
    assert turned_away(gate) == first


def test_a_device_at_a_full_house_is_told_when_to_come_back(server: LiveServer, device: Device) -> None:
    with ExitStack() as inside:
        while not server.gate.is_full:
            inside.enter_context(server.gate.entered())
        answer = device.sync(an_operation(1))
        assert (answer.error, answer.backoff >= 1) == ("busy", True)
        assert device.session.get(server.url + "/v1/health", timeout=5).status_code == 200
    assert device.sync(an_operation(1)).ack is not None


def begun(server: LiveServer, head: str) -> socket.socket:
    """A request that begins and whose body does not come."""
    address = urlsplit(server.url)
    assert address.hostname is not None
    caller = socket.create_connection((address.hostname, address.port or 80))
    caller.sendall(f"{head}\r\nHost: {address.netloc}\r\nContent-Length: 9000\r\n\r\n".encode() + bytes(10))
    return caller


def test_those_whose_link_is_slow_keep_nobody_out(
    server: LiveServer, device: Device, capfd: pytest.CaptureFixture[str]
) -> None:
    body = pack(SyncRequest(p=2, schema=SCHEMA_VERSION, epoch=device.epoch))
    proof = sign(device.sign_key, device.id, "POST", SYNC_PATH, body, 0).header()
    syncing = f"POST {SYNC_PATH} HTTP/1.1\r\nContent-Type: {CONTENT_TYPE}\r\nPasserelle-Signature: {proof}"
    carrying = f"POST {COURIER_PATH} HTTP/1.1\r\nContent-Type: {COURIER_TYPE}"
    with ExitStack() as slow:
        for head, how_many in ((syncing, MOST_INSIDE), (carrying, AT_THE_COUNTER)):
            for _ in range(how_many):
                slow.enter_context(begun(server, head))
        for _ in range(2):  # on a new connection: the server has met those before it by then
            requests.get(f"{server.url}/v1/health", timeout=10)
        assert device.sync(an_operation(1)).ack is not None
        reply = device.session.post(server.url + COURIER_PATH, data=b"x", timeout=10)
        assert reply.status_code == 503, "the counter is full: it has a gate of its own"
    assert device.sync(an_operation(2)).ack is not None
    assert capfd.readouterr().err == "", "a link that is cut is no fault of the server"
