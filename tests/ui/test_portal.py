"""A captive portal between the computer and a real server: what is said, the button, and what follows by itself."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from app.database import Database
from app.paths import Paths
from app.recovery import new_code
from app.sync import exchanges
from app.sync.client import HttpTransport
from app.sync.enrolment import enrol
from app.sync.light import LightState
from app.sync.outcome import Ending
from app.ui.desk import Desk
from app.ui.sync_lane import SyncLane
from app.vault import recovery_key
from tests.doorways import Doorway, standing
from tests.live_server import LiveServer, live_server
from tests.notebook import recorded
from tests.ui.test_synchronisation import PATIENCE, press, screen, visible


class Browser(QObject):
    """What the system would open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, address: QUrl) -> None:
        self.opened.append(address.toString())


@pytest.fixture
def browser(qapp: object) -> Iterator[Browser]:
    made = Browser()
    QDesktopServices.setUrlHandler("http", made, "open")  # type: ignore[arg-type] # the stub says bytes, not PySide
    yield made
    QDesktopServices.unsetUrlHandler("http")


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    with live_server() as running:
        yield running


@pytest.fixture
def doorway(server: LiveServer) -> Iterator[Doorway]:
    with standing(Doorway(upstream=server.url)) as made:
        yield made


@pytest.fixture
def open_lane(
    server: LiveServer, doorway: Doorway, database: Database, qtbot: QtBot
) -> Iterator[Callable[[], SyncLane]]:
    """A computer enrolled through the doorway, which closes then; its first run begins with the lane."""
    transport = HttpTransport(doorway.url)
    enrol(database, transport, doorway.url, server.code(), recovery_key(new_code()).public)
    transport.close()
    recorded(database)
    doorway.is_open = False
    opened: list[SyncLane] = []

    def make() -> SyncLane:
        opened.append(SyncLane(database))
        return opened[-1]

    yield make
    for lane in opened:
        lane.stop()


def test_the_portal_is_told_and_the_browser_opens_on_the_server_s_own_host(
    open_lane: Callable[[], SyncLane],
    doorway: Doorway,
    database: Database,
    tmp_path: Path,
    browser: Browser,
    qtbot: QtBot,
) -> None:
    lane = open_lane()
    view = screen(Desk(database, Paths(tmp_path), lane), qtbot).view
    qtbot.waitUntil(lambda: visible(view, "Ouvrir le navigateur"), timeout=PATIENCE)
    assert lane.light.state is LightState.PORTAL
    assert "attend votre accord" in view.state.said()
    press(view, "Ouvrir le navigateur")
    assert browser.opened == [f"{doorway.url}/generate_204"]
    doorway.is_open = True
    press(view, "Envoyer maintenant")
    qtbot.waitUntil(lambda: lane.light.state is LightState.UP_TO_DATE, timeout=PATIENCE)
    assert not visible(view, "Ouvrir le navigateur")


def test_a_network_that_is_clear_is_not_said_to_be_a_portal(
    open_lane: Callable[[], SyncLane], doorway: Doorway, database: Database, qtbot: QtBot
) -> None:
    doorway.answers_in_clear = True
    lane = open_lane()
    with qtbot.waitSignal(lane.ended, timeout=PATIENCE) as ended:
        lane.ask_now()
    assert ended.args is not None
    assert ended.args[0].ending is Ending.UNAVAILABLE
    assert lane.light.state is LightState.OFFLINE
    assert exchanges.latest(database)[0].how == "unavailable"
