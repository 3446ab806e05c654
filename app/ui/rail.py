"""The navigation rail: the product's name and a line for each screen."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.widgets.rail_button import RailButton
from app.ui.widgets.surfaces import label

WIDE, NARROW, _MARK = 184, 56, 28
NARROW_UNDER = 1200
"""Under this width of window the rail shows icons alone."""

Line = tuple[str, str, str, bool]
"""Key, word, icon, and whether it stands at the bottom."""


class Rail(QFrame):
    """Says which screen was chosen; the choice itself is the workspace's."""

    chosen = Signal(str)

    def __init__(self, lines: Sequence[Line], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self._buttons: dict[str, RailButton] = {}
        self._brand = label("Passerelle", "brand")
        self._column = QVBoxLayout(self)
        self._column.setSpacing(theme.px(2))
        self._column.addLayout(self._brand_row())
        for at_bottom in (False, True):
            for key, word, icon, is_low in lines:
                if is_low is at_bottom:
                    self._add(key, word, icon)
            if not at_bottom:
                self._column.addStretch(1)
        theme.changed.connect(self._fit_again)
        self.fit(NARROW_UNDER)

    def show_current(self, key: str) -> None:
        """Mark the screen in front."""
        self._buttons[key].setChecked(True)

    def fit(self, window_width: int) -> None:
        """Icons and words, or icons alone in a narrow window."""
        is_narrow = window_width < theme.px(NARROW_UNDER) and window_width < NARROW_UNDER * 1.25
        self.setFixedWidth(theme.px(NARROW if is_narrow else WIDE))
        self._brand.setVisible(not is_narrow)
        side = theme.px(8 if is_narrow else 10)
        self._column.setContentsMargins(side, theme.px(10), side, theme.px(10))
        for button in self._buttons.values():
            button.set_compact(is_narrow)

    def _fit_again(self) -> None:
        self.fit(self.window().width())

    def _add(self, key: str, word: str, icon: str) -> None:
        button = RailButton(icon, word, self)
        button.clicked.connect(lambda: self.chosen.emit(key))
        self._buttons[key] = button
        self._column.addWidget(button)

    def _brand_row(self) -> QHBoxLayout:
        mark = QLabel()
        mark.setPixmap(icons.product_mark(_MARK))
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(6), theme.px(4), 0, theme.px(14))
        row.setSpacing(theme.px(8))
        row.addWidget(mark)
        row.addWidget(self._brand, 1)
        return row
