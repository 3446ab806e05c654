"""The activities of one page, as a table; the list by day draws the same model."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Qt

from app import labels
from app.services.rows import ActivityRow
from app.ui import activity_words
from app.ui.widgets.column_table import AnyIndex, ColumnTable
from app.ui.widgets.column_view import Column

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
"""The ActivityRow itself."""
DAY_ROLE = ROW_ROLE + 1
"""The figures of the day (« 6 personnes · 3 h 15 ») on the first activity of each day, None on the others."""


COLUMNS: tuple[Column[ActivityRow], ...] = (
    Column("Date", lambda row: labels.short_day(row.day), "day", 102, is_date=True),
    Column("Type", activity_words.one_word_kind, "kind", 100, sheds=1),
    Column("Qui", activity_words.subject, None, 140, weight=3),
    Column("Thématiques", activity_words.about, None, 150, weight=4),
    Column("Lieu", activity_words.place, "place", 112, weight=2, sheds=2),
    Column("Personnes", lambda row: labels.figure(row.people), "people", 112, is_figure=True, sheds=3),
    Column("Durée", lambda row: labels.duration(row.minutes), "minutes", 92, is_figure=True),
    Column("Enregistrée le", lambda row: labels.moment(row.recorded_at), "recorded_at", 168, sheds=4, is_date=True),
)
DAY_COLUMN = 0


class ActivityTable(ColumnTable[ActivityRow]):
    """The rows of a page."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent=parent)
        self._figures: Mapping[date, str] = {}

    def show_days(self, rows: Sequence[ActivityRow], figures: Mapping[date, str]) -> None:
        """Show these, with the figures of each day in words."""
        self._figures = figures
        self.show_rows(rows)

    def spoken(self, row: ActivityRow) -> str:
        return activity_words.spoken(row)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == ROW_ROLE:
            return self.row(index)
        if role == DAY_ROLE and index.isValid():
            return self._day_figures(index.row())
        return super().data(index, role)

    def _day_figures(self, number: int) -> str | None:
        day = self._rows[number].day
        is_first = number == 0 or self._rows[number - 1].day != day
        return self._figures.get(day, "") if is_first else None
