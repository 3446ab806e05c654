"""One value among many, in a list that opens: places, months, sorts."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Signal
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui import theme

T = TypeVar("T")


class ChoiceBox(QComboBox, Generic[T]):
    """A list of (value, label); with few values prefer chips, which show them all."""

    changed = Signal()

    def __init__(self, choices: Sequence[tuple[T, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: list[T] = []
        self.setItemDelegate(_TallRows(self))
        self.setMaxVisibleItems(12)
        self.activated.connect(self._activated)
        self._shown = -1
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[T, str]]) -> None:
        """Replace the choices and choose the first one; emits nothing."""
        self.clear()
        self._values = [value for value, _label in choices]
        self.addItems([label for _value, label in choices])
        self._shown = self.currentIndex()

    def value(self) -> T:
        """The value chosen; IndexError while there is no choice."""
        return self._values[self.currentIndex()]

    def set_value(self, value: T) -> None:
        """Choose a value; emits nothing."""
        self.setCurrentIndex(self._values.index(value))
        self._shown = self.currentIndex()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.view().setAccessibleName(name)

    def _activated(self, place: int) -> None:
        if place != self._shown:
            self._shown = place
            self.changed.emit()


class _TallRows(QStyledItemDelegate):
    """Rows that a finger can hit."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), theme.px(34))
