"""Things side by side in columns of the same width, as many as the room allows."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui import theme


class Grid(QWidget):
    """Columns of at least `least` pixels, `most` of them at most."""

    def __init__(self, least: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self._parts: list[QWidget] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(16))

    def add(self, part: QWidget) -> None:
        """Put something after the others."""
        self._parts.append(part)
        self._place(self._columns or 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = (self.width() + self._grid.spacing()) // (self._least + self._grid.spacing())
        columns = max(1, min(self._most, len(self._parts), room))
        if columns != self._columns:
            self._place(columns)

    def _place(self, columns: int) -> None:
        self._columns = columns
        for number, part in enumerate(self._parts):
            self._grid.addWidget(part, number // columns, number % columns)
        for number in range(self._most):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)
