"""Which part of the list is on screen: « 1–50 sur 1 284 », and the way to the pages around it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app import labels
from app.ui import icons, theme
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.surfaces import label


class Pager(QWidget):
    """Absent while everything fits in one page."""

    turned = Signal(int)
    """One page forward (1) or back (-1)."""

    def __init__(self, noun: str, parent: QWidget | None = None) -> None:
        """`noun` says what is listed: « Activités »."""
        super().__init__(parent)
        self._noun = noun
        self._range = label("", "muted")
        theme.changed.connect(self._fit)
        self.previous = self._button("Précédentes", "chevron-left", -1)
        self.next = self._button("Suivantes", "chevron-right", 1)
        self._fit()
        row = FlowLayout(self)
        for part in (self._range, self.previous, self.next):
            row.addWidget(part)

    def show_range(self, offset: int, shown: int, total: int) -> None:
        """Say that `shown` rows from `offset` on are on screen, of `total`."""
        first, last = labels.figure(offset + 1), labels.figure(offset + shown)
        self._range.setText(f"{first}–{last} sur {labels.figure(total)}")
        self.previous.setEnabled(offset > 0)
        self.next.setEnabled(offset + shown < total)
        self.setVisible(shown < total)

    def _fit(self) -> None:
        """As high as the buttons, so that the words stand on their line."""
        self._range.setMinimumHeight(theme.px(36))

    def range_text(self) -> str:
        """« 1–50 sur 1 284 »."""
        return self._range.text()

    def _button(self, text: str, icon: str, step: int) -> QPushButton:
        made = QPushButton(text, self)
        made.setProperty("role", "quiet")
        made.setAccessibleName(f"{self._noun} {text.lower()}")
        made.setToolTip("Page suivante (Ctrl+Page suiv.)" if step > 0 else "Page précédente (Ctrl+Page préc.)")
        icons.set_icon(made, icon)
        made.clicked.connect(lambda: self.turned.emit(step))
        return made
