"""The search of the top bar, with the keyboard alone."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.services.commands import ActivityFilter
from app.ui.desk import Desk
from app.ui.search.commands import matching, usual_commands
from app.ui.search.search_bar import SearchBar
from protocol.vocabulary import ActivityKind
from tests.notebook import a_beneficiary, recorded


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(1182, 500)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def bar(window: QWidget, desk: Desk) -> SearchBar:
    made = SearchBar(desk)
    made.set_screens([("day", "Ma journée", "sun"), ("preferences", "Réglages", "settings")])
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addWidget(QLineEdit())
    window.show()
    return made


def typed(bar: SearchBar, letters: str) -> QLineEdit:
    bar.start()
    field = bar.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, letters)
    return field


def test_a_person_is_chosen_with_enter(bar: SearchBar, desk: Desk, qtbot: QtBot) -> None:
    who = a_beneficiary(desk.database)
    field = typed(bar, "delm")
    with qtbot.waitSignal(bar.person_chosen) as chosen:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert chosen.args == [who]
    assert field.text() == ""


def test_a_search_that_is_left_is_over(bar: SearchBar, window: QWidget) -> None:
    field = typed(bar, "delm")
    window.findChildren(QLineEdit)[-1].setFocus()
    assert field.text() == ""


def test_an_activity_is_chosen_with_the_arrows(bar: SearchBar, desk: Desk, qtbot: QtBot) -> None:
    what = recorded(desk.database, participants=(a_beneficiary(desk.database),))
    chosen: list[UUID] = []
    bar.activity_chosen.connect(chosen.append)
    field = typed(bar, "delm")
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert chosen == [what]


def test_a_sheet_is_chosen_with_enter(bar: SearchBar, desk: Desk, qtbot: QtBot) -> None:
    field = typed(bar, "casier")
    with qtbot.waitSignal(desk.sheet_asked) as asked:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert asked.args == ["demander-un-extrait-de-casier-judiciaire"]


def test_a_screen_is_called_by_its_name(bar: SearchBar, desk: Desk, qtbot: QtBot) -> None:
    field = typed(bar, "regl")
    with qtbot.waitSignal(desk.screen_asked) as asked:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert asked.args == ["preferences"]


def test_nothing_typed_offers_what_can_be_done(bar: SearchBar, desk: Desk, qtbot: QtBot) -> None:
    field = typed(bar, "")
    with qtbot.waitSignal(desk.form_asked) as asked:
        QTest.keyClick(field, Qt.Key.Key_Down)
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert asked.args == [ActivityKind.INDIVIDUAL]


def test_the_program_locks_from_the_search(bar: SearchBar, desk: Desk, qtbot: QtBot) -> None:
    field = typed(bar, "verr")
    with qtbot.waitSignal(desk.lock_asked):
        QTest.keyClick(field, Qt.Key.Key_Return)


def test_the_report_of_last_month_is_four_letters_away(bar: SearchBar, desk: Desk, qtbot: QtBot) -> None:
    field = typed(bar, "rapp")
    with qtbot.waitSignal(desk.report_asked) as asked:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert asked.args == [ActivityFilter()], "without dates, a report is of the last month that is over"


def test_commands_are_found_by_the_beginning_of_their_words(desk: Desk) -> None:
    commands = usual_commands(desk)
    assert [one.label for one in matching(commands, "ate enr")] == ["Enregistrer un atelier"]
    assert matching(commands, "telier") == ()
    assert matching(commands, "") == commands
