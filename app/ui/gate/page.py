"""The frame of every page before the notebook: the product's mark above one card, in the middle of the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.widgets.surfaces import Card, label

_MARK = 44


class GatePage(QWidget):
    """A calm page; what it asks goes into `body`, a card at most `width` design pixels wide."""

    def __init__(self, width: int = 480, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._card_width = width
        self._mark = QLabel(self)
        self._card = Card(padding=24, gap=12, parent=self)
        self.body = self._card.body
        self._frame()
        theme.changed.connect(self._fit_frame)
        self._fit_frame()

    def _frame(self) -> None:
        brand = QHBoxLayout()
        brand.setSpacing(theme.px(12))
        brand.addStretch(1)
        brand.addWidget(self._mark)
        brand.addWidget(label("Passerelle", "brand"))
        brand.addStretch(1)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(theme.px(16), theme.px(24), theme.px(16), theme.px(24))
        column.setSpacing(theme.px(16))
        column.addStretch(2)
        column.addLayout(brand)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._card, 1000)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(_scrolling(middle))

    def _fit_frame(self) -> None:
        self._card.setMaximumWidth(theme.px(self._card_width))
        self._mark.setPixmap(icons.product_mark(_MARK))


def _scrolling(content: QWidget) -> QScrollArea:
    """The content, with a scroll bar when the text is very large."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setWidget(content)
    return made
