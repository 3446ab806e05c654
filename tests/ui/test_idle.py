"""The program notices that nobody is there any more."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.idle import IdleWatch


class Clock:
    """Time passes when the test says so."""

    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(qapp: QApplication, clock: Clock) -> Iterator[IdleWatch]:
    made = IdleWatch(qapp, minutes=10, clock=clock, every_ms=5)
    yield made
    made.deleteLater()


def test_ten_quiet_minutes_are_told_once(qtbot: QtBot, watch: IdleWatch, clock: Clock) -> None:
    told: list[bool] = []
    watch.idle.connect(lambda: told.append(True))
    clock.now += 9 * 60 + 59
    QTest.qWait(20)
    assert told == []
    clock.now += 1
    qtbot.waitUntil(lambda: told == [True])
    clock.now += 3600
    QTest.qWait(20)
    assert told == [True]


def test_a_key_counts_as_presence(qtbot: QtBot, qapp: QApplication, watch: IdleWatch, clock: Clock) -> None:
    field = _shown(qtbot, qapp)
    clock.now += 9 * 60
    QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
    clock.now += 9 * 60
    with qtbot.assertNotEmitted(watch.idle, wait=20):
        pass
    assert field.text() == "a"


def test_the_first_gesture_after_a_long_sleep_comes_too_late(qtbot: QtBot, qapp: QApplication, clock: Clock) -> None:
    watch = IdleWatch(qapp, minutes=10, clock=clock, every_ms=60_000)
    field = _shown(qtbot, qapp)
    clock.now += 8 * 3600
    with qtbot.waitSignal(watch.idle):
        QTest.mouseClick(field.windowHandle(), Qt.MouseButton.LeftButton)
    watch.deleteLater()


def test_the_time_to_wait_can_be_changed(qtbot: QtBot, watch: IdleWatch, clock: Clock) -> None:
    watch.set_minutes(1)
    clock.now += 61
    with qtbot.waitSignal(watch.idle):
        pass


def _shown(qtbot: QtBot, qapp: QApplication) -> QLineEdit:
    """A field in a window that has the keyboard."""
    made = QLineEdit()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: qapp.focusWindow() is made.windowHandle())
    return made
