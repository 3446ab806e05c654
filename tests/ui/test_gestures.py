"""From one thing to what naturally follows it, in one key and without a question."""

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import activities, case_lists
from app.ui.assessments.interview_dialog import InterviewDialog
from app.ui.cases.case_dialog import CaseDialog
from app.ui.desk import Desk
from app.ui.workspace import Workspace
from protocol.vocabulary import Topic
from tests.notebook import a_beneficiary, an_activity
from tests.ui.forms import CTRL, SHIFT, focused

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def odette(database: Database) -> UUID:
    return a_beneficiary(database, "Martin", "Odette")


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    QTest.keyClick(focused(), key, modifiers)
    QApplication.processEvents()


def test_the_procedure_just_helped_with_is_followed_in_one_key(
    window: Workspace, desk: Desk, database: Database, odette: UUID, qtbot: QtBot
) -> None:
    topics, procedures = frozenset({Topic.ADMINISTRATIVE_HELP}), frozenset({"carte_grise"})
    window.open_form(an_activity(day=date.today(), participants=(odette,), topics=topics, procedures=procedures))
    with qtbot.waitSignal(window.recording.recorded) as recorded:
        press(Qt.Key.Key_Return, CTRL)
    assert window.notice == "Enregistré"
    assert QApplication.activeModalWidget() is None
    press(Qt.Key.Key_Z, CTRL)  # « Annuler » is not what is offered
    assert QApplication.activeModalWidget() is None
    press(Qt.Key.Key_S, ALT)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CaseDialog)
    assert (dialog.person.value(), dialog.procedure.value()) == (odette, "carte_grise")
    dialog.save()
    (case,) = case_lists.of_person(database, odette, date.today())
    assert activities.form_of(database, recorded.args[0]).cases == {case.id}
    assert window.notice == "Démarche ouverte"


def test_nothing_more_is_offered_of_another_accompaniment(window: Workspace, odette: UUID, qtbot: QtBot) -> None:
    window.open_form(an_activity(day=date.today(), participants=(odette,)))
    with qtbot.waitSignal(window.recording.recorded):
        press(Qt.Key.Key_Return, CTRL)
    press(Qt.Key.Key_S, ALT)
    assert QApplication.activeModalWidget() is None


def test_the_questionnaire_begins_in_one_key_from_any_tab_of_the_file(
    window: Workspace, desk: Desk, odette: UUID
) -> None:
    desk.person_asked.emit(odette)
    window.people.file.show_tab("history")
    press(Qt.Key.Key_Q, CTRL | SHIFT)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, InterviewDialog)
    assert "Odette Martin" in dialog.windowTitle()
    dialog.reject()
