"""Locking: whatever is open or goes wrong, the names leave the screen and the notebook closes."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy.exc import DatabaseError

from app.bootstrap import Program, make_application
from app.database import Database
from app.options import DEMONSTRATION_PASSPHRASE, Options
from app.paths import data_folder
from app.services import access
from app.services.access import SetUp
from app.ui.people.person_dialog import PersonDialog
from protocol.vocabulary import ActivityKind
from tests.notebook import a_beneficiary, recorded
from tests.ui.forms import focused


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


@pytest.mark.parametrize(
    ("tab", "keys"),
    [("cases", "Ctrl+Shift+D"), ("assessments", "Ctrl+Shift+Q"), ("documents", "Ctrl+Shift+M"), ("history", "Ctrl+P")],
)
def test_no_dialog_over_a_file_outlives_the_lock(qtbot: QtBot, program: Program, tab: str, keys: str) -> None:
    assert program.workspace is not None
    assert program.desk is not None
    program.desk.person_asked.emit(a_beneficiary(notebook(program)))
    file = program.workspace.people.file
    file.show_tab(tab)
    file.view.tabs.focus_chosen()
    pressed = QKeySequence(keys)[0]  # type: ignore[index]  # the stubs forget it
    QTest.keyClick(focused(), pressed.key(), pressed.keyboardModifiers())
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    QTest.keyClick(focused(), Qt.Key.Key_A)
    with qtbot.captureExceptions() as faults:
        program.lock()
        QTest.qWait(500)
    assert faults == []
    assert program.window.findChildren(QDialog) == []
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [program.window]


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


def test_what_was_committed_just_before_the_lock_wakes_no_screen(qtbot: QtBot, program: Program) -> None:
    assert program.workspace is not None
    program.workspace.go_to("activities")
    recorded(notebook(program))
    with qtbot.captureExceptions() as faults:
        program.lock()
        QTest.qWait(150)
    assert faults == []


def test_a_notebook_damaged_inside_is_told_at_the_gate(qtbot: QtBot, tmp_path: Path) -> None:
    paths = data_folder(tmp_path)
    access.set_up(paths, SetUp("Moi", access.recovery_code(), DEMONSTRATION_PASSPHRASE)).close()
    content = bytearray(paths.database.read_bytes())
    for position in range(20_000, 60_000, 97):
        content[position] ^= 0xFF
    paths.database.write_bytes(content)
    made = Program(make_application(), paths, Options(unattended=True))
    qtbot.addWidget(made.window)
    made.start()
    qtbot.waitUntil(lambda: any("abîmé" in one.text() for one in made.gate.widget.findChildren(QLabel)), timeout=20_000)
    assert made.desk is None
    assert made.gate.widget.isVisible()
    assert paths.database.read_bytes() == content
