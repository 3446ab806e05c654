"""A day and an hour in one line each: typed as people write them, or moved with the arrows."""

from abc import abstractmethod
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Generic, TypeVar

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app import labels
from app.services.typed_times import day_typed, hour_typed
from app.ui import icons, theme
from app.ui.widgets.day_picker import FrenchCalendar
from app.ui.widgets.decorated_field import DecoratedField

V = TypeVar("V", date, time)
_STEPS = {
    Qt.Key.Key_Up: (1, False),
    Qt.Key.Key_Down: (-1, False),
    Qt.Key.Key_PageUp: (1, True),
    Qt.Key.Key_PageDown: (-1, True),
}
_MINUTES_A_DAY = 24 * 60


class _TypedField(DecoratedField, Generic[V]):
    """Reads what is typed; written in full once the keyboard leaves, unless nothing can be read of it."""

    changed = Signal()

    def __init__(self, name: str, example: str, width: int) -> None:
        super().__init__(example)
        self.setAccessibleName(name)
        self.setFixedWidth(theme.px(width))
        self.textChanged.connect(self.changed)

    @abstractmethod
    def value(self) -> V | None:
        """What is typed, None where it cannot be read."""

    @abstractmethod
    def _written(self, value: V) -> str:
        """The value in full."""

    @abstractmethod
    def _stepped(self, value: V | None, step: int, is_large: bool) -> V:
        """The value that comes next; the usual one where there is none yet."""

    def set_value(self, value: V | None) -> None:
        """Show a value."""
        self.setText("" if value is None else self._written(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self.set_value(self._stepped(self.value(), *step))
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if (value := self.value()) is not None:
            was_blocked = self.blockSignals(True)  # the same value, said otherwise
            self.set_value(value)
            self.blockSignals(was_blocked)
        super().focusOutEvent(event)


class DayField(_TypedField[date]):
    """A day: « 3/12 », « jeudi », arrows, or the calendar."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__("Jour", "3/12, jeudi…", 160)
        self._today = today
        self._calendar = FrenchCalendar(self)
        self._calendar.setWindowFlag(Qt.WindowType.Popup)
        self._calendar.clicked.connect(self._picked)
        self._calendar.activated.connect(self._picked)
        icons.set_icon(self.button, "calendar", "muted", 16)
        self.button.setAccessibleName("Ouvrir le calendrier")
        self.button.setToolTip("Ouvrir le calendrier (Alt+↓)")
        self.button.clicked.connect(self._open)
        self.setToolTip("↑ ↓ un jour, Page↑ Page↓ une semaine")

    def value(self) -> date | None:
        return day_typed(self.text(), self._today())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._open()
        else:
            super().keyPressEvent(event)

    def _written(self, value: date) -> str:
        return labels.short_day(value)

    def _stepped(self, value: date | None, step: int, is_large: bool) -> date:
        today = self._today()
        return max(today, value + timedelta(days=step * (7 if is_large else 1))) if value else today

    def _open(self) -> None:
        day = self.value() or self._today()
        self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._calendar.move(self.mapToGlobal(self.rect().bottomLeft()))
        self._calendar.show()
        self._calendar.setFocus()

    def _picked(self, day: QDate) -> None:
        self._calendar.hide()
        self.set_value(date(day.year(), day.month(), day.day()))
        self.setFocus(Qt.FocusReason.OtherFocusReason)


class HourField(_TypedField[time]):
    """An hour: « 14h30 », or the arrows by a quarter of an hour."""

    def __init__(self) -> None:
        super().__init__("Heure", "14h30", 110)
        self.button.hide()
        self.setToolTip("↑ ↓ un quart d’heure, Page↑ Page↓ une heure")

    def value(self) -> time | None:
        return hour_typed(self.text())

    def _written(self, value: time) -> str:
        return labels.hour(datetime.combine(date.min, value))

    def _stepped(self, value: time | None, step: int, is_large: bool) -> time:
        if value is None:
            return time(9)
        minutes = (value.hour * 60 + value.minute + step * (60 if is_large else 15)) % _MINUTES_A_DAY
        return time(*divmod(minutes, 60))


def beside(field: QWidget, note: QWidget) -> QWidget:
    """A field, and what is said of it at its right."""
    made = QWidget()
    made.setFocusProxy(field)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(12))
    row.addWidget(field)
    row.addWidget(note, 1)
    return made
