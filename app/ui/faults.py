"""Our own bugs: a report without names in the log folder, a dialog to copy it, and the program goes on."""

import platform
import sys
import threading
import traceback
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from app import __version__
from app.errors import AppError

KEPT = 20
"""Reports kept on the computer."""


def report_of(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Where it went wrong: the kind of error and the lines of our code, never a value, since a value may be a name."""
    lines = [f"Passerelle {__version__} · {platform.platform()} · Python {platform.python_version()}", kind.__name__]
    lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    return "\n".join(lines)


class Faults(QObject):
    """Catches what nobody caught, in any thread."""

    _happened = Signal(str)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._is_told = False
        self._happened.connect(self._tell)

    def watch(self) -> None:
        """Take the place of Python's own hooks."""
        sys.excepthook = self._caught
        threading.excepthook = lambda args: self._caught(args.exc_type, args.exc_value, args.exc_traceback)

    def _caught(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        report = report_of(kind, trace)
        self._keep(report)
        self._happened.emit(str(error) if isinstance(error, AppError) else report)

    def _keep(self, report: str) -> None:
        """Write the report down; where the disk takes nothing any more, it is still told."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / f"{datetime.now():%Y-%m-%d-%H%M%S-%f}.txt").write_text(report, encoding="utf-8")
            for old in sorted(self._folder.glob("*.txt"))[:-KEPT]:
                old.unlink()

    def _tell(self, report: str) -> None:
        print(report, file=sys.stderr)
        if self._is_told or QApplication.platformName() == "offscreen":
            return
        self._is_told = True
        box = QMessageBox(QMessageBox.Icon.Warning, "Passerelle", "Quelque chose ne s’est pas passé comme prévu.")
        box.setInformativeText("Ce qui était enregistré est gardé. Vous pouvez continuer, et envoyer le rapport.")
        copy = box.addButton("Copier le rapport", QMessageBox.ButtonRole.ActionRole)
        box.addButton("Continuer", QMessageBox.ButtonRole.AcceptRole)
        box.exec()
        if box.clickedButton() is copy:
            QApplication.clipboard().setText(report)
        self._is_told = False
