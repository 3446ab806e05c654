"""The panel at the right of a list: what it is about, what can be done with it, and the rest, which scrolls."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from app.ui import icons, theme

_SIDE = 16
"""Pixels at 100 %."""


class SidePanel(QFrame):
    """Closed until something is chosen."""

    opened = Signal(bool)
    """Room is to be made for it, or given back."""
    closed = Signal()
    """The advisor closed it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "sidepanel")

    def close_panel(self) -> None:
        """Close, until something else is chosen."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def setVisible(self, visible: bool) -> None:
        """Room is made before it comes, and given back once it is gone: the window never has to grow meanwhile."""
        if visible:
            self.opened.emit(True)
        super().setVisible(visible)
        if not visible:
            self.opened.emit(False)

    def head(self, title: QWidget | QLayout) -> QHBoxLayout:
        """What it is about, and the cross at its right."""
        cross = QToolButton(self)
        cross.setAccessibleName("Fermer le détail")
        cross.setToolTip("Fermer le détail (Échap)")
        icons.set_icon(cross, "x", "muted")
        cross.clicked.connect(self.close_panel)
        made = QHBoxLayout()
        if isinstance(title, QWidget):
            made.addWidget(title, 1)
        else:
            made.addLayout(title, 1)
        made.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def lay_out(self, title: QWidget | QLayout, actions: QLayout, body: QWidget | None = None) -> QScrollArea:
        """Put the actions under the title, and let the rest scroll under both."""
        scroll = _Scroll(self)
        if body is not None:
            scroll.setWidget(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(_SIDE), theme.px(12), 0, 0)
        column.setSpacing(theme.px(10))
        for part in (self.head(title), actions):
            part.setContentsMargins(0, 0, theme.px(_SIDE), 0)
            column.addLayout(part)
        column.addWidget(scroll, 1)
        return scroll


class _Scroll(QScrollArea):
    """What scrolls in a panel: as wide as what stays above it, with its bar or without."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().rangeChanged.connect(self._follow)
        self._follow(0, 0)

    def _follow(self, lowest: int, highest: int) -> None:
        bar = self.verticalScrollBar().sizeHint().width() if highest > lowest else 0
        self.setViewportMargins(0, 0, max(0, theme.px(_SIDE) - bar), 0)
