"""Quand and Durée: the day, confirmed when it is far ahead, and how long it took."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.services.activity_rules import DAYS_AHEAD
from app.services.commands import RecordActivity
from app.ui import theme
from app.ui.recording.part import Part
from app.ui.widgets.day_picker import DayPicker
from app.ui.widgets.duration_picker import DurationPicker
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.surfaces import label


class WhenPart(Part):
    """Today unless said otherwise, and the duration of the last time or of the running timer."""

    duration_chosen = Signal()
    """The advisor chose the duration: the running timer does not change it any more."""

    def __init__(self, today: Callable[[], date] = date.today) -> None:
        super().__init__()
        self._today = today
        self._day = DayPicker(today, until_today=False)
        self._duration = DurationPicker()
        self._confirmed = QCheckBox("C’est bien cette date")
        self._warning = label("Cette date est dans plus d’une semaine.", "warning")
        self._far = self._far_line()
        self.add_row(FieldRow("Quand", self._day_with_confirmation()), "day", "far_date")
        self.add_row(FieldRow("Durée", self._duration), "minutes")
        self._day.changed.connect(self._day_changed)
        self._duration.changed.connect(self.duration_chosen)
        for signal in (self._day.changed, self._duration.changed, self._confirmed.clicked):
            signal.connect(lambda *_: self.changed.emit())

    def set_usual(self, minutes: Sequence[int]) -> None:
        """Offer these durations."""
        self._duration.set_usual(minutes)

    def set_minutes(self, minutes: int) -> None:
        """Show a duration that was measured."""
        if self._duration.value() != minutes:
            self._duration.set_value(minutes)

    def show_form(self, form: RecordActivity) -> None:
        self._day.set_value(form.day or self._today())
        self._confirmed.setChecked(form.far_date_confirmed)
        self._duration.set_value(form.minutes)
        self._follow()

    def fill(self, form: RecordActivity) -> RecordActivity:
        return replace(
            form,
            day=self._day.value(),
            minutes=self._duration.value(),
            far_date_confirmed=self._confirmed.isChecked(),
        )

    def show_faults(self, faults: Mapping[str, str]) -> FieldRow | None:
        self._warning.setVisible("far_date" not in faults)
        return super().show_faults(faults)

    def _day_changed(self) -> None:
        self._confirmed.setChecked(False)
        self._follow()

    def _follow(self) -> None:
        self._far.setVisible(self._day.value() > self._today() + timedelta(days=DAYS_AHEAD))

    def _far_line(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(self._warning)
        row.addWidget(self._confirmed)
        row.addStretch(1)
        return made

    def _day_with_confirmation(self) -> QWidget:
        made = QWidget()
        made.setFocusProxy(self._day)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self._day)
        column.addWidget(self._far, 0, Qt.AlignmentFlag.AlignLeft)
        return made
