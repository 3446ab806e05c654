"""The copy of the day, made unseen a moment after the notebook opens, and after midnight where it stays open."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import AppError
from app.paths import Paths
from app.ui.tasks import Task

if TYPE_CHECKING:
    from app.database import Database
    from app.services.backup_files import Backup

FIRST_MS, EVERY_MS = 20_000, 600_000
"""After the opening, and then how often the date is looked at: a sleeping computer misses midnight."""


class DailyBackup(QObject):
    """Makes one copy a day; a failure is said once, then tried again quietly."""

    made = Signal(object)
    """The Backup."""
    failed = Signal(object)
    """The AppError; a DamagedError where it is the notebook that is."""

    def __init__(self, database: "Database", paths: Paths, first_ms: int = FIRST_MS) -> None:
        super().__init__()
        self._database, self._paths = database, paths
        self._task: Task | None = None
        self.trouble = ""
        """Why the last try failed, empty if it did not."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self._timer.start(first_ms)

    def look(self) -> None:
        """Make the copy of the day if it is not there yet."""
        from app.services.backups import make_if_due

        database, paths = self._database, self._paths
        self._task = Task.watched(lambda progress: make_if_due(database, paths, progress))
        self._task.done.connect(self._done)
        self._task.failed.connect(self._failed)
        self._task.start()

    def stop(self) -> None:
        """Leave the notebook alone for good: it is about to be closed."""
        self._timer.stop()
        if self._task is not None:
            self._task.disconnect(self)  # nor is it told how the copy ends, which then would look again later
            self._task.cancel()

    def _done(self, backup: "Backup | None") -> None:
        self._timer.start(EVERY_MS)
        self.trouble = ""
        if backup is not None:
            self.made.emit(backup)

    def _failed(self, error: AppError) -> None:
        self._timer.start(EVERY_MS)
        is_news = str(error) != self.trouble
        self.trouble = str(error)
        if is_news:
            self.failed.emit(error)
