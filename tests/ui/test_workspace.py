"""The screens of the open notebook, and what answers for them."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.ui.desk import Desk
from app.ui.workspace import SCREENS, Presenter, Workspace

KEYS = [one.key for one in SCREENS]


def _delete(one: QObject) -> None:
    one.deleteLater()
    QCoreApplication.sendPostedEvents(one, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("key", [*KEYS, "form"])
def test_who_answers_for_a_screen_goes_away_with_it(desk: Desk, qtbot: QtBot, key: str) -> None:
    """A commit heard after it would read and show on a screen that is no more."""
    window = Workspace(desk)
    asked: Presenter = window.recording if key == "form" else window.presenter(key)
    _delete(window)
    assert not isValid(asked.view)
    assert not isValid(asked)


def test_what_is_saved_once_the_screens_are_gone_troubles_nobody(desk: Desk, qtbot: QtBot) -> None:
    window = Workspace(desk)
    for key in KEYS:
        window.go_to(key)
    window.people.show_duplicates()
    desk.bus.committed.emit(frozenset({"activity", "beneficiary", "case"}))
    _delete(window)
    desk.bus.committed.emit(frozenset({"activity", "beneficiary", "case"}))
    with qtbot.captureExceptions() as raised:
        qtbot.wait(150)
    assert not raised
