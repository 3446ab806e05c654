"""The gate: who comes in, who is told to come back and when, and who can keep others out."""

import socket
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
from server.gate import AT_THE_COUNTER, LONGEST_S, MOST_INSIDE, PER_SECOND, Gate
from tests.live_server import LiveServer
from tests.server.devices import Device, an_operation


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def turned_away(gate: Gate) -> int:
    """In how many seconds the next one that comes is told to come back."""
    with pytest.raises(Refusal) as refusal, gate.entered():
        pass
    assert (refusal.value.status, refusal.value.code) == (503, "busy")
    return refusal.value.backoff


def test_as_many_as_may_be_inside_come_in_and_those_who_leave_make_room() -> None:
    gate = Gate(most_inside=2)
    with gate.entered():
        with gate.entered():
            turned_away(gate)
        with gate.entered():
            turned_away(gate)
    with pytest.raises(ZeroDivisionError), gate.entered():
        raise ZeroDivisionError
    with gate.entered(), gate.entered():
        turned_away(gate)


def test_those_turned_away_come_back_a_few_each_second_and_none_is_told_at_once() -> None:
    gate = Gate(most_inside=0, clock=Clock())
    told = [turned_away(gate) for _ in range(4000)]
    assert told == sorted(told)
    assert told[0] >= 1
    assert max(told.count(second) for second in set(told)) <= PER_SECOND + 1
    assert told[-1] <= 1 + 4000 / PER_SECOND + 1


def test_nobody_is_told_to_stay_away_for_long() -> None:
    gate = Gate(most_inside=0, clock=Clock())
    told = [turned_away(gate) for _ in range(int(LONGEST_S * PER_SECOND) + 500)]
    assert max(told) == LONGEST_S


def test_a_crowd_that_is_over_is_forgotten() -> None:
    clock = Clock()
    gate = Gate(most_inside=0, clock=clock)
    first = turned_away(gate)
    for _ in range(3000):
        turned_away(gate)
    clock.now += 60
    assert turned_away(gate) == first


def test_a_device_that_is_turned_away_is_told_so_in_the_protocols_words(server: LiveServer, device: Device) -> None:
    with ExitStack() as crowd:
        for _ in range(MOST_INSIDE):
            crowd.enter_context(server.gate.entered())
        answer = device.sync(an_operation(1))
    assert (answer.error, answer.ack) == ("busy", None)
    assert 1 <= answer.backoff <= 3
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
