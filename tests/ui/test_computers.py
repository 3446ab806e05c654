"""The computers of a notebook on two screens, over the real server: inviting, comparing, letting in, taking out."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.database import Database
from app.paths import Paths
from app.recovery import new_code
from app.services.access import rename_advisor
from app.sync.client import HttpTransport, Link
from app.sync.enrolment import enrol
from app.sync.identity import identity_in, is_enrolled
from app.sync.light import LightState
from app.sync.members import Computers, Member
from app.ui.desk import Desk
from app.ui.sync_lane import SyncLane
from app.ui.synchronisation.presenter import SynchronisationPresenter
from app.ui.widgets.code_label import CodeLabel
from app.vault import Vault, recovery_key
from tests.live_server import LiveServer, live_server
from tests.notebook import TODAY, new_database
from tests.ui.test_synchronisation import PATIENCE, NoNetwork, press, type_in


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    with live_server() as running:
        yield running


class Screen:
    """« Synchronisation » on one computer, and what its desk says."""

    def __init__(self, database: Database, folder: Path, make_link: Callable[[str], Link]) -> None:
        self.database, self.lane = database, SyncLane(database)
        self.desk = Desk(database, Paths(folder), self.lane)
        self.said: list[str] = []
        self.is_closed = False
        self.desk.said.connect(lambda text, _: self.said.append(text))
        self.presenter = SynchronisationPresenter(self.desk, make_link)
        self.view = self.presenter.view
        self.presenter._enrolling._poll.setInterval(50)
        self.presenter._members._poll.setInterval(50)
        self.view.resize(1182, 710)
        self.view.show()
        self.presenter.shown()

    def close(self) -> None:
        """As the program does when it locks: the screens go before the notebook."""
        if self.is_closed:
            return
        self.is_closed = True
        self.lane.stop()
        for gone in (self.view, self.desk):
            gone.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.database.close()

    def computers(self) -> str:
        return self.view.computers.said().replace("\u00a0", " ")

    def state(self) -> str:
        return self.view.state.said().replace("\u00a0", " ")


@pytest.fixture
def open_screen(qapp: object, tmp_path: Path) -> Iterator[Callable[..., Screen]]:
    opened: list[Screen] = []

    def make(name: str, make_link: Callable[[str], Link] = HttpTransport) -> Screen:
        database = new_database(tmp_path, f"{name}.db")
        (tmp_path / name).mkdir(exist_ok=True)
        slots = Vault(Paths(tmp_path / name).slots)
        if not slots.exists:
            slots.create(recovery_key(new_code()).public, "une phrase de passe de test")
        opened.append(Screen(database, tmp_path / name, make_link))
        return opened[-1]

    yield make
    for screen in opened:
        screen.close()


@pytest.fixture
def member(server: LiveServer, tmp_path: Path, open_screen: Callable[..., Screen], qtbot: QtBot) -> Screen:
    """Camille's computer, the first of its notebook."""
    database = new_database(tmp_path, "camille.db")
    rename_advisor(database, "Camille Fabre")
    transport = HttpTransport(server.url)
    enrol(database, transport, server.url, server.code(), recovery_key(new_code()).public)
    transport.close()
    database.close()
    screen = open_screen("camille")
    qtbot.waitUntil(lambda: "Camille Fabre" in screen.computers(), timeout=PATIENCE)
    return screen


def newcomer(server: LiveServer, member: Screen, open_screen: Callable[..., Screen], qtbot: QtBot) -> Screen:
    """A second computer that asks to join with the code that the first one shows."""
    press(member.view, "Ajouter un ordinateur ou un collègue")
    qtbot.waitUntil(member.view.computers.invitation.isVisible, timeout=PATIENCE)
    other = open_screen("jeanne")
    rename_advisor(other.database, "Jeanne Roux")
    type_in(other.view, "Serveur", server.url)
    type_in(other.view, "Code", member.view.computers.invitation.code())
    press(other.view, "Relier cet ordinateur")
    qtbot.waitUntil(other.view.joining.isVisible, timeout=PATIENCE)
    return other


def test_a_colleague_is_let_in_by_comparing_two_screens(
    server: LiveServer, member: Screen, open_screen: Callable[..., Screen], qtbot: QtBot
) -> None:
    other = newcomer(server, member, open_screen, qtbot)
    code = other.view.joining.short_code()
    qtbot.waitUntil(lambda: f"rejoindre ce carnet : {code}" in member.computers(), timeout=PATIENCE)
    press(member.view, "Autoriser")
    qtbot.waitUntil(lambda: is_enrolled(other.database), timeout=PATIENCE)
    qtbot.waitUntil(lambda: other.lane.light.state is LightState.UP_TO_DATE, timeout=PATIENCE)
    assert "Ordinateur autorisé" in member.said
    assert not member.view.computers.invitation.isVisible()
    member.lane.ask_now()
    qtbot.waitUntil(lambda: "Jeanne Roux" in member.computers(), timeout=PATIENCE)
    qtbot.waitUntil(lambda: "Camille Fabre" in other.computers(), timeout=PATIENCE)
    assert "demande à rejoindre" not in member.computers()


