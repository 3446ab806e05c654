"""Which day: today, yesterday, or another date from the calendar."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QHBoxLayout, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.elided_label import ElidedLabel

FRENCH = QLocale(QLocale.Language.French, QLocale.Country.France)

_CALENDAR_PARTS = {
    "qt_calendar_calendarview": "Jours du mois",
    "qt_calendar_prevmonth": "Mois précédent",
    "qt_calendar_nextmonth": "Mois suivant",
    "qt_calendar_yearedit": "Année",
}
"""Qt's names for the parts of its calendar, and what assistive technologies say for them."""

_TODAY, _YESTERDAY, _OTHER = "today", "yesterday", "other"


class DayPicker(QWidget):
    """A day, today unless chosen otherwise; `today` is the clock, `until_today` refuses days to come."""

    changed = Signal()

    def __init__(
        self, today: Callable[[], date] = date.today, *, until_today: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._today, self._until_today = today, until_today
        self._chips: ChipGroup[str] = ChipGroup(required=True, parent=self)
        self._chips.set_choices(
            [(_TODAY, "Aujourd’hui", ""), (_YESTERDAY, "Hier", ""), (_OTHER, "Autre date", "")], [_TODAY]
        )
        self._chips.changed.connect(self._chip_changed)
        self._other = QWidget(self)
        self._edit = french_date_edit(self._other)
        self._weekday = ElidedLabel(self._other)
        self._edit.dateChanged.connect(self._date_changed)
        self._lay_out()
        self.setFocusProxy(self._chips)
        self.setAccessibleName("Date")
        self.set_value(today())

    def value(self) -> date:
        """The day chosen."""
        days = {_TODAY: self._today(), _YESTERDAY: self._today() - timedelta(days=1)}
        return days.get(self._chips.value() or _TODAY) or day_shown(self._edit)

    def set_value(self, day: date) -> None:
        """Show a day, as a chip if it is today or yesterday; emits nothing."""
        age = (self._today() - day).days
        chosen = {0: _TODAY, 1: _YESTERDAY}.get(age, _OTHER)
        self._chips.set_value(chosen)
        was_blocked = self._edit.blockSignals(True)
        if self._until_today:
            self._edit.setMaximumDate(_as_qdate(self._today()))
        show_day(self._edit, day)
        self._edit.blockSignals(was_blocked)
        self._other.setVisible(chosen == _OTHER)
        self._show_weekday()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._chips.setAccessibleName(name)
        self._edit.setAccessibleName(name)

    def _chip_changed(self) -> None:
        is_other = self._chips.value() == _OTHER
        self._other.setVisible(is_other)
        if is_other:
            self._edit.setFocus()
            self._edit.setSelectedSection(QDateEdit.Section.DaySection)
        self._show_weekday()
        self.changed.emit()

    def _date_changed(self) -> None:
        self._show_weekday()
        self.changed.emit()

    def _show_weekday(self) -> None:
        self._weekday.setText(FRENCH.toString(self._edit.date(), "dddd d MMMM"))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._other)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._edit)
        row.addWidget(self._weekday)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._chips)
        column.addWidget(self._other)


def french_date_edit(parent: QWidget) -> QDateEdit:
    """A date field with its calendar: day first, weeks from Monday, in French and in the colours of the theme."""
    made = QDateEdit(parent)
    made.setLocale(FRENCH)
    made.setDisplayFormat("dd/MM/yyyy")
    made.setCalendarPopup(True)
    calendar = FrenchCalendar(made)
    made.setCalendarWidget(calendar)
    made.setMinimumWidth(theme.px(150))
    return made


class FrenchCalendar(QCalendarWidget):
    """A month, Monday first, without the colours of the week-end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLocale(FRENCH)
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        self.setAccessibleName("Calendrier")
        for part, name in _CALENDAR_PARTS.items():
            for widget in self.findChildren(QWidget, part):
                widget.setAccessibleName(name)
        theme.changed.connect(self._paint_again)
        self._paint_again()

    def _paint_again(self) -> None:
        self.setMinimumSize(theme.px(300), theme.px(260))
        quiet = QTextCharFormat()
        quiet.setForeground(theme.colour("muted"))
        quiet.setBackground(theme.colour("raised"))
        self.setHeaderTextFormat(quiet)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(day, QTextCharFormat())


def day_shown(edit: QDateEdit) -> date:
    """The day that a date field shows."""
    day = edit.date()
    return date(day.year(), day.month(), day.day())


def show_day(edit: QDateEdit, day: date) -> None:
    """Show a day in a date field."""
    edit.setDate(_as_qdate(day))


def _as_qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
