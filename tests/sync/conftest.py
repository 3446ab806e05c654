"""A real server for the whole run; each test has a notebook of its own."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.live_server import LiveServer, live_server
from tests.sync.computers import Office


@pytest.fixture(scope="session")
def server() -> Iterator[LiveServer]:
    with live_server() as running:
        yield running


@pytest.fixture
def office(server: LiveServer, tmp_path: Path) -> Iterator[Office]:
    with ExitStack() as closing:
        yield Office(server, tmp_path, closing)
