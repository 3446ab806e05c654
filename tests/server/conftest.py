"""A real server for the whole run; each test makes its own notebook."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest

from tests.live_server import LiveServer, live_server
from tests.server.devices import Device


@pytest.fixture(scope="session")
def running() -> Iterator[LiveServer]:
    with live_server() as running:
        yield running


@pytest.fixture
def server(running: LiveServer) -> Iterator[LiveServer]:
    yield running
    running.clock.ahead_ms = 0


@pytest.fixture
def device(server: LiveServer) -> Iterator[Device]:
    """The first device of a new notebook."""
    with Device(server) as made:
        made.enrol(server.code())
        yield made


@pytest.fixture
def another(server: LiveServer, device: Device) -> Iterator[Callable[[], Device]]:
    """Makes further devices of the same notebook."""
    made: list[Device] = []

    def make(notebook: UUID | None = None) -> Device:
        made.append(Device(server))
        made[-1].enrol(server.code(notebook or device.notebook))
        return made[-1]

    yield make
    for one in made:
        one.session.close()
