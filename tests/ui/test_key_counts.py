"""The targets of the design: how many keys a usual accompaniment takes, beyond the letters of the name."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import activities, activity_lists
from app.services.rows import ActivityRow
from app.ui.desk import Desk
from app.ui.recording.presenter import RecordingPresenter
from protocol.vocabulary import ActivityKind, PlaceKind, Topic
from tests.notebook import TODAY, a_beneficiary, a_place, recorded
from tests.ui.forms import CTRL, Keyboard, in_front

Opened = Callable[[object], RecordingPresenter]


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk) -> Opened:
    def open_on(what: object) -> RecordingPresenter:
        presenter = RecordingPresenter(desk, lambda: TODAY)
        qtbot.addWidget(presenter.view)
        presenter.view.resize(1182, 710)
        in_front(qtbot, presenter.view)
        presenter.open(what)  # type: ignore[arg-type]
        return presenter

    return open_on


def last_of(database: Database) -> ActivityRow:
    return activity_lists.page(database, sort="recorded_at").rows[0]


def test_a_known_person_one_topic_and_the_usual_place_take_fifteen_presses(database: Database, opened: Opened) -> None:
    person, place = a_beneficiary(database), a_place(database)
    recorded(database, participants=(person,), place_kind=PlaceKind.PLACE, place=place, minutes=45)
    keys = Keyboard()
    opened(ActivityKind.INDIVIDUAL)
    keys.letters("delm")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Right, times=3)
    keys.press(Qt.Key.Key_Space)
    keys.press(Qt.Key.Key_Return, CTRL)
    assert keys.presses <= 15
    row = last_of(database)
    assert activity_lists.page(database).total == 2
    assert (row.who, row.place, row.minutes, len(row.topics)) == ("Delmas Jeanne", "Médiathèque de Florac", 45, 1)


def test_tab_alone_also_reaches_the_topics_of_a_known_person(database: Database, opened: Opened) -> None:
    recorded(database, participants=(a_beneficiary(database),))
    keys = Keyboard()
    opened(ActivityKind.INDIVIDUAL)
    keys.letters("jeanne")
    keys.press(Qt.Key.Key_Tab, times=2)
    keys.press(Qt.Key.Key_Space)
    keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Left)
    keys.press(Qt.Key.Key_Space)
    keys.press(Qt.Key.Key_Return, CTRL)
    assert keys.presses <= 15
    row = last_of(database)
    assert (row.who, row.topics) == ("Delmas Jeanne", (Topic.EMAIL,))


def test_an_anonymous_accompaniment_takes_ten_presses(database: Database, opened: Opened) -> None:
    recorded(database, place_kind=PlaceKind.PLACE, place=a_place(database))
    keys = Keyboard()
    opened(ActivityKind.INDIVIDUAL)
    keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Space)
    keys.press(Qt.Key.Key_Return, CTRL)
    assert keys.presses <= 10
    assert activity_lists.page(database).total == 2
    assert (last_of(database).who, last_of(database).place) == ("", "Médiathèque de Florac")


def test_a_duplicate_is_saved_with_four_presses(database: Database, opened: Opened) -> None:
    first = recorded(database, participants=(a_beneficiary(database),))
    keys = Keyboard()
    opened(activities.duplicate_of(database, first, TODAY))
    keys.press(Qt.Key.Key_Return, CTRL)
    assert keys.presses <= 4
    assert activity_lists.page(database).total == 2
    assert last_of(database).who == "Delmas Jeanne"
