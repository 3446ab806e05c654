"""Cycles are collected in the screens' thread, whichever thread makes the object too many."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.ui.rubbish import Collector


class InACycle(QObject):
    """Held by itself alone once it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self


def test_what_qt_made_here_is_unmade_here(qtbot: QtBot) -> None:
    gc.enable()
    window = QObject()
    collector = Collector(window)
    unmade: list[int] = []
    made = InACycle()
    weakref.finalize(made, lambda: unmade.append(threading.get_ident()))
    del made
    kept: list[list[int]] = []
    busy = threading.Thread(target=lambda: kept.extend([] for _ in range(100_000)))
    busy.start()
    busy.join()
    assert unmade == []
    qtbot.waitUntil(lambda: bool(unmade))
    assert unmade == [threading.get_ident()]
    assert collector.parent() is window
