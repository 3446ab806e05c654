"""A list at the left and a panel at the right, which share the width."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.cases.panel import WIDTH

_LEAST = 300
"""Under this width beside the panel, the list gives way to it (pixels at 100 %)."""


class SideBySide(QWidget):
    """Put the list and what stands above it in `left`."""

    def __init__(self, panel: QFrame, margin: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self._side = QWidget()
        self.left = QVBoxLayout(self._side)
        side = theme.px(margin)
        self.left.setContentsMargins(side, theme.px(8), side, theme.px(12))
        self.left.setSpacing(theme.px(12))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side, 1)
        row.addWidget(panel)
        theme.changed.connect(lambda: self.make_room(not panel.isHidden()))

    def make_room(self, is_open: bool) -> None:
        """The panel has its width, or the whole of it where the list would have too little."""
        width = min(theme.px(WIDTH), self.width() // 2)
        is_alone = is_open and self.width() - width < theme.px(_LEAST)
        self._side.setHidden(is_alone)
        self._panel.setFixedWidth(self.width() if is_alone else width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.make_room(not self._panel.isHidden())


def focus(widget: QWidget) -> None:
    """Give the keyboard to a widget."""
    widget.setFocus(Qt.FocusReason.OtherFocusReason)
