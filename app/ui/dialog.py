"""The frame of a dialog: its size, the lock, the way of Tab."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.reading_order import move_focus


def lasting_window(widget: QWidget) -> QWidget:
    """The window of the program: it outlives its screens, should the notebook lock while a file is chosen."""
    window = widget.window()
    while (owner := window.parentWidget()) is not None:
        window = owner.window()
    return window


class Dialog(QDialog):
    """Over one screen, with which it goes; Escape closes it."""

    lock_asked = Signal()
    """Ctrl+L: the shortcut of the window does not reach through a dialog."""

    def __init__(self, title: str, size: tuple[int, int], parent: QWidget) -> None:
        """`size` is in pixels at 100 %, less where the screen is smaller."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.fit(*size)
        self.on("Ctrl+L", self.lock_asked.emit)

    def on(self, keys: str, call: Callable[[], object]) -> None:
        """Make a call when these keys are pressed."""
        QShortcut(QKeySequence(keys), self, call)

    def on_enter(self, call: Callable[[], object]) -> None:
        """Make a call when Ctrl+Enter is pressed, on either side of the keyboard."""
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            self.on(keys, call)

    def fit(self, width: int, height: int) -> None:
        """Take this size, in pixels at 100 %, as far as the screen has room."""
        room = self.screen().availableSize()
        self.resize(min(theme.px(width), room.width()), min(theme.px(height), room.height()))

    def column(self, side: int = 24, top: int = 24, gap: int = 12) -> QVBoxLayout:
        """The layout of the whole, with its margins (pixels at 100 %)."""
        made = QVBoxLayout(self)
        made.setContentsMargins(theme.px(side), theme.px(top), theme.px(side), theme.px(16))
        made.setSpacing(theme.px(gap))
        return made

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab follows the eye."""
        return move_focus(self, forward)
