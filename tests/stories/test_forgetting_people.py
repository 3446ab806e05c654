"""Two promises to the people accompanied, through the real window: to be forgotten, and to be forgotten once."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.database import Database
from app.paths import Paths
from app.services import beneficiaries
from app.services.commands import ActivityFilter
from app.services.privacy import erasing
from app.services.statistics import pages
from app.settings import Settings
from app.ui import theme
from app.ui.desk import Desk
from app.ui.people.file_view import PersonFileView
from app.ui.privacy.erase_dialog import EraseDialog, ErasurePresenter
from app.ui.privacy.panel import PrivacyPanel
from app.ui.workspace import Workspace
from tests.notebook import TODAY, a_beneficiary, new_database, recorded
from tests.recount import told


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = new_database(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def workspace(qtbot: QtBot, qapp: QApplication, database: Database) -> Workspace:
    theme.apply(qapp, Settings(theme="clair"))
    made = Workspace(Desk(database, Paths(database.path.parent)))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


def people(database: Database) -> set[UUID]:
    return {row.id for row in beneficiaries.search(database, "")}


def test_a_person_who_asks_is_forgotten_and_the_work_done_still_counts(
    qtbot: QtBot, workspace: Workspace, database: Database
) -> None:
    kept, gone = a_beneficiary(database, "Roux", "Marcel"), a_beneficiary(database, "Delmas", "Jeanne")
    for _ in range(3):
        recorded(database, participants=(gone,), notes="Pour Jeanne")
    figures = told(pages.page(database, ActivityFilter(), TODAY))
    workspace._desk.person_asked.emit(gone)
    [view] = workspace.findChildren(PersonFileView)
    view.tabs.choose("privacy")
    QApplication.processEvents()
    [panel] = workspace.findChildren(PrivacyPanel)
    panel.erase.click()
    [dialog] = workspace.findChildren(EraseDialog)
    QTest.keyClick(dialog.understood, Qt.Key.Key_Space)
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog.erase, Qt.Key.Key_Space)
    assert people(database) == {kept}
    assert told(pages.page(database, ActivityFilter(), TODAY)) == figures
    assert beneficiaries.search(database, "Delmas") == ()


def test_whoever_is_gone_already_cannot_be_erased_a_second_time(workspace: Workspace, database: Database) -> None:
    gone = a_beneficiary(database, "Delmas", "Jeanne")
    erasing.erase(database, gone)
    desk = workspace._desk
    assert not desk.attempt(lambda: ErasurePresenter(desk, gone, workspace).open())
    assert workspace.notice == "Cette personne n’est plus dans le carnet."
    assert workspace.findChildren(EraseDialog) == []
