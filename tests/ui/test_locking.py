"""Locking: whatever is open or goes wrong, the names leave the screen and the notebook closes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy.exc import DatabaseError

from app.bootstrap import Program, make_application
from app.database import Database
from app.options import Options
from app.paths import data_folder
from app.ui.people.person_dialog import PersonDialog
from protocol.vocabulary import ActivityKind
from tests.notebook import a_beneficiary
from tests.ui.forms import focused


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """The program, its notebook open."""
    made = Program(make_application(), data_folder(tmp_path), Options(unattended=True))
    qtbot.addWidget(made.window)
    made.start()
    qtbot.waitUntil(lambda: made.workspace is not None, timeout=20_000)
    yield made
    made.close_notebook()


def notebook(program: Program) -> Database:
    assert program.desk is not None
    return program.desk.database


def dialogs() -> list[PersonDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, PersonDialog) and one.isVisible()]


def test_ctrl_l_locks_from_the_dialog_of_a_person_too(qtbot: QtBot, program: Program) -> None:
    person = a_beneficiary(notebook(program))
    assert program.workspace is not None
    program.workspace.open_form(ActivityKind.INDIVIDUAL)
    program.workspace.recording.view.who.edit_asked.emit(person)
    [dialog] = dialogs()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog and dialog.isAncestorOf(focused()))
    QTest.keyClick(focused(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not dialogs())
    assert program.desk is None


def test_a_draft_that_cannot_be_kept_does_not_stop_the_lock(qtbot: QtBot, program: Program) -> None:
    assert program.workspace is not None
    program.workspace.open_form(ActivityKind.INDIVIDUAL)
    form = program.workspace.recording.view
    form.changed.emit()
    with notebook(program).work() as work:
        work.connection.exec_driver_sql("DROP TABLE draft")
    with pytest.raises(DatabaseError, match="draft"):
        program.lock()
    assert program.desk is None
    assert program.gate.widget.isVisible()
