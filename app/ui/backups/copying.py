"""A copy under way: it says how far it is and how it ends, and may be stopped."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.services.backups import Watch
from app.ui.tasks import Task


class Copying(QObject):
    """One copy in a thread of the pool; it lives until its end, whatever becomes of those who wanted it."""

    progressed = Signal(int)
    """Hundredths."""
    done = Signal(object)
    """What the call answered."""
    failed = Signal(object)
    """The AppError that it raised."""

    def __init__(self, call: Callable[[Watch], object]) -> None:
        super().__init__()
        self._watch = Watch(self.progressed.emit)
        self._task = Task(lambda: call(self._watch))
        self._task.done.connect(self.done)
        self._task.failed.connect(self.failed)

    def start(self) -> "Copying":
        """Start as soon as a thread is free."""
        self._task.start()
        return self

    def stop(self) -> None:
        """Want no copy any more: nothing of it is kept, and nothing more is said."""
        self._watch.is_stopped = True
        self._task.cancel()
