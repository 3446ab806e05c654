"""The people of one page, as a table."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app import labels
from app.services.rows import PersonLine
from app.ui.people.words import person_detail
from app.ui.widgets.column_view import Column

AnyIndex = QModelIndex | QPersistentModelIndex
NEVER = "Jamais"

COLUMNS: tuple[Column[PersonLine], ...] = (
    Column("Nom", lambda line: line.person.last_name, "name", 150, weight=3),
    Column("Prénom", lambda line: line.person.first_name, "first_name", 120, weight=2),
    Column("Naissance", lambda line: str(line.person.birth_year or ""), "birth_year", 108, is_figure=True, sheds=3),
    Column("Commune", lambda line: line.person.municipality, "municipality", 130, weight=2, sheds=1),
    Column("Téléphone", lambda line: line.person.phone, None, 148, sheds=4),
    Column(
        "Accompagnements",
        lambda line: labels.figure(line.person.accompaniments),
        "accompaniments",
        158,
        is_figure=True,
    ),
    Column(
        "Dernier contact",
        lambda line: labels.short_day(line.last_came) if line.last_came else NEVER,
        "last_came",
        146,
        sheds=2,
        is_date=True,
    ),
)
_FIGURE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WORDS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class PeopleTable(QAbstractTableModel):
    """The rows of a page. Sorting is asked of the service: the model itself never changes their order."""

    sort_asked = Signal(str, bool)
    """What to sort by (a key of the service), and whether the greatest comes first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PersonLine, ...] = ()

    def show_rows(self, rows: Sequence[PersonLine]) -> None:
        """Show another page, or the same people brought up to date."""
        is_same = [row.id for row in rows] == [row.id for row in self._rows]
        if is_same and rows:
            self._rows = tuple(rows)
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row_of(self, id_: UUID) -> int | None:
        """The line of a person, None if the page does not have them."""
        return next((number for number, row in enumerate(self._rows) if row.id == id_), None)

    def line(self, index: AnyIndex) -> PersonLine:
        """The person of a line."""
        return self._rows[index.row()]

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
            return f"{row.person.name}, {person_detail(row.person)}" if index.column() == 0 else column.words(row)
        return None

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
