"""A long first synchronisation on a slow link: the light and the card say how much has come, out of how much."""

import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from PySide6.QtWidgets import QProgressBar
from pytestqt.qtbot import QtBot

from app.database import Database
from app.paths import Paths
from app.recovery import new_code
from app.services import tags
from app.sync.client import HttpTransport, Reply
from app.sync.engine import SyncEngine
from app.sync.enrolment import enrol
from app.sync.light import Light, LightState
from app.ui.desk import Desk
from app.ui.sync_lane import SyncLane
from app.ui.synchronisation.view import SynchronisationView
from app.vault import recovery_key
from tests.live_server import LiveServer, live_server
from tests.notebook import new_database
from tests.ui.test_synchronisation import PATIENCE, notebook_of, screen

MANY = 120


class SlowTransport(HttpTransport):
    """The real one, on a link that takes its time."""

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        time.sleep(0.4)
        return super().post(path, body, headers)


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    with live_server() as running:
        yield running


@pytest.fixture
def second(server: LiveServer, database: Database, tmp_path: Path) -> Iterator[Database]:
    """A new computer of a notebook that already holds much."""
    sheet, transport = recovery_key(new_code()), HttpTransport(server.url)
    enrol(database, transport, server.url, server.code(), sheet.public)
    for number in range(MANY):
        tags.create(database, f"Étiquette numéro {number}")
        if number % 10 == 9:
            SyncEngine(database, transport).run()
    opened = new_database(tmp_path, "second.db")
    enrol(opened, transport, server.url, server.code(notebook_of(database)), sheet.public, sheet)
    with opened.receive() as work:
        work.set_state("sync.batch_bytes", 2 * 1024)
    transport.close()
    yield opened
    opened.close()


def test_how_much_has_come_is_told_until_it_is_all_there(second: Database, tmp_path: Path, qtbot: QtBot) -> None:
    lane = SyncLane(second, SlowTransport)
    lights: list[Light] = []
    lane.state_changed.connect(lights.append)
    view = screen(Desk(second, Paths(tmp_path), lane), qtbot).view
    bar = view.state.findChild(QProgressBar)
    assert bar is not None
    qtbot.waitUntil(lambda: told_total(view) > 0, timeout=PATIENCE)
    assert told_total(view) in range(MANY, MANY + 3), "the tags, and the names of the two computers"
    assert bar.isVisible()
    assert 0 < bar.value() <= 100
    assert "Réception…" in view.state.said()
    qtbot.waitUntil(lambda: lane.light.state is LightState.UP_TO_DATE, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=PATIENCE)
    shares = [light.text for light in lights if light.state is LightState.RECEIVING]
    assert len(shares) > 2
    lane.stop()


def told_total(view: SynchronisationView) -> int:
    """The second figure of « 31 reçus sur 122 », 0 while it is not said."""
    found = re.search(r"reçus sur (\d+)", view.state.said())
    return int(found[1]) if found else 0
