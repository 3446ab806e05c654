"""Notices that nobody touches the computer any more, so that names do not stay on an abandoned screen."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_GESTURES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleWatch(QObject):
    """Emits `idle` once after `minutes` without a key or a gesture, until the next gesture.

    The clock is that of the wall: the hours that a laptop sleeps count, and its first gesture afterwards is too late.
    It watches the windows of the system where gestures arrive, not the events of every object: those are thousands,
    of kinds unknown to PySide6, which makes the types of all it knows to search among them (20 ms, 4 MB).
    """

    idle = Signal()

    def __init__(
        self,
        application: QGuiApplication,
        minutes: float,
        clock: Callable[[], float] = time.time,
        every_ms: int = 5_000,
    ) -> None:
        super().__init__(application)
        self._clock, self._limit = clock, minutes * 60
        self._last = clock()
        self._has_told = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(every_ms)
        application.focusWindowChanged.connect(self._follow)
        self._follow(application.focusWindow())

    def set_minutes(self, minutes: float) -> None:
        """Wait for another time."""
        self._limit = minutes * 60

    def restart(self) -> None:
        """Count from now, for instance when the notebook has just opened."""
        self._last, self._has_told = self._clock(), False

    def look(self) -> None:
        """Tell it if nobody has made a gesture for long enough."""
        now = self._clock()
        self._last = min(self._last, now)  # a clock put back does not lengthen the wait
        if now - self._last >= self._limit and not self._has_told:
            self._has_told = True
            self.idle.emit()

    def _follow(self, window: QWindow | None) -> None:
        """Watch the window that has the keyboard now as well."""
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note each gesture; none is kept from its widget."""
        if event.type() in _GESTURES:
            self.look()
            self.restart()
        return False
