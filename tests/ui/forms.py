"""Driving the recording form as an advisor does: keys to whatever has the keyboard, each one counted."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.chip import Chip
from app.ui.widgets.field_row import FieldRow

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


class Keyboard:
    """Presses keys where the focus is; a modifier counts as a press, the letters of a name do not."""

    def __init__(self) -> None:
        self.presses = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(focused(), key, modifiers)
            QApplication.processEvents()
            self.presses += 1 + bin(modifiers.value).count("1")

    def letters(self, text: str) -> None:
        """Letters of a name searched: typed, not counted."""
        QTest.keyClicks(focused(), text)
        QApplication.processEvents()


def focused() -> QWidget:
    """What has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the keyboard"
    return widget


def in_front(qtbot: QtBot, view: QWidget) -> None:
    """Show a window, or a screen alone, and wait until it has the keyboard."""
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)


def field(page: QWidget, name: str) -> QLineEdit:
    """The line to type in that has this accessible name."""
    return next(one for one in page.findChildren(QLineEdit) if one.accessibleName() == name)


def chip(page: QWidget, text: str) -> Chip:
    """The chip that shows this text, where the page shows one."""
    return next(one for one in page.findChildren(Chip) if one.text() == text and not one.isHidden())


def button(page: QWidget, name: str) -> QAbstractButton:
    """The button that has this accessible name or text."""
    found = page.findChildren(QAbstractButton)
    return next(one for one in found if name in (one.accessibleName(), one.text()) and not one.isHidden())


def errors(page: QWidget) -> list[str]:
    """What is said beside the fields of a page, from top to bottom."""
    rows = [row for row in page.findChildren(FieldRow) if row.error() and row.isVisible()]
    return [row.error() for row in sorted(rows, key=lambda row: row.mapTo(page, QPoint()).y())]
