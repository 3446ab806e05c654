"""Python's collector of cycles, kept to the screens' thread.

Python collects in whatever thread happens to make the object too many. An object of Qt that lies in a cycle would then
be unmade in a thread that is not its own, and the program falls.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1_000


class Collector(QObject):
    """Collects now and then, in the thread of its parent; Python itself does no more."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(collect_due)
        self._timer.start()


def collect_due() -> None:
    """Collect the oldest generation that Python would collect by now, and the younger ones with it."""
    ages = zip(gc.get_count(), gc.get_threshold(), strict=True)
    if due := [age for age, (made, most) in enumerate(ages) if 0 < most < made]:
        gc.collect(max(due))
