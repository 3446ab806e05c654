"""A field for a whole number: typed, or changed with the Up and Down arrows.

Qt 6.12 gives the text of a spin box no room once a style sheet draws its border, hence `_give_room`.
"""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractSpinBox, QSpinBox, QWidget

from app.ui import theme


class NumberField(QSpinBox):
    """A whole number from `minimum` to `maximum`, with its unit if it has one; `width` in pixels at 100 %."""

    def __init__(
        self, minimum: int = 0, maximum: int = 99, *, suffix: str = "", width: int = 88, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._width = width
        self.setRange(minimum, maximum)
        self.setSuffix(suffix)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        theme.changed.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._give_room()

    def _fit(self) -> None:
        self.setFixedWidth(theme.px(self._width))

    def _give_room(self) -> None:
        side = theme.px(6)
        self.lineEdit().setGeometry(self.rect().adjusted(side, 2, -side, -2))
