"""What was agreed to learn next: suggestions to tick, and a line for the advisor's own words."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.widgets.chip_group import ChipGroup

_ENTERS = ("\r", "\n")


class Objectives(QWidget):
    """Each tick is kept at once; Enter in the line adds an objective."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips: ChipGroup[str] = ChipGroup(multiple=True)
        self.chips.setAccessibleName("Objectifs")
        self.line, self.add = _Line(), QPushButton("Ajouter")
        self.line.setPlaceholderText("Un autre objectif, avec ses mots")
        self.line.setAccessibleName("Ajouter un objectif")
        self.add.setAccessibleName("Ajouter cet objectif")
        icons.set_icon(self.add, "plus")
        self._offered: list[str] = []
        self.chips.changed.connect(self.changed)
        self.line.entered.connect(self._add)
        self.add.clicked.connect(self._add)
        self._lay_out()

    def values(self) -> tuple[str, ...]:
        """What is agreed, what is typed and not added yet included."""
        typed = self.line.text().strip()
        return (*self.chips.values(), *((typed,) if typed else ()))

    def show_objectives(self, agreed: Iterable[str], suggested: Iterable[str]) -> None:
        """Tick what is agreed; offer the rest; nothing is being typed any more."""
        agreed = list(agreed)
        self.line.clear()
        self._offered = list(dict.fromkeys((*agreed, *suggested)))
        self._show(agreed)

    def _add(self) -> None:
        typed = self.line.text().strip()
        if typed:
            agreed = list(self.values())
            self._offered = list(dict.fromkeys((*self._offered, typed)))
            self.line.clear()
            self._show(agreed)
            self.changed.emit()

    def _show(self, agreed: list[str]) -> None:
        self.chips.set_choices([(one, one, "") for one in self._offered], agreed)
        self.chips.setVisible(bool(self._offered))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.line, 1)
        row.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.chips)
        column.addLayout(row)


class _Line(QLineEdit):
    """Enter adds, and does nothing else around."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in _ENTERS and not event.modifiers():
            self.entered.emit()
        else:
            super().keyPressEvent(event)
