"""The quiet line at the bottom of the workspace, and what its « Annuler » does."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.ui.widgets.toast import Toast

Undo = Callable[[], object]


class Notices(QObject):
    """Says one thing at a time over a widget."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._toast = Toast(over)
        self._undo: Undo | None = None
        self._toast.undone.connect(self._undone)

    def say(self, text: str, undo: Undo | None = None) -> None:
        """Show a line; with `undo`, offer to take it back for ten seconds."""
        self._undo = undo
        self._toast.show_message(text, can_undo=undo is not None)

    @property
    def shown(self) -> str:
        """The line on screen now, empty if there is none."""
        return self._toast.text() if self._toast.isVisible() else ""

    def undo(self) -> None:
        """Take back what the line says, if it still offers to."""
        self._toast.undo()

    def _undone(self) -> None:
        if self._undo is not None:
            self._undo()
            self._undo = None
