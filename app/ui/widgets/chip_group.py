"""Choices shown as chips: one or several, one tab stop, moved by arrows and letters."""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ui.widgets.chip import Chip
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.roving import destination, set_tab_stop

T = TypeVar("T")

Choice = tuple[T, str, str]
"""A value, its label, and its tool tip (empty for none)."""


class ChipGroup(QWidget, Generic[T]):
    """Chips for a list of values. Tab reaches the group once; arrows, Home, End and first letters move in it.

    `multiple` allows several values; `required` refuses to leave a single choice empty. Choices after the first
    `visible` ones wait behind « + N autres » unless they are selected.
    """

    changed = Signal()

    def __init__(
        self,
        *,
        multiple: bool = False,
        required: bool = False,
        visible: int | None = None,
        others: str = "autres",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._multiple, self._required = multiple, required
        self._visible, self._others = visible, others
        self._chips: dict[T, Chip] = {}
        self._expander: Chip | None = None
        self._layout = FlowLayout(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_choices(self, choices: Sequence[Choice[T]], selected: Iterable[T] = ()) -> None:
        """Replace the choices; what is selected is never hidden. Emits nothing."""
        had_focus = self._focused() is not None
        self._layout.setEnabled(False)  # or each chip, as it is shown, would lay out the whole page again
        self._remove_chips()
        chosen = set(selected)
        for value, label, tip in choices:
            chip = self._make(label, tip)
            chip.setChecked(value in chosen)
            chip.clicked.connect(lambda _checked, it=value: self._clicked(it))
            self._chips[value] = chip
        self._fold()
        self._layout.setEnabled(True)
        self.updateGeometry()
        self._renew_tab_stop()
        if had_focus:
            self.focus_first()

    def value(self) -> T | None:
        """The value chosen (the first one if several), or None."""
        return next(iter(self.values()), None)

    def values(self) -> list[T]:
        """The values chosen, in the order of the choices."""
        return [value for value, chip in self._chips.items() if chip.isChecked()]

    def set_value(self, value: T | None) -> None:
        """Choose one value, or nothing; emits nothing."""
        self.set_values([] if value is None else [value])

    def set_values(self, values: Iterable[T]) -> None:
        """Choose these values and no other; emits nothing."""
        chosen = set(values)
        for value, chip in self._chips.items():
            chip.setChecked(value in chosen)
            if value in chosen:
                chip.show()
        self._renew_tab_stop()

    def chip(self, value: T) -> Chip:
        """The chip of a value."""
        return self._chips[value]

    def focus_first(self) -> None:
        """Move the keyboard to the chip that Tab would reach."""
        stop = next((chip for chip in self._shown() if chip.focusPolicy() is Qt.FocusPolicy.StrongFocus), None)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.TabFocusReason)

    def expand(self) -> None:
        """Show the choices behind « + N autres », and move the keyboard to the first of them."""
        if self._expander is None:
            return
        hidden = [chip for chip in self._chips.values() if chip.isHidden()]
        had_focus = self._expander.hasFocus()
        for chip in hidden:
            chip.show()
        self._expander.hide()
        self._expander.deleteLater()
        self._expander = None
        self._move_stop(hidden[0], focus=had_focus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home, End and letters move between chips."""
        chip = destination(self._shown(), event)
        if isinstance(chip, Chip):
            self._move_stop(chip, focus=True)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.focus_first()

    def _clicked(self, value: T) -> None:
        clicked = self._chips[value]
        if not self._multiple:
            clicked.setChecked(clicked.isChecked() or self._required)
            for chip in self._chips.values():
                if chip is not clicked:
                    chip.setChecked(False)
        self._move_stop(clicked, focus=False)
        self.changed.emit()

    def _make(self, label: str, tip: str) -> Chip:
        chip = Chip(label, parent=self)
        chip.setToolTip(tip)
        self._layout.addWidget(chip)
        chip.show()
        return chip

    def _remove_chips(self) -> None:
        for chip in self._all():
            self._layout.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips, self._expander = {}, None

    def _fold(self) -> None:
        """Hide what comes after the visible choices, if that hides at least two."""
        if self._visible is None:
            return
        hidden = [chip for chip in list(self._chips.values())[self._visible :] if not chip.isChecked()]
        if len(hidden) < 2:
            return
        for chip in hidden:
            chip.hide()
        self._expander = self._make(f"+ {len(hidden)} {self._others}", "")
        self._expander.setCheckable(False)
        self._expander.clicked.connect(self.expand)

    def _renew_tab_stop(self) -> None:
        shown = self._shown()
        checked = next((chip for chip in shown if chip.isChecked()), None)
        set_tab_stop(self._all(), checked or (shown[0] if shown else None))

    def _move_stop(self, chip: Chip, focus: bool) -> None:
        set_tab_stop(self._all(), chip)
        if focus:
            chip.setFocus(Qt.FocusReason.OtherFocusReason)

    def _all(self) -> list[Chip]:
        return [*self._chips.values(), *([self._expander] if self._expander else [])]

    def _shown(self) -> list[Chip]:
        return [chip for chip in self._all() if not chip.isHidden()]

    def _focused(self) -> Chip | None:
        return next((chip for chip in self._all() if chip.hasFocus()), None)
