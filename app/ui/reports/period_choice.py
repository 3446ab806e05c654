"""Which period a report is of: a month, a quarter, a year, or two dates."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services import report_periods
from app.services.report_periods import ReportPeriod, Step
from app.ui import theme
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.day_picker import french_date_edit
from app.ui.widgets.segmented_control import SegmentedControl
from app.ui.widgets.surfaces import label

_STEPS: tuple[tuple[Step | None, str], ...] = (
    (Step.MONTH, "Mois"),
    (Step.QUARTER, "Trimestre"),
    (Step.YEAR, "Année"),
    (None, "Autre"),
)


class PeriodChoice(QWidget):
    """Two dates, the first never after the second."""

    changed = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.step: SegmentedControl[Step | None] = SegmentedControl(_STEPS, self)
        self.step.setAccessibleName("Durée de la période")
        self.periods: ChoiceBox[tuple[date, date]] = ChoiceBox([], self)
        self.periods.setAccessibleName("Période")
        self._dates = QWidget(self)
        self.since, self.until = french_date_edit(self._dates), french_date_edit(self._dates)
        self.since.setAccessibleName("Premier jour")
        self.until.setAccessibleName("Dernier jour")
        self._lay_out()
        self.set_value(*_dates(report_periods.usual(today())))
        self.step.changed.connect(self._turn)
        self.periods.changed.connect(self._take_period)
        self.since.dateChanged.connect(lambda: self._date_changed(self.since))
        self.until.dateChanged.connect(lambda: self._date_changed(self.until))

    def value(self) -> tuple[date, date]:
        """The first and the last day."""
        return _as_date(self.since.date()), _as_date(self.until.date())

    def focus_first(self) -> None:
        """Put the keyboard on the period itself."""
        (self.since if self.step.value() is None else self.periods).setFocus()

    def set_value(self, since: date, until: date) -> None:
        """Show a period, by its name if it is one of those offered; emits nothing."""
        step = report_periods.step_of(since, until)
        offered = [_dates(one) for one in report_periods.offered(step, self._today())] if step else []
        self.step.set_value(step if (since, until) in offered else None)
        self._show_dates(since, until)
        self._offer()

    def _turn(self) -> None:
        """Offer the periods of another length; the one last over comes first, two dates stay as they were."""
        self._offer()
        if self.step.value() is not None:
            self.periods.set_value(_dates(report_periods.offered(self.step.value() or Step.MONTH, self._today())[1]))
            self._take_period()

    def _offer(self) -> None:
        step = self.step.value()
        self.periods.setVisible(step is not None)
        self._dates.setVisible(step is None)
        if step is None:
            return
        self.periods.set_choices([(_dates(one), one.label) for one in report_periods.offered(step, self._today())])
        if self.value() in (_dates(one) for one in report_periods.offered(step, self._today())):
            self.periods.set_value(self.value())

    def _take_period(self) -> None:
        self._show_dates(*self.periods.value())
        self.changed.emit()

    def _date_changed(self, edit: QWidget) -> None:
        """The other date follows where the two would cross."""
        if self.since.date() > self.until.date():
            day = self.since.date() if edit is self.since else self.until.date()
            self._show_dates(_as_date(day), _as_date(day))
        self.changed.emit()

    def _show_dates(self, since: date, until: date) -> None:
        for edit, day in ((self.since, since), (self.until, until)):
            was_blocked = edit.blockSignals(True)
            edit.setDate(QDate(day.year, day.month, day.day))
            edit.blockSignals(was_blocked)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._dates)
        row.setContentsMargins(0, 0, 0, 0)
        for word, edit in (("du", self.since), ("au", self.until)):
            row.addWidget(label(word, "muted"))
            row.addWidget(edit)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        for widget in (self.step, self.periods, self._dates):
            column.addWidget(widget)


def _dates(period: ReportPeriod) -> tuple[date, date]:
    return period.since, period.until


def _as_date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
