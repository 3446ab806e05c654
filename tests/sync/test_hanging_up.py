"""Servers that do not answer: who waits for one can be woken, and in the end wakes alone."""

import threading
import time

import pytest

from app.sync import client
from app.sync.client import HttpTransport, Offline
from protocol.messages import CONTENT_TYPE, SYNC_PATH
from tests.live_server import LiveServer
from tests.mute_server import Manner, mute_server

SOON = 3.0
"""Seconds: far less than the program would wait by itself."""


def time_of(call: threading.Thread) -> float:
    begun = time.monotonic()
    call.join(20)
    return time.monotonic() - begun


@pytest.mark.parametrize("manner", [Manner.SILENT, Manner.TRICKLING])
def test_hanging_up_from_another_thread_ends_the_wait(manner: Manner) -> None:
    ended: list[type[BaseException]] = []

    def ask() -> None:
        try:
            transport.post("/v1/sync", b"{}", {})
        except Offline as offline:
            ended.append(type(offline))

    with mute_server(manner) as server:
        transport = HttpTransport(server.url)
        asking = threading.Thread(target=ask)
        asking.start()
        while not server.taken:
            time.sleep(0.01)
        time.sleep(0.3)
        transport.close()
        assert time_of(asking) < SOON
    assert ended == [Offline]


def test_an_answer_that_trickles_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "LONGEST_S", 0.5)
    with mute_server(Manner.TRICKLING) as server:
        transport = HttpTransport(server.url)
        begun = time.monotonic()
        with pytest.raises(Offline):
            transport.post("/v1/sync", b"{}", {})
        assert time.monotonic() - begun < SOON
        transport.close()


def test_what_was_hung_up_can_be_dialled_again(server: LiveServer) -> None:
    transport = HttpTransport(server.url)
    for _ in range(2):
        assert transport.post(SYNC_PATH, b"{}", {}).content_type == CONTENT_TYPE
        transport.close()
