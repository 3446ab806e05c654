"""As many as can be served soon are let in; the others are told when to come back, and not all at the same moment."""

from contextlib import ExitStack

import pytest

from server.errors import Refusal
from server.gate import SLOWEST_S, Gate
from tests.live_server import LiveServer
from tests.server.devices import Device, an_operation


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_appointments_follow_each_other_at_the_pace_of_the_house() -> None:
    clock = Clock()
    gate = Gate(2, clock)
    for _ in range(200):
        with gate.entered():
            clock.now += 0.1
    told = []
    with gate.entered(), gate.entered():
        for _ in range(50):
            with pytest.raises(Refusal) as refused, gate.entered():
                pass
            told.append(refused.value.backoff)
    assert told == sorted(told)
    assert 1 <= told[0] <= 2
    assert 5 <= told[-1] <= 7


def test_a_slow_moment_does_not_send_anyone_away_for_long() -> None:
    clock = Clock()
    gate = Gate(2, clock)
    with gate.entered(), gate.entered():
        clock.now += 3600
    assert gate.appointment() <= 1 + SLOWEST_S + 1


def test_a_device_at_a_full_house_is_told_when_to_come_back(server: LiveServer, device: Device) -> None:
    with ExitStack() as inside:
        while not server.gate.is_full:
            inside.enter_context(server.gate.entered())
        answer = device.sync(an_operation(1))
        assert (answer.error, answer.backoff >= 1) == ("busy", True)
        assert device.session.get(server.url + "/v1/health", timeout=5).status_code == 200
    assert device.sync(an_operation(1)).ack is not None
