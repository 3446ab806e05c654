"""A list at the left and a panel at the right, which share the width."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.ui import icons, theme

WIDTH = 380
"""Of the panel (pixels at 100 %)."""
_ANY = 16_777_215
"""Qt's largest width: none is asked for."""
_LEAST = 400
"""Under this width beside the panel, the list gives way to it (pixels at 100 %)."""


class SideBySide(QWidget):
    """Put the list and what stands above it in `left`."""

    def __init__(self, panel: QFrame, margin: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self._side = QWidget()
        self.left = QVBoxLayout(self._side)
        side = theme.px(margin)
        self.left.setContentsMargins(side, theme.px(12) if margin else 0, side, theme.px(12))
        self.left.setSpacing(theme.px(12))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side, 1)
        row.addWidget(panel)
        theme.changed.connect(self._fit)

    def make_room(self, is_open: bool) -> None:
        """The panel has its width, or the whole of it where the list would have too little."""
        width = min(theme.px(WIDTH), self.width() // 2)
        is_alone = is_open and self.width() - width < theme.px(_LEAST)
        self._side.setHidden(is_alone)
        self._panel.setMinimumWidth(0 if is_alone else width)
        self._panel.setMaximumWidth(_ANY if is_alone else width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.make_room(not self._panel.isHidden())


def close_button(panel: QWidget, call: Callable[[], object]) -> QToolButton:
    """The cross at the top of a panel."""
    made = QToolButton(panel)
    made.setAccessibleName("Fermer le détail")
    made.setToolTip("Fermer le détail (Échap)")
    icons.set_icon(made, "x", "muted")
    made.clicked.connect(lambda: call())
    return made


def focus(widget: QWidget) -> None:
    """Give the keyboard to a widget."""
    widget.setFocus(Qt.FocusReason.OtherFocusReason)
