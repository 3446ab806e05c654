"""What scrolls where the window is too low for it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.ui import theme


def scrolled(*rows: QWidget) -> QScrollArea:
    """Rows one under the other."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, theme.px(8), 0)
    column.setSpacing(theme.px(12))
    for row in rows:
        column.addWidget(row)
    column.addStretch(1)
    return scrolling(page)


def scrolling(page: QWidget) -> QScrollArea:
    """A page, never cut."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidget(page)
    return made
