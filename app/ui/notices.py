"""The quiet line at the bottom of the workspace, and what it offers: « Annuler », or what may come next."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.ui.widgets.toast import OFFER_MS, Toast

Call = Callable[[], object]
UNDO, NEXT_KEYS = "Annuler", "Alt+S"


@dataclass(frozen=True, slots=True)
class _Done:
    """What can be taken back, until when (seconds of the clock that never goes back)."""

    text: str
    undo: Call
    until: float


class Notices(QObject):
    """Says one thing at a time over a widget; of several done in a row, each can be taken back, the latest first."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._toast = Toast(over)
        self._done: list[_Done] = []
        self._next: Call | None = None
        self._toast.acted.connect(self._acted)

    def say(self, text: str, undo: Call | None = None) -> None:
        """Show a line; with `undo`, offer to take it back for ten seconds."""
        self._next = None
        if undo is None:
            self._done.clear()
        else:
            now = time.monotonic()
            self._done = [one for one in self._done if one.until > now]
            self._done.append(_Done(text, undo, now + OFFER_MS / 1000))
        self._toast.show_message(text, offer=UNDO if undo else "")

    def offer(self, text: str, words: str, call: Call) -> None:
        """Show a line, and offer what may come next for ten seconds."""
        self._done.clear()
        self._next = call
        self._toast.show_message(text, offer=words, keys=NEXT_KEYS)

    @property
    def shown(self) -> str:
        """The line on screen now, empty if there is none."""
        return self._toast.text() if self._toast.isVisible() else ""

    def undo(self) -> None:
        """Take back what the line says, if it still offers to."""
        if self._next is None:
            self._toast.act()

    def go_on(self) -> None:
        """Do what the line offers to do next, if it still does."""
        if self._next is not None:
            self._toast.act()

    def _acted(self) -> None:
        """Go on, or take back, then offer what was done just before it, unless there is something to say of it."""
        if self._next is not None:
            self._next()
            return
        if self._done:
            self._done.pop().undo()
        if self._done and not self._toast.isVisible():
            before = self._done.pop()
            if before.until > time.monotonic():
                self.say(before.text, before.undo)
