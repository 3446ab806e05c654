"""A day that may be there or not: a deadline, the day something was checked."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.ui import icons, theme
from app.ui.widgets.day_picker import day_shown, french_date_edit, show_day


class OptionalDay(QWidget):
    """A button while there is none; then the date, and a button that takes it away."""

    changed = Signal()
    """By the hand of the advisor, once the date is typed whole."""

    def __init__(
        self,
        name: str,
        add: str,
        today: Callable[[], date] = date.today,
        ahead: timedelta = timedelta(),
        parent: QWidget | None = None,
    ) -> None:
        """`ahead` of today is the day proposed first."""
        super().__init__(parent)
        self._today, self._ahead = today, ahead
        self._proposed: date | None = None
        self._value: date | None = None
        self.add, self.remove = QPushButton(add, self), QPushButton("Retirer", self)
        for link in (self.add, self.remove):
            link.setProperty("role", "link")
        self.add.setProperty("fold", True)
        icons.set_icon(self.add, "calendar", "primary", 16)
        self.edit = french_date_edit(self)
        self.edit.setKeyboardTracking(False)
        self.remove.setAccessibleName(f"Retirer\u00a0: {name.lower()}")
        self.add.clicked.connect(self._begin)
        self.remove.clicked.connect(self._end)
        self.edit.dateChanged.connect(self._dated)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for widget in (self.add, self.edit, self.remove):
            row.addWidget(widget)
        row.addStretch(1)
        self.edit.setAccessibleName(name)
        self.set_value(None)

    def value(self) -> date | None:
        """The day, None if there is none."""
        return self._value

    def propose(self, day: date) -> None:
        """Propose this day first, whatever day it is."""
        self._proposed = day

    def set_value(self, value: date | None) -> None:
        """Show a day; emits nothing."""
        self._value = value
        was_blocked = self.edit.blockSignals(True)
        show_day(self.edit, value or self._first())
        self.edit.blockSignals(was_blocked)
        self.add.setVisible(value is None)
        for widget in (self.edit, self.remove):
            widget.setVisible(value is not None)
        self.setFocusProxy(self.add if value is None else self.edit)

    def finish(self) -> None:
        """Take what is being typed as it is."""
        self.edit.interpretText()

    def _first(self) -> date:
        return self._proposed or self._today() + self._ahead

    def _begin(self) -> None:
        self.set_value(self._first())
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _end(self) -> None:
        self.set_value(None)
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _dated(self) -> None:
        self._value = day_shown(self.edit)
        self.changed.emit()
