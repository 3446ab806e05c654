"""Feels how long the thread of the screens is away from its events: the time that a person waits."""

import time
from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

_QUEUE = Path("/proc/thread-self/schedstat")
"""On Linux, its second number is how long this thread has waited for a processor, in nanoseconds."""


class Pulse(QObject):
    """A timer of zero milliseconds: between two beats, something else had the thread."""

    def __init__(self) -> None:
        super().__init__()
        self.felt: dict[str, list[float]] = defaultdict(list)
        """The longest time between two beats, in milliseconds, each time that a gesture was made.

        The time that the computer gave to other programs is not counted.
        """
        self._last = _now()
        self._longest = 0.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)

    @contextmanager
    def during(self, gesture: str) -> Generator[None]:
        """Feel it while a gesture is made and answered."""
        self._last, self._longest = _now(), 0.0
        self._timer.start(0)
        yield
        self._beat()
        self._timer.stop()
        self.felt[gesture].append(self._longest)

    def ever_over(self, milliseconds: float) -> dict[str, float]:
        """The gestures that once had to wait for longer than that."""
        return {gesture: max(felt) for gesture, felt in self.felt.items() if max(felt) > milliseconds}

    def always_over(self, milliseconds: float) -> dict[str, float]:
        """The gestures that had to wait for longer than that each time that they were made."""
        return {gesture: min(felt) for gesture, felt in self.felt.items() if min(felt) > milliseconds}

    def _beat(self) -> None:
        now = _now()
        self._longest, self._last = max(self._longest, (now - self._last) * 1000), now


def wait_within(qtbot: QtBot, milliseconds: float, is_so: Callable[[], bool]) -> None:
    """Wait until something is so, and see that it came in time; the time given to other programs is not counted."""
    begun = _now()
    qtbot.waitUntil(is_so, timeout=20_000)
    waited = (_now() - begun) * 1000
    assert waited <= milliseconds, f"it came after {waited:.0f} ms"


def _now() -> float:
    waited = int(_QUEUE.read_text().split()[1]) / 1e9 if _QUEUE.exists() else 0.0
    return time.monotonic() - waited
