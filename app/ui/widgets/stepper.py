"""A small whole number, typed or counted with a minus and a plus."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.ui import icons
from app.ui.widgets.number_field import NumberField


class Stepper(QWidget):
    """A counter from `minimum` to `maximum`; one tab stop, arrows count, digits type."""

    changed = Signal(int)

    def __init__(self, minimum: int = 0, maximum: int = 99, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = NumberField(minimum, maximum, width=58, parent=self)
        self.field.valueChanged.connect(self._value_changed)
        self._less = self._button("minus", -1)
        self._more = self._button("plus", 1)
        self.setFocusProxy(self.field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self._less, self.field, self._more):
            row.addWidget(widget)
        row.addStretch(1)
        self.setAccessibleName("Nombre")
        self._show_limits()

    def value(self) -> int:
        """The number shown."""
        return self.field.value()

    def set_value(self, value: int) -> None:
        """Show a number, brought back between the limits; emits nothing."""
        was_blocked = self.field.blockSignals(True)
        self.field.setValue(value)
        self.field.blockSignals(was_blocked)
        self._show_limits()

    def set_maximum(self, maximum: int) -> None:
        """Count no further than this; emits nothing."""
        was_blocked = self.field.blockSignals(True)
        self.field.setMaximum(maximum)
        self.field.blockSignals(was_blocked)
        self._show_limits()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.field.setAccessibleName(name)
        self._less.setAccessibleName(f"Diminuer, {name}")
        self._more.setAccessibleName(f"Augmenter, {name}")

    def _value_changed(self, value: int) -> None:
        self._show_limits()
        self.changed.emit(value)

    def _show_limits(self) -> None:
        self._less.setEnabled(self.field.value() > self.field.minimum())
        self._more.setEnabled(self.field.value() < self.field.maximum())

    def _button(self, icon: str, step: int) -> QPushButton:
        made = QPushButton(self)
        icons.set_icon(made, icon, size=16)
        made.setProperty("role", "square")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setAutoRepeat(True)
        made.clicked.connect(lambda: self.field.stepBy(step))
        return made
