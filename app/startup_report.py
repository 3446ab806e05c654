"""How long the program took to be on screen, then whole, and its memory: one JSON line, for `bench startup`."""

import importlib
import json
import os
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.ui.gate.presenter import Gate
from app.ui.main_window import MainWindow


def report(painted_at: int, window: MainWindow, gate: Gate) -> None:
    """Say the figures once the first screen is shown, then end the program; times are nanoseconds since any moment."""

    def loaded() -> None:
        """The first screen is filled and painted; so is imported what the first exchange with the server will need."""
        window.repaint()
        importlib.import_module("requests")
        figures = {"first_paint_ms": _since(painted_at), "loaded_ms": _since(time.monotonic_ns())}
        print(json.dumps(figures | {"rss_mb": _resident_mb()}), flush=True)
        QApplication.quit()

    gate.opened.connect(lambda _database: QTimer.singleShot(0, loaded))


def _since(moment: int) -> float:
    """Milliseconds from just before the program was started to a moment."""
    return (moment - int(os.environ["PASSERELLE_T0"])) / 1e6


def _resident_mb() -> float:
    import psutil

    return float(psutil.Process().memory_info().rss) / 2**20
