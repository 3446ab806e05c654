"""Joins the dialog of an export with the notebook: says what it would hold, then writes it away from the window."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.errors import AppError
from app.services.commands import ActivityFilter
from app.services.exports import exporting
from app.services.exports.concerned import concerned
from app.services.exports.requests import ExportKind, ExportRequest, default_name
from app.services.filter_words import filter_in_words
from app.ui.desk import Desk
from app.ui.exchange import export_words
from app.ui.exchange.export_dialog import ExportDialog
from app.ui.file_choice import choose_target
from app.ui.tasks import Task

_STOPPED = "Export arrêté\u00a0: aucun fichier n’a été écrit."


class ExportPresenter(QObject):
    """One dialog, from its opening to its end."""

    def __init__(
        self,
        desk: Desk,
        what: ExportKind,
        filter_: ActivityFilter,
        window: QWidget,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        dialog = ExportDialog(what, filter_, now().date(), window)
        super().__init__(dialog)
        self.dialog, self._desk, self._now = dialog, desk, now
        self._task: Task | None = None
        self._written: Path | None = None
        dialog.changed.connect(self._show_concerned)
        dialog.export_asked.connect(self._choose)
        dialog.stop_asked.connect(self._stop)
        dialog.folder_asked.connect(self._open_folder)
        dialog.lock_asked.connect(desk.lock_asked)
        self._show_concerned()

    def open(self) -> "ExportPresenter":
        """Show the dialog."""
        self.dialog.open()
        return self

    def write(self, path: Path) -> None:
        """Write the file."""
        dialog, database = self.dialog, self._desk.database
        request = ExportRequest(dialog.kind(), dialog.file_format(), dialog.filter(), path, self._now())
        dialog.show_working(path.name)
        task = self._task = Task.watched(lambda progress: (path, exporting.export(database, request, progress)))
        task.progressed.connect(dialog.work.show_progress)
        task.done.connect(self._done)
        task.failed.connect(self._failed)
        task.cancelled.connect(self._cancelled)
        task.start()

    def _show_concerned(self) -> None:
        self._desk.attempt(self._count)

    def _count(self) -> None:
        dialog, database = self.dialog, self._desk.database
        number = concerned(database, dialog.kind(), dialog.filter())
        said = filter_in_words(database, dialog.filter(), self._now().date(), with_names=True)
        dialog.show_concerned(export_words.concerned(dialog.kind(), number), said)

    def _choose(self) -> None:
        dialog = self.dialog
        format_ = dialog.file_format()
        name = default_name(dialog.kind(), format_, self._now().date())
        path = choose_target(dialog, "Exporter", name, export_words.FILES[format_])
        if path is not None and isValid(self):
            self.write(path)

    def _done(self, answer: tuple[Path, int]) -> None:
        self._written, rows = answer
        self.dialog.show_done(export_words.done(self._written.name, rows))

    def _failed(self, error: AppError) -> None:
        self.dialog.show_not_done(str(error))

    def _cancelled(self) -> None:
        self.dialog.show_not_done(_STOPPED)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _open_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))
