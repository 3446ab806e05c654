"""A real server, our own computers and the second clients, in one notebook of each test."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.live_server import LiveServer, live_server
from tests.second_client.mixed import Mixed


@pytest.fixture(scope="session")
def server() -> Iterator[LiveServer]:
    with live_server() as running:
        yield running


@pytest.fixture
def mixed(server: LiveServer, tmp_path: Path) -> Iterator[Mixed]:
    with ExitStack() as closing:
        yield Mixed(server, tmp_path, closing)
