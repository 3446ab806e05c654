"""Rows as a table whose columns are declared once: the model under every table."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.ui.widgets.column_view import Column

AnyIndex = QModelIndex | QPersistentModelIndex
R = TypeVar("R")
_FIGURE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WORDS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ColumnTable(QAbstractTableModel, Generic[R]):
    """Sorting is asked of the service: the model itself never changes the order of its rows."""

    sort_asked = Signal(str, bool)
    """What to sort by (a key of the service), and whether the greatest comes first."""

    def __init__(self, columns: Sequence[Column[R]], rows: Sequence[R] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns, self._rows = columns, tuple(rows)

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these; what is the same page brought up to date keeps its selection."""
        if rows and [_id(row) for row in rows] == [_id(row) for row in self._rows]:
            self._rows = tuple(rows)
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self._columns) - 1))
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row_of(self, id_: UUID) -> int | None:
        """Where a row is, if it is there."""
        return next((number for number, row in enumerate(self._rows) if _id(row) == id_), None)

    def line(self, index: AnyIndex) -> R:
        """The row of an index that is in the table."""
        return self._rows[index.row()]

    def row(self, index: AnyIndex) -> R | None:
        """The row of an index, None where it is nowhere."""
        return self._rows[index.row()] if index.isValid() else None

    def spoken(self, row: R) -> str:
        """What is said of a whole row to those who cannot see it: in the place of its first column."""
        return self._columns[0].words(row)

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        column = self._columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.words(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _FIGURE if column.is_figure else _WORDS
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(row) if index.column() == 0 else column.words(row)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _FIGURE if column.is_figure else _WORDS
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order, where the column has one."""
        key = self._columns[column].sort if 0 <= column < len(self._columns) else None
        if key:
            self.sort_asked.emit(key, order is Qt.SortOrder.DescendingOrder)


def _id(row: object) -> object:
    """What makes a row the same after a change: its id, or else all that it says."""
    return getattr(row, "id", row)
