"""The courier's card, over two real notebooks and a real server: from a stick to a receipt, by the buttons."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.database import Database
from app.paths import Paths
from app.recovery import new_code
from app.sync.client import HttpTransport
from app.sync.engine import SyncEngine
from app.sync.enrolment import enrol
from app.sync.standing import standing
from app.ui.desk import Desk
from app.ui.synchronisation.presenter import SynchronisationPresenter
from app.vault import recovery_key
from tests.live_server import LiveServer, live_server
from tests.notebook import new_database, recorded
from tests.ui.test_synchronisation import PATIENCE, press, screen, visible


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    with live_server() as running:
        yield running


@pytest.fixture
def colleague(tmp_path: Path) -> Iterator[Database]:
    """The notebook of somebody else."""
    opened = new_database(tmp_path, "collegue.db")
    yield opened
    opened.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "cle").mkdir()
    return tmp_path / "cle"


@pytest.fixture
def open_screen(
    server: LiveServer, tmp_path: Path, qapp: object, qtbot: QtBot
) -> Callable[[Database], SynchronisationPresenter]:
    """The screen of an enrolled computer that nothing synchronises by itself."""

    def make(database: Database) -> SynchronisationPresenter:
        transport = HttpTransport(server.url)
        enrol(database, transport, server.url, server.code(), recovery_key(new_code()).public)
        SyncEngine(database, transport).run()
        transport.close()
        return screen(Desk(database, Paths(tmp_path)), qtbot)

    return make


class Choosing:
    """What a person chooses in the dialogs of the system."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path: Path | str = ""
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(self.path))
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(self.path), ""))


@pytest.fixture
def choosing(monkeypatch: pytest.MonkeyPatch) -> Choosing:
    return Choosing(monkeypatch)


def said_after(presenter: SynchronisationPresenter, word: str, qtbot: QtBot) -> str:
    """Press a button of the card and wait for what it tells."""
    with qtbot.waitSignal(presenter.view.courier.told, timeout=PATIENCE):
        press(presenter.view, word)
    return presenter.view.courier.said().replace("\u00a0", " ")


def test_from_the_stick_to_the_receipt(
    open_screen: Callable[[Database], SynchronisationPresenter],
    database: Database,
    colleague: Database,
    choosing: Choosing,
    stick: Path,
    qtbot: QtBot,
) -> None:
    here, there = open_screen(database), open_screen(colleague)
    recorded(database)

    choosing.path = stick
    assert "Le courrier est prêt : passerelle-courrier-" in said_after(here, "Préparer un courrier", qtbot)
    [file] = stick.iterdir()
    choosing.path = file
    assert "avec son reçu" in said_after(there, "Remettre le courrier d’un collègue", qtbot)
    choosing.path = file.with_suffix(".precu")
    assert said_after(here, "Lire un reçu", qtbot) == "2 modifications sont arrivées au serveur."
    assert standing(database).waiting == 0
    assert "À envoyer" not in here.view.state.said()
    assert [line.split("\u00a0: ")[1] for line in here.view.exchanges.lines()] == [
        "2\u00a0arrivés par courrier",
        "2\u00a0confiés à un courrier",
    ]
    assert "rien de nouveau" in said_after(here, "Lire un reçu", qtbot)


def test_what_goes_wrong_is_said_in_the_card(
    open_screen: Callable[[Database], SynchronisationPresenter],
    database: Database,
    choosing: Choosing,
    stick: Path,
    qtbot: QtBot,
) -> None:
    here = open_screen(database)
    choosing.path = stick
    assert "Rien n’attend" in said_after(here, "Préparer un courrier", qtbot)
    (stick / "facture.pcourrier").write_bytes(b"rien")
    choosing.path = stick / "facture.pcourrier"
    assert "n’est pas un courrier" in said_after(here, "Remettre le courrier d’un collègue", qtbot)
    assert "n’est pas un reçu" in said_after(here, "Lire un reçu", qtbot)


def test_nothing_is_done_when_nothing_is_chosen(
    open_screen: Callable[[Database], SynchronisationPresenter], database: Database, choosing: Choosing
) -> None:
    here = open_screen(database)
    for word in ("Préparer un courrier", "Lire un reçu", "Remettre le courrier d’un collègue"):
        press(here.view, word)
    assert here.view.courier.said() == ""
    assert all(button.isEnabled() for button in here.view.courier.findChildren(QPushButton))


def test_the_card_waits_for_the_enrolment(database: Database, tmp_path: Path, qapp: object, qtbot: QtBot) -> None:
    assert not visible(screen(Desk(database, Paths(tmp_path)), qtbot).view, "Préparer un courrier")
