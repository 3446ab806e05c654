"""How long it took: usual durations as chips, any other one in hours and minutes."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.labels import NBSP, duration
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.number_field import NumberField

USUAL_MINUTES = (15, 30, 45, 60, 90, 120)
_OTHER = 0


class DurationPicker(QWidget):
    """Minutes, or None while nothing is chosen."""

    changed = Signal()

    def __init__(self, usual: Sequence[int] = USUAL_MINUTES, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: ChipGroup[int] = ChipGroup(required=True, parent=self)
        self.set_usual(usual)
        self._chips.changed.connect(self._chip_changed)
        self._other = QWidget(self)
        self._hours = self._part(23, f"{NBSP}h", "Heures")
        self._minutes = self._part(59, f"{NBSP}min", "Minutes")
        self._lay_out()
        self.setFocusProxy(self._chips)
        self.setAccessibleName("Durée")

    def value(self) -> int | None:
        """Minutes, from 1 to 1439."""
        chosen = self._chips.value()
        if chosen == _OTHER:
            return (self._hours.value() * 60 + self._minutes.value()) or None
        return chosen

    def set_usual(self, usual: Sequence[int]) -> None:
        """Offer these durations as chips, without a choice; emits nothing."""
        self._usual = tuple(usual)
        choices = [(minutes, duration(minutes), "") for minutes in self._usual]
        self._chips.set_choices([*choices, (_OTHER, "Autre", "Saisir des heures et des minutes")])

    def set_value(self, minutes: int | None) -> None:
        """Show a duration, as a chip if it is a usual one; emits nothing."""
        is_other = minutes is not None and minutes not in self._usual
        self._chips.set_value(_OTHER if is_other else minutes)
        if is_other:
            self._fill(minutes or 0)
        self._other.setVisible(is_other)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._chips.setAccessibleName(name)

    def _chip_changed(self) -> None:
        is_other = self._chips.value() == _OTHER
        self._other.setVisible(is_other)
        if is_other:
            self._hours.setFocus()
            self._hours.selectAll()
        self.changed.emit()

    def _fill(self, minutes: int) -> None:
        for box, part in zip((self._hours, self._minutes), divmod(minutes, 60), strict=True):
            was_blocked = box.blockSignals(True)
            box.setValue(part)
            box.blockSignals(was_blocked)

    def _part(self, maximum: int, suffix: str, name: str) -> NumberField:
        made = NumberField(0, maximum, suffix=suffix, parent=self._other)
        made.setAccessibleName(name)
        made.valueChanged.connect(self.changed)
        return made

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._other)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._hours)
        row.addWidget(self._minutes)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._chips)
        column.addWidget(self._other)
        self._other.hide()
