"""The lane, the light and the screen, over a real notebook; the world refuses or is a real server."""

import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from app import settings
from app.database import Database
from app.models.local import outbox
from app.paths import Paths
from app.recovery import new_code
from app.sync.client import HttpTransport, Offline, Reply
from app.sync.enrolment import enrol
from app.sync.identity import identity_in, is_enrolled
from app.sync.light import LightState
from app.sync.outcome import Ending, Progress
from app.ui.desk import Desk
from app.ui.sync_lane import SyncLane
from app.ui.synchronisation.light import SyncLight
from app.ui.synchronisation.presenter import SynchronisationPresenter
from app.vault import Vault, recovery_key
from protocol import codes
from tests.live_server import LiveServer, live_server
from tests.notebook import a_beneficiary, linked, new_database, recorded

PATIENCE = 15_000


class NoNetwork:
    """A link that leads nowhere, and counts how often it was tried and from how many threads at once."""

    def __init__(self, _: str = "") -> None:
        self.tries = 0
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        self.is_closed = False

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        with self._lock:
            self.tries += 1
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        threading.Event().wait(0.05)
        with self._lock:
            self._at_once -= 1
        raise Offline

    def is_network_clear(self) -> bool:
        return False

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def link() -> NoNetwork:
    return NoNetwork()


@pytest.fixture
def open_lane(qapp: object, database: Database, link: NoNetwork) -> Iterator[Callable[[], SyncLane]]:
    opened: list[SyncLane] = []

    def make() -> SyncLane:
        opened.append(SyncLane(database, lambda _: link))
        return opened[-1]

    yield make
    for lane in opened:
        lane.stop()


def screen(desk: Desk, qtbot: QtBot, **more: object) -> SynchronisationPresenter:
    presenter = SynchronisationPresenter(desk, **more)  # type: ignore[arg-type]
    qtbot.addWidget(presenter.view)
    presenter.view.resize(1182, 710)
    presenter.view.show()
    presenter.shown()
    return presenter


def visible(view: QWidget, word: str) -> bool:
    return any(one.text() == word and one.isVisible() for one in view.findChildren(QPushButton))


def press(view: QWidget, word: str) -> None:
    next(one for one in view.findChildren(QPushButton) if one.text() == word and one.isVisible()).click()


def type_in(view: QWidget, name: str, text: str) -> None:
    field = next(one for one in view.findChildren(QLineEdit) if one.accessibleName() == name)
    field.setFocus()
    field.clear()
    QTest.keyClicks(field, text)


def test_nothing_is_tried_until_the_computer_is_enrolled(
    open_lane: Callable[[], SyncLane], database: Database, link: NoNetwork
) -> None:
    lane = open_lane()
    recorded(database)
    lane.ask_now()
    QTest.qWait(100)
    assert (lane.light.state, link.tries) == (LightState.LOCAL, 0)


def test_a_progress_told_just_before_the_lock_reads_nothing_more(
    open_lane: Callable[[], SyncLane], database: Database, link: NoNetwork, qtbot: QtBot
) -> None:
    linked(database)
    lane = open_lane()
    qtbot.waitUntil(lambda: link.tries > 0, timeout=PATIENCE)
    with qtbot.captureExceptions() as faults:
        lane.stop()
        database.close()
        lane._progressed.emit(Progress(to_send=1, sent=1))
        lane.ask_now()
        qtbot.waitUntil(lambda: link.is_closed, timeout=PATIENCE)
    assert faults == []


def test_a_save_without_network_says_what_waits(
    open_lane: Callable[[], SyncLane], database: Database, qtbot: QtBot
) -> None:
    linked(database)
    lane = open_lane()
    recorded(database)
    qtbot.waitUntil(lambda: lane.last_ending is Ending.OFFLINE, timeout=PATIENCE)
    assert lane.light.text.replace("\u00a0", " ") == "Hors connexion · 1 à envoyer"


def test_two_runs_are_never_under_way_at_once(
    open_lane: Callable[[], SyncLane], database: Database, link: NoNetwork, qtbot: QtBot
) -> None:
    linked(database)
    lane = open_lane()
    for _ in range(5):
        lane.ask_now()
        QTest.qWait(20)
    qtbot.waitUntil(lambda: link.tries >= 2, timeout=PATIENCE)
    assert link.most_at_once == 1


def test_a_pause_stops_the_tries_and_resuming_tries_at_once(
    open_lane: Callable[[], SyncLane], database: Database, link: NoNetwork, qtbot: QtBot
) -> None:
    linked(database)
    lane = open_lane()
    lane.pause()
    QTest.qWait(150)
    assert (link.tries, lane.light.state) == (0, LightState.OFFLINE)
    lane.resume()
    qtbot.waitUntil(lambda: link.tries == 1, timeout=PATIENCE)


def test_a_stopped_lane_hangs_up_and_lets_the_notebook_close(
    open_lane: Callable[[], SyncLane], database: Database, link: NoNetwork, qtbot: QtBot
) -> None:
    linked(database)
    lane = open_lane()
    qtbot.waitUntil(lambda: link.tries == 1, timeout=PATIENCE)
    lane.stop()
    database.close()
    qtbot.waitUntil(lambda: link.is_closed, timeout=PATIENCE)