def test_a_request_lights_the_light_until_it_is_answered(
    server: LiveServer, member: Screen, open_screen: Callable[..., Screen], qtbot: QtBot
) -> None:
    other = newcomer(server, member, open_screen, qtbot)
    member.lane.ask_now()
    qtbot.waitUntil(lambda: member.lane.light.state is LightState.TO_CHECK, timeout=PATIENCE)
    assert "demande à rejoindre ce carnet" in member.state()
    press(member.view, "Refuser")
    qtbot.waitUntil(lambda: "refusée" in other.view.enrolment.faults(), timeout=PATIENCE)
    assert not other.view.joining.isVisible()
    qtbot.waitUntil(lambda: member.lane.light.state is LightState.UP_TO_DATE, timeout=PATIENCE)


def test_the_wait_goes_on_after_a_restart_and_can_be_given_up(
    server: LiveServer, member: Screen, open_screen: Callable[..., Screen], qtbot: QtBot
) -> None:
    other = newcomer(server, member, open_screen, qtbot)
    code = other.view.joining.short_code()
    other.close()
    again = open_screen("jeanne")
    assert again.view.joining.isVisible()
    assert again.view.joining.short_code() == code
    press(again.view, "Annuler la demande")
    qtbot.waitUntil(again.view.enrolment.isVisible, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "demande à rejoindre" not in member.computers(), timeout=PATIENCE)


def test_without_network_the_wait_says_so_and_goes_on(
    server: LiveServer, member: Screen, open_screen: Callable[..., Screen], qtbot: QtBot
) -> None:
    other = newcomer(server, member, open_screen, qtbot)
    other.close()
    cut = open_screen("jeanne", NoNetwork)
    qtbot.waitUntil(lambda: "injoignable" in cut.view.joining.state(), timeout=PATIENCE)
    assert cut.view.joining.isVisible()


def test_a_computer_is_taken_out_once_the_consequences_are_read(
    server: LiveServer, member: Screen, open_screen: Callable[..., Screen], qtbot: QtBot
) -> None:
    other = newcomer(server, member, open_screen, qtbot)
    qtbot.waitUntil(lambda: "rejoindre" in member.computers(), timeout=PATIENCE)
    press(member.view, "Autoriser")
    qtbot.waitUntil(lambda: other.lane.light.state is LightState.UP_TO_DATE, timeout=PATIENCE)
    member.lane.ask_now()
    qtbot.waitUntil(lambda: "Jeanne Roux" in member.computers(), timeout=PATIENCE)
    press(member.view, "Retirer")
    assert is_enrolled(other.database)
    press(member.view, "Annuler")
    press(member.view, "Retirer")
    press(member.view, "Retirer")
    qtbot.waitUntil(lambda: "Ordinateur retiré" in member.said, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "Jeanne Roux" not in member.computers(), timeout=PATIENCE)
    other.lane.ask_now()
    qtbot.waitUntil(lambda: "a été retiré du carnet partagé" in other.state(), timeout=PATIENCE)
    assert other.lane.light.state is LightState.TO_CHECK
    assert other.view.enrolment.isVisible()
    qtbot.waitUntil(lambda: generation(member) == 2, timeout=PATIENCE)


def generation(screen: Screen) -> int:
    with screen.database.read() as connection:
        identity = identity_in(connection)
    assert identity is not None
    return identity.key.generation


def test_leaving_says_what_it_means_and_offers_to_come_back(member: Screen, qtbot: QtBot) -> None:
    press(member.view, "Quitter ce carnet")
    assert is_enrolled(member.database)
    press(member.view, "Quitter ce carnet")
    qtbot.waitUntil(member.view.enrolment.isVisible, timeout=PATIENCE)
    assert "a quitté le carnet partagé" in member.state()
    assert member.lane.light.state is LightState.LOCAL
    assert not member.view.computers.isVisible()


def test_offline_the_list_says_why_it_is_missing(
    server: LiveServer, member: Screen, open_screen: Callable[..., Screen], qtbot: QtBot
) -> None:
    member.close()
    cut = open_screen("camille", NoNetwork)
    qtbot.waitUntil(lambda: "sera relue avec la connexion" in cut.computers(), timeout=PATIENCE)
    press(cut.view, "Ajouter un ordinateur ou un collègue")
    qtbot.waitUntil(lambda: any("injoignable" in one for one in cut.said), timeout=PATIENCE)
    assert not cut.view.computers.invitation.isVisible()


def test_a_list_read_again_leaves_the_keyboard_where_it_was(member: Screen, qtbot: QtBot) -> None:
    card = member.view.computers
    names = [one.accessibleName() for one in card.findChildren(QPushButton)]
    leave = next(one for one in card.findChildren(QPushButton) if one.text() == "Quitter ce carnet")
    member.view.activateWindow()
    leave.setFocus()
    qtbot.waitUntil(leave.hasFocus, timeout=PATIENCE)
    [mine] = card._shown.members if card._shown else ()
    card.show_computers(Computers((mine, a_member("SALLE-2"))), TODAY)
    focused = member.view.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.accessibleName() == leave.accessibleName() in names


def a_member(name: str, is_known: bool = True) -> Member:
    return Member(uuid4(), name, "Hüseyin Öztürk", is_mine=False, is_known=is_known, last_at=0)


def test_a_computer_that_nobody_let_in_is_told_apart(member: Screen) -> None:
    member.view.computers.show_computers(Computers((a_member("INCONNU", is_known=False),)), TODAY)
    assert "personne ne l’y a autorisé" in member.computers()


def test_a_code_is_copied_and_spelled(qtbot: QtBot) -> None:
    label = CodeLabel("Code court")
    qtbot.addWidget(label)
    label.show_code("ABCD-EF12")
    QTest.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "ABCD-EF12"
    assert label.accessibleName().endswith("A B C D - E F 1 2")
