"""Composes a document away from the screens: for its preview, its file, its print."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from app.errors import AppError, KnownError
from app.ui.paper.document import Document
from app.ui.paper.pdf import save_pdf
from app.ui.paper.pictures import pictures
from app.ui.paper.preview import Preview
from app.ui.tasks import Task


class Front(Protocol):
    """The dialog, or the part of a screen, that shows a document and asks for what takes time; a widget."""

    preview: Preview

    @property
    def save_asked(self) -> SignalInstance:
        """The Path chosen."""

    @property
    def print_asked(self) -> SignalInstance:
        """A printer is wanted."""

    def show_busy(self, is_busy: bool) -> None:
        """While a file is written, neither button answers."""

    def show_saved(self, path: Path) -> None:
        """Say that the file is there."""

    def show_fault(self, sentence: str) -> None:
        """Say what could not be done."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A document, and what in it looks like the name of somebody of the notebook."""

    document: Document
    names: tuple[str, ...] = ()


_PAUSE_MS = 100
"""A window that is being made larger is drawn once."""
Compose = Callable[[], Composed]


class Pages(QObject):
    """Keeps a preview showing a document as it is now.

    `compose` is asked for in the screens' thread, and called in another.
    """

    composed = Signal(object)
    """The Composed that the preview now shows."""
    refused = Signal(object)
    """An AppError: there is nothing to show."""

    def __init__(self, preview: Preview, compose: Callable[[], Compose], parent: QObject) -> None:
        super().__init__(parent)
        self._preview, self._compose = preview, compose
        self._is_drawing = self._is_stale = False
        self._widening = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._widening.timeout.connect(self.refresh)
        preview.widened.connect(self._widening.start)

    @property
    def is_at_rest(self) -> bool:
        """The preview shows the document as it is now."""
        return not self._is_drawing and not self._widening.isActive()

    def refresh(self) -> None:
        """Draw the preview again; what is asked meanwhile is drawn once."""
        self._is_stale = self._is_drawing
        if self._is_drawing:
            return
        self._is_drawing = True
        compose, scale = self._compose(), self._preview.scale
        self._start(lambda: _drawn(compose, scale), self._show, self._refused)

    def _start(self, call: Callable[[], object], done: Callable[..., None], failed: Callable[..., None]) -> None:
        task = Task(call)
        task.done.connect(done)
        task.failed.connect(failed)
        task.start()

    def _show(self, drawn: tuple[Composed, tuple[QImage, ...]]) -> None:
        composed, pages = drawn
        self._preview.show_pages(pages)
        self.composed.emit(composed)
        self._ended()

    def _refused(self, error: AppError) -> None:
        self.refused.emit(error)
        self._ended()

    def _ended(self) -> None:
        self._is_drawing = False
        if self._is_stale:
            self.refresh()


class Paperwork(Pages):
    """Joins a dialog, or a part of a screen, with its document: the preview, the file, the print."""

    def __init__(self, dialog: Front, compose: Callable[[], Compose]) -> None:
        self._window = cast(QWidget, dialog)
        super().__init__(dialog.preview, compose, self._window)
        self._dialog = dialog
        dialog.save_asked.connect(self.save)
        dialog.print_asked.connect(self.print)

    def save(self, path: Path) -> None:
        """Write the document as it is now."""
        compose = self._compose()
        self._dialog.show_busy(True)

        def write() -> Path:
            save_pdf(compose().document, path)
            return path

        self._start(write, self._saved, self._failed)

    def print(self) -> None:
        """Compose the document as it is now, then ask for a printer."""
        self._dialog.show_busy(True)
        self._start(self._compose(), self._print, self._failed)

    def _saved(self, path: Path) -> None:
        self._dialog.show_busy(False)
        self._dialog.show_saved(path)

    def _failed(self, error: AppError) -> None:
        self._dialog.show_busy(False)
        self._dialog.show_fault(str(error))

    def _print(self, composed: Composed) -> None:
        from app.ui.paper.printing import print_document

        self._dialog.show_busy(False)
        try:
            print_document(composed.document, self._window)
        except KnownError as error:
            self._dialog.show_fault(str(error))


def _drawn(compose: Compose, scale: float) -> tuple[Composed, tuple[QImage, ...]]:
    composed = compose()
    return composed, pictures(composed.document, scale)