def test_the_light_leads_to_the_screen(desk: Desk, qtbot: QtBot) -> None:
    light = SyncLight(desk)
    qtbot.addWidget(light)
    light.show()
    assert light.accessibleName().endswith("Sur cet ordinateur seulement")
    with qtbot.waitSignal(desk.screen_asked) as asked:
        QTest.keyClick(light, Qt.Key.Key_Return)
    assert asked.args == ["synchronisation"]


def test_the_screen_tells_what_waits_and_can_work_without_the_network(
    open_lane: Callable[[], SyncLane], database: Database, tmp_path: Path, qtbot: QtBot
) -> None:
    linked(database)
    desk = Desk(database, Paths(tmp_path), open_lane())
    recorded(database, participants=(a_beneficiary(database),))
    presenter = screen(desk, qtbot)
    view = presenter.view
    assert "À envoyer : 1 activité, 1 personne et 1 présence" in view.state.said().replace("\u00a0", " ")
    assert not view.enrolment.isVisible()
    view.findChildren(QCheckBox)[0].click()
    assert settings.load(desk.paths.settings).sync_paused
    assert "sans le réseau" in view.state.said()


def test_what_the_server_refused_is_shown_until_it_is_settled(desk: Desk, qtbot: QtBot) -> None:
    what = recorded(desk.database)
    with desk.database.receive() as work:
        change = update(outbox).where(outbox.c.record_id == what)
        work.connection.execute(change.values(acked_at=1, refusal="invalid:minutes"))
    presenter = screen(desk, qtbot)
    view = presenter.view
    assert len(view.refused.sentences()) == 1
    with qtbot.waitSignal(desk.activity_asked) as asked:
        press(view, "Ouvrir")
    assert asked.args == [what]
    press(view, "C’est réglé")
    assert not view.refused.isVisible()


def test_a_wrong_address_is_said_beside_its_field(desk: Desk, qtbot: QtBot) -> None:
    presenter = screen(desk, qtbot)
    view = presenter.view
    type_in(view, "Serveur", "deux mots")
    press(view, "Relier cet ordinateur")
    qtbot.waitUntil(lambda: "ne semble pas complète" in view.enrolment.faults(), timeout=PATIENCE)


def test_without_network_the_enrolment_says_so_and_keeps_what_was_typed(
    desk: Desk, link: NoNetwork, qtbot: QtBot
) -> None:
    set_up(desk)
    presenter = screen(desk, qtbot, make_link=lambda _: link)
    view = presenter.view
    type_in(view, "Serveur", "passerelle.exemple.fr")
    type_in(view, "Code", codes.make())
    press(view, "Relier cet ordinateur")
    qtbot.waitUntil(lambda: "injoignable" in view.enrolment.faults(), timeout=PATIENCE)
    assert visible(view, "Relier cet ordinateur")


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    with live_server() as running:
        yield running


def test_one_code_is_enough_and_everything_goes(
    server: LiveServer, database: Database, qapp: object, tmp_path: Path, qtbot: QtBot
) -> None:
    recorded(database, participants=(a_beneficiary(database),))
    lane = SyncLane(database)
    desk = Desk(database, Paths(tmp_path), lane)
    set_up(desk)
    presenter = screen(desk, qtbot)
    view = presenter.view
    type_in(view, "Serveur", server.url)
    type_in(view, "Code", server.code())
    press(view, "Relier cet ordinateur")
    qtbot.waitUntil(lambda: lane.light.state is LightState.UP_TO_DATE, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "Dernier échange réussi" in view.state.said(), timeout=PATIENCE)
    assert "1 activité, 1 personne et 1 présence" in view.state.said().replace("\u00a0", " ")
    assert not view.enrolment.isVisible()
    lane.stop()


def test_an_existing_notebook_asks_for_the_sheet_of_the_first_computer(
    server: LiveServer, database: Database, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    sheet = new_code()
    first = new_database(tmp_path, "premier.db")
    transport = HttpTransport(server.url)
    enrol(first, transport, server.url, server.code(), recovery_key(sheet).public)
    set_up(desk)
    presenter = screen(desk, qtbot)
    view = presenter.view
    type_in(view, "Serveur", server.url)
    type_in(view, "Code", server.code(notebook_of(first)))
    press(view, "Relier cet ordinateur")
    qtbot.waitUntil(view.joining.isVisible, timeout=PATIENCE)
    assert not view.enrolment.isVisible()
    type_in(view, "Secours", new_code())
    press(view, "Ouvrir avec le code de secours")
    qtbot.waitUntil(lambda: "autre carnet" in view.joining.fault(), timeout=PATIENCE)
    type_in(view, "Secours", sheet)
    press(view, "Ouvrir avec le code de secours")
    qtbot.waitUntil(lambda: is_enrolled(database), timeout=PATIENCE)
    qtbot.waitUntil(view.computers.isVisible, timeout=PATIENCE)
    assert not view.joining.isVisible()
    assert notebook_of(database) == notebook_of(first)
    transport.close()
    first.close()


def notebook_of(database: Database) -> UUID:
    with database.read() as connection:
        identity = identity_in(connection)
    assert identity is not None
    return identity.notebook


def set_up(desk: Desk) -> None:
    """The key slots that the first start makes."""
    Vault(desk.paths.slots).create(recovery_key(new_code()).public, "une phrase de passe de test")
