"""Joins the copies with the settings: carry one away, see what another holds, put it back."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from shiboken6 import isValid

from app.database import Database
from app.errors import AppError
from app.paths import Paths
from app.services import backup_contents, backup_files, backups, restoring
from app.services.backup_contents import Contents
from app.services.backup_files import Backup
from app.ui.backups.files import choose_copy
from app.ui.desk import Desk
from app.ui.file_choice import choose_stick
from app.ui.preferences.backups_section import BackupsSection
from app.ui.preferences.restore_page import RestorePage
from app.ui.preferences.view import PreferencesView
from app.ui.tasks import Task


class BackupsPresenter(QObject):
    """Follows the copy of the day, and answers the gestures of the section."""

    def __init__(self, desk: Desk, view: PreferencesView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view
        self._copying: Task | None = None
        self.section = BackupsSection()
        self.section.stick_asked.connect(self._choose_stick)
        self.section.stop_asked.connect(self._stop)
        self.section.file_asked.connect(self._choose_file)
        self.section.restore_asked.connect(self._look_into)
        if desk.daily is not None:
            desk.daily.made.connect(self.refresh)
            desk.daily.failed.connect(self.refresh)

    def refresh(self) -> None:
        """Show the copies as they are now."""
        trouble = self._desk.daily.trouble if self._desk.daily else ""
        self.section.show_copies(backup_files.list_in(self._desk.paths.backups), trouble, date.today())

    def copy_to(self, folder: Path) -> None:
        """Put a copy in a folder, away from the window."""
        desk = self._desk
        self.section.show_trouble("")
        self.section.show_copying(0)
        self._copying = Task.watched(lambda progress: backups.copy_to(desk.database, desk.paths, folder, progress))
        self._copying.progressed.connect(self.section.show_copying)
        self._copying.done.connect(self._copied)
        self._copying.failed.connect(self._not_copied)
        self._copying.cancelled.connect(self._end)
        self._copying.start()

    def _choose_stick(self) -> None:
        chosen = choose_stick(self._view)
        if chosen is not None and isValid(self):  # the program may lock while a folder is chosen
            self.copy_to(chosen)

    def _copied(self, copy: Backup) -> None:
        self._end()
        self._desk.said.emit(f"Copie faite et vérifiée\u00a0: {copy.path.name}", None)

    def _not_copied(self, error: AppError) -> None:
        self._end()
        self.section.show_trouble(str(error))

    def _stop(self) -> None:
        if self._copying is not None:
            self._copying.cancel()

    def _end(self) -> None:
        self._copying = None
        self.section.show_copying(None)

    def _choose_file(self) -> None:
        chosen = choose_copy(self._view)
        if chosen is not None and isValid(self):
            try:
                self._look_into(backup_files.at(chosen))
            except AppError as error:
                self.section.show_trouble(str(error))

    def _look_into(self, copy: Backup) -> None:
        """Show what a copy holds; nothing is written."""
        self.section.show_trouble("")
        self.section.set_reading(True)
        task = Task(lambda: (copy, backup_contents.compared(self._desk.database, self._desk.paths, copy.path)))
        task.done.connect(self._offer)
        task.failed.connect(self._not_read)
        task.start()

    def _offer(self, seen: tuple[Backup, Contents]) -> None:
        self.section.set_reading(False)
        copy, contents = seen
        page = RestorePage(copy, contents)
        page.cancelled.connect(lambda: self._view.close_page(page))
        page.accepted.connect(lambda: self._desk.replacement_asked.emit(partial(_restored, copy)))
        self._view.open_page(page)
        page.focus_first()

    def _not_read(self, error: AppError) -> None:
        self.section.set_reading(False)
        self.section.show_trouble(str(error))


def _restored(copy: Backup, paths: Paths, key: bytearray) -> Database:
    return restoring.restore(paths, key, copy)
