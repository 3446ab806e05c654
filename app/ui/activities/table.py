"""The activities of one page, as a table; the list by day draws the same model."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app import labels
from app.services.rows import ActivityRow
from app.ui import activity_words
from app.ui.widgets.column_view import Column

AnyIndex = QModelIndex | QPersistentModelIndex
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
_FIGURE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WORDS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ActivityTable(QAbstractTableModel):
    """The rows of a page. Sorting is asked of the service: the model itself never changes their order."""

    sort_asked = Signal(str, bool)
    """What to sort by (a key of the service), and whether the greatest comes first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ActivityRow, ...] = ()
        self._figures: Mapping[date, str] = {}

    def show_rows(self, rows: Sequence[ActivityRow], figures: Mapping[date, str]) -> None:
        """Show another page, or the same activities brought up to date; `figures` of each day in words."""
        is_same = [row.id for row in rows] == [row.id for row in self._rows]
        if is_same and rows:
            self._rows, self._figures = tuple(rows), figures
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self._rows, self._figures = tuple(rows), figures
        self.endResetModel()

    def row_of(self, id_: UUID) -> int | None:
        """Where an activity is in the page, if it is there."""
        return next((number for number, row in enumerate(self._rows) if row.id == id_), None)

    def activity(self, index: AnyIndex) -> ActivityRow | None:
        """The activity of an index."""
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], COLUMNS[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.words(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _FIGURE if column.is_figure else _WORDS
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return activity_words.spoken(row) if index.column() == DAY_COLUMN else column.words(row)
        if role == DAY_ROLE:
            return self._day_figures(index.row())
        return row if role == ROW_ROLE else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _FIGURE if column.is_figure else _WORDS
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order, where the column has one."""
        key = COLUMNS[column].sort if 0 <= column < len(COLUMNS) else None
        if key:
            self.sort_asked.emit(key, order is Qt.SortOrder.DescendingOrder)

    def _day_figures(self, number: int) -> str | None:
        day = self._rows[number].day
        is_first = number == 0 or self._rows[number - 1].day != day
        return self._figures.get(day, "") if is_first else None
