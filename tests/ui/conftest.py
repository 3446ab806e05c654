"""A real notebook, and the desk that screens share."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.bootstrap import Program, make_application
from app.database import Database
from app.options import Options
from app.paths import Paths, data_folder
from app.settings import Settings
from app.ui import theme
from app.ui.desk import Desk
from app.ui.rubbish import collect_due
from app.ui.workspace import Workspace
from tests.notebook import new_database
from tests.ui.forms import in_front


@pytest.fixture(scope="session", autouse=True)
def imported() -> None:
    """What is there already is not looked through again after each test."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def collected_here(qapp: object) -> Iterator[None]:
    """As in the program: a thread of the test never unmakes what Qt made in this one; nothing outlives its test."""
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    collect_due()
    gc.enable()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty encrypted notebook."""
    opened = new_database(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def desk(qtbot: QtBot, qapp: object, database: Database, tmp_path: Path) -> Iterator[Desk]:
    """What the screens share, over the notebook of the test; as in the program, no dialog is left over a closed one."""
    theme.apply(qapp, Settings(theme="clair"))  # type: ignore[arg-type]
    made = Desk(database, Paths(tmp_path))
    yield made
    if (typed_in := QApplication.focusWidget()) is not None:
        typed_in.clearFocus()
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QDialog):
            one.hide()
    made.deleteLater()


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[Workspace]:
    """The open notebook with its screens, in front, as it is at 1366 × 768."""
    made = Workspace(desk)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    in_front(qtbot, made)
    yield made
    made.keep_draft_at_last()


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """The program, its notebook open."""
    made = Program(make_application(), data_folder(tmp_path), Options(unattended=True))
    qtbot.addWidget(made.window)
    made.start()
    qtbot.waitUntil(lambda: made.workspace is not None, timeout=20_000)
    yield made
    made.close_notebook()
