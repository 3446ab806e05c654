"""Taking over the notebook of a copy: what opens it, what it holds, then yes."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.errors import AppError
from app.paths import Paths
from app.services import access, adopting, backup_contents, backup_files
from app.services.backup_contents import Contents
from app.ui.backups import words
from app.ui.gate.contents_page import ContentsPage
from app.ui.gate.unlock_page import UnlockPage
from app.ui.tasks import Task

if TYPE_CHECKING:
    from app.database import Database

_ASK_PASSPHRASE = "Tapez la phrase de passe que ce carnet avait ce jour-là."
_ASK_RECOVERY = "Tapez le code de votre feuille de secours\u00a0; vous choisirez ensuite comment ouvrir le carnet."


class FromCopy(QObject):
    """Shows its pages in the gate; nothing is written before the advisor accepts what the copy holds."""

    adopted = Signal(object, object)
    """The open Database, and None, or whether this computer has a store where a new lock must be chosen."""
    left = Signal()

    def __init__(self, paths: Paths, pages: QStackedWidget, copy: Path) -> None:
        super().__init__(pages)
        self._paths, self._pages, self._path = paths, pages, copy
        self._key = bytearray()
        self._is_by_code = False
        self._unlock = UnlockPage(can_leave=True)
        self._unlock.passphrase_given.connect(self._try_passphrase)
        self._unlock.recovery_given.connect(self._try_recovery)
        self._unlock.left.connect(self.left)
        self._contents: ContentsPage | None = None
        pages.addWidget(self._unlock)

    def begin(self) -> None:
        """Ask for what opens the copy."""
        self._run(lambda: adopting.has_passphrase(self._paths, self._path), self._ask, self._not_a_copy)

    def close(self) -> None:
        """Take the pages away and forget what was typed."""
        self._unlock.forget()
        for page in (self._unlock, self._contents):
            if page is not None:
                self._pages.removeWidget(page)
                page.deleteLater()
        self.deleteLater()

    def _ask(self, has_passphrase: bool) -> None:
        title = f"{words.title(backup_files.at(self._path))}."
        if has_passphrase:
            self._unlock.ask_passphrase(f"{title} {_ASK_PASSPHRASE}")
        else:
            self._unlock.ask_recovery(f"{title} {_ASK_RECOVERY}")
        self._show(self._unlock)
        self._unlock.focus_first()

    def _not_a_copy(self, error: AppError) -> None:
        self._unlock.ask_recovery("")
        self._show(self._unlock)
        self._unlock.show_error(str(error))

    def _try_passphrase(self, typed: str) -> None:
        self._is_by_code = False
        self._look(lambda: adopting.key_by_passphrase(self._paths, self._path, typed))

    def _try_recovery(self, typed: str) -> None:
        self._is_by_code = True
        self._look(lambda: adopting.key_by_recovery(self._paths, self._path, typed))

    def _look(self, find_key: Callable[[], bytearray]) -> None:
        def call() -> tuple[bytearray, Contents]:
            key = find_key()
            return key, backup_contents.seen(self._paths, self._path, key)

        self._run(call, self._show_contents, self._refused)

    def _show_contents(self, found: tuple[bytearray, Contents]) -> None:
        self._key, contents = found
        self._unlock.set_busy(False)
        page = self._contents = ContentsPage(backup_files.at(self._path), contents)
        page.accepted.connect(self._adopt)
        page.left.connect(self.left)
        self._pages.addWidget(page)
        self._show(page)
        page.accept.setFocus()

    def _adopt(self) -> None:
        page = self._contents
        assert page is not None
        page.set_busy(True)

        def call() -> "tuple[Database, bool | None]":
            has_store = access.store_works() if self._is_by_code else None
            return adopting.adopt(self._paths, self._key, self._path), has_store

        task = Task(call)
        task.done.connect(lambda answer: self.adopted.emit(*answer))
        task.failed.connect(lambda error: page.show_error(str(error)))
        task.start()

    def _refused(self, error: AppError) -> None:
        self._unlock.set_busy(False)
        self._unlock.show_error(str(error))

    def _run(self, call: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[AppError], None]) -> None:
        self._unlock.set_busy(True)
        task = Task(call)
        task.done.connect(done)
        task.failed.connect(failed)
        task.start()

    def _show(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
