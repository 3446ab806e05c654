"""A list at the left and a panel at the right, which share the width."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.widgets.side_panel import SidePanel

PANEL, LEAST = 380, 400
"""The usual width of the panel; under this width beside it, the list gives way to it (pixels at 100 %)."""
_GAP = 16
_ANY = 16_777_215
"""Qt's largest width: none is asked for."""


class SideBySide(QWidget):
    """Put the list and what stands above it in `left`."""

    def __init__(
        self, panel: SidePanel, margin: int = 24, width: int = PANEL, least: int = LEAST, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._panel, self._width, self._least = panel, width, least
        self._side = QWidget()
        self.left = QVBoxLayout(self._side)
        self._margin = margin
        self.left.setContentsMargins(theme.px(margin), theme.px(12) if margin else 0, theme.px(margin), theme.px(12))
        self.left.setSpacing(theme.px(12))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side, 1)
        row.addWidget(panel)
        panel.opened.connect(self.make_room)
        theme.changed.connect(self._fit)

    def is_tight(self) -> bool:
        """Whether the list and the panel cannot be seen together."""
        return self.width() - self._shared() < theme.px(self._least)

    def make_room(self, is_open: bool) -> None:
        """The panel has its width, or the whole of it where the list would have too little."""
        is_alone = is_open and self.is_tight()
        if is_alone:
            self._side.hide()
        self._panel.setMinimumWidth(0 if is_alone else self._shared())
        self._panel.setMaximumWidth(_ANY if is_alone else self._shared())
        self._side.setHidden(is_alone)
        if not self._margin:  # inside a page that has margins of its own, the list keeps off the panel
            margins = self.left.contentsMargins()
            margins.setRight(theme.px(_GAP) if is_open else 0)
            self.left.setContentsMargins(margins)

    def _shared(self) -> int:
        return min(theme.px(self._width), self.width() // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.make_room(not self._panel.isHidden())


def focus(widget: QWidget) -> None:
    """Give the keyboard to a widget."""
    widget.setFocus(Qt.FocusReason.OtherFocusReason)
