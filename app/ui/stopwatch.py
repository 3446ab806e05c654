"""The running timer of an accompaniment, which fills the duration of the next form."""

import time

from PySide6.QtCore import QObject, QTimer, Signal

STEP = 5
"""Minutes: a measured duration is brought to the nearest step, never below one."""


class Stopwatch(QObject):
    """Started when a person sits down, stopped by the form; `ticked` each second while it runs."""

    ticked = Signal(str)
    """The time elapsed, « 00:23:10 »."""
    running_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._started: float | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(lambda: self.ticked.emit(self.shown()))

    @property
    def is_running(self) -> bool:
        """Whether it was started and not stopped."""
        return self._started is not None

    def start(self, elapsed: float = 0) -> None:
        """Start from zero, or from seconds already elapsed."""
        self._started = time.monotonic() - elapsed
        self._timer.start()
        self.running_changed.emit(True)
        self.ticked.emit(self.shown())

    def stop(self) -> int:
        """Stop; answers the minutes to report, to the nearest step."""
        minutes = self.minutes()
        self._started = None
        self._timer.stop()
        self.running_changed.emit(False)
        return minutes

    def minutes(self) -> int:
        """The minutes to report now, to the nearest step, never below one step."""
        return max(STEP, round(self._elapsed() / 60 / STEP) * STEP)

    def shown(self) -> str:
        """« 00:23:10 »."""
        hours, rest = divmod(int(self._elapsed()), 3600)
        return f"{hours:02d}:{rest // 60:02d}:{rest % 60:02d}"

    def _elapsed(self) -> float:
        return 0 if self._started is None else time.monotonic() - self._started
