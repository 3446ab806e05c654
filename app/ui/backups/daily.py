"""What is looked after unseen: a moment after the notebook opens, after midnight, and when somebody was erased."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import AppError
from app.paths import Paths
from app.ui.tasks import Task

if TYPE_CHECKING:
    from app.database import Database
    from app.services.privacy.upkeep import Upkeep

FIRST_MS, EVERY_MS = 20_000, 600_000
"""After the opening, and then how often the date is looked at: a sleeping computer misses midnight."""


class DailyBackup(QObject):
    """Makes one copy a day, and what else is due; a failure is said once, then tried again quietly."""

    made = Signal(object)
    """The Backup."""
    looked_after = Signal(object)
    """An Upkeep: what was done."""
    failed = Signal(object)
    """The AppError; a DamagedError where it is the notebook that is."""

    def __init__(self, database: "Database", paths: Paths, first_ms: int = FIRST_MS) -> None:
        super().__init__()
        self._database, self._paths = database, paths
        self._task: Task | None = None
        self._is_asked_again = False
        self.trouble = ""
        """Why the last try failed, empty if it did not."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self._timer.start(first_ms)

    def look(self) -> None:
        """Do what is due; what becomes due meanwhile is done next."""
        from app.services.privacy.upkeep import look_after

        self._is_asked_again = self._task is not None
        if self._task is not None:
            return
        database, paths = self._database, self._paths
        self._task = Task.watched(lambda progress: look_after(database, paths, progress))
        self._task.done.connect(self._done)
        self._task.failed.connect(self._failed)
        self._task.start()

    def stop(self) -> None:
        """Leave the notebook alone for good: it is about to be closed."""
        self._timer.stop()
        if self._task is not None:
            self._task.disconnect(self)  # nor is it told how the copy ends, which then would look again later
            self._task.cancel()

    def _done(self, done: "Upkeep") -> None:
        self._rest()
        self.trouble = ""
        if done.copy is not None:
            self.made.emit(done.copy)
        self.looked_after.emit(done)

    def _failed(self, error: AppError) -> None:
        self._rest()
        is_news = str(error) != self.trouble
        self.trouble = str(error)
        if is_news:
            self.failed.emit(error)

    def _rest(self) -> None:
        self._task = None
        self._timer.start(0 if self._is_asked_again else EVERY_MS)
        self._is_asked_again = False
