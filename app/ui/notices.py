"""The quiet line at the bottom of the workspace, and what it offers: « Annuler », or what may come next."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.ui.widgets.toast import Toast

Call = Callable[[], object]
UNDO, NEXT_KEYS = "Annuler", "Alt+S"


class Notices(QObject):
    """Says one thing at a time over a widget."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._toast = Toast(over)
        self._call: Call | None = None
        self._is_undo = False
        self._toast.acted.connect(self._acted)

    def say(self, text: str, undo: Call | None = None) -> None:
        """Show a line; with `undo`, offer to take it back for ten seconds."""
        self._call, self._is_undo = undo, True
        self._toast.show_message(text, offer=UNDO if undo else "")

    def offer(self, text: str, words: str, call: Call) -> None:
        """Show a line, and offer what may come next for ten seconds."""
        self._call, self._is_undo = call, False
        self._toast.show_message(text, offer=words, keys=NEXT_KEYS)

    @property
    def shown(self) -> str:
        """The line on screen now, empty if there is none."""
        return self._toast.text() if self._toast.isVisible() else ""

    def undo(self) -> None:
        """Take back what the line says, if it still offers to."""
        if self._is_undo:
            self._toast.act()

    def go_on(self) -> None:
        """Do what the line offers to do next, if it still does."""
        if not self._is_undo:
            self._toast.act()

    def _acted(self) -> None:
        call, self._call = self._call, None
        if call is not None:
            call()
