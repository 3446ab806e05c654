"""A field that is never wider than it is useful, at the left of its row."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui import theme

FIELD_WIDTH = 380
"""Of a type-ahead field (pixels at 100 %)."""


def bounded(field: QWidget, width: int = FIELD_WIDTH) -> QWidget:
    """The field in a row of its own, no wider than this (pixels at 100 %); the row lends it its focus."""
    field.setMaximumWidth(theme.px(width))
    made = QWidget()
    made.setFocusProxy(field.focusProxy() or field)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(field, 1)
    row.addStretch(0)
    return made
