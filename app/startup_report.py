"""How long the program took to be on screen, then whole, and its memory: one JSON line, for `bench startup`."""

import importlib
import json
import os
import time

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.ui.gate.presenter import Gate
from app.ui.main_window import MainWindow


class StartupReport(QObject):
    """Watches one start, says its figures, and ends the program."""

    def __init__(self, window: MainWindow, gate: Gate) -> None:
        super().__init__(window)
        self._window, self._gate = window, gate
        self._figures: dict[str, float] = {}

    def start(self) -> None:
        """Begin before the window is shown."""
        self._window.painted.connect(lambda: self._note("first_paint_ms"))
        self._gate.opened.connect(lambda _database: QTimer.singleShot(0, self._loaded))

    def _loaded(self) -> None:
        """The first screen is filled and painted; so is what the first exchange will import."""
        self._window.repaint()
        importlib.import_module("requests")
        self._note("loaded_ms")
        self._figures["rss_mb"] = _resident_mb()
        print(json.dumps(self._figures), flush=True)
        QApplication.quit()

    def _note(self, name: str) -> None:
        self._figures[name] = (time.monotonic_ns() - int(os.environ["PASSERELLE_T0"])) / 1e6


def _resident_mb() -> float:
    import psutil

    return float(psutil.Process().memory_info().rss) / 2**20
