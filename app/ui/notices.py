"""The quiet line at the bottom of the workspace, and what its « Annuler » does."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.ui.widgets.toast import UNDO_MS, Toast

Undo = Callable[[], object]


@dataclass(frozen=True, slots=True)
class _Offer:
    """What can be taken back, until when (seconds of the clock that never goes back)."""

    text: str
    undo: Undo
    until: float


class Notices(QObject):
    """Says one thing at a time over a widget; of several done in a row, each can be taken back, the latest first."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._toast = Toast(over)
        self._offers: list[_Offer] = []
        self._toast.undone.connect(self._undone)

    def say(self, text: str, undo: Undo | None = None) -> None:
        """Show a line; with `undo`, offer to take it back for ten seconds."""
        if undo is None:
            self._offers.clear()
        else:
            now = time.monotonic()
            self._offers = [one for one in self._offers if one.until > now]
            self._offers.append(_Offer(text, undo, now + UNDO_MS / 1000))
        self._toast.show_message(text, can_undo=undo is not None)

    @property
    def shown(self) -> str:
        """The line on screen now, empty if there is none."""
        return self._toast.text() if self._toast.isVisible() else ""

    def undo(self) -> None:
        """Take back what the line says, if it still offers to."""
        self._toast.undo()

    def _undone(self) -> None:
        """Take it back, then offer what was done just before it, unless there is something to say of it."""
        if self._offers:
            self._offers.pop().undo()
        if self._offers and not self._toast.isVisible():
            before = self._offers.pop()
            if before.until > time.monotonic():
                self.say(before.text, before.undo)
