"""The lines of a file that is about to be taken in: where each is, what it says, what becomes of it, and why."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.services.imports.plans import Outcome, PlanRow
from app.ui import icons, theme
from app.ui.exchange import words

AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
TITLES = ("Où", "Contenu", "Résultat", "Pourquoi")
SHARES = (12, 33, 14, 41)
"""How the width is shared between the columns, in hundredths."""
_OUTCOME = 2
_ICONS = {
    Outcome.CREATED: ("plus", "success"),
    Outcome.MATCHED: ("check", "muted"),
    Outcome.RESTORED: ("undo-2", "success"),
    Outcome.REFUSED: ("circle-alert", "danger"),
}


class PreviewTable(QAbstractTableModel):
    """Every line, or those that end in one way."""

    def __init__(self, rows: tuple[PlanRow, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = self._rows = rows
        theme.changed.connect(self._paint_again)

    def keep(self, outcome: Outcome | None) -> None:
        """Show the lines that end so, or every line."""
        self.beginResetModel()
        self._rows = tuple(row for row in self._all if outcome in (None, row.outcome))
        self.endResetModel()

    def row(self, index: AnyIndex) -> PlanRow | None:
        """The line at a place of the table."""
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return TITLES[section]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            said = words.outcome_word(row.outcome).capitalize()
            return (row.where, row.what, said, row.why)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (row.what, row.why)))
        if role == Qt.ItemDataRole.DecorationRole and index.column() == _OUTCOME:
            return icons.icon(*_ICONS[row.outcome], size=16)
        return None

    def _paint_again(self) -> None:
        if self._rows:
            first, last = self.index(0, _OUTCOME), self.index(len(self._rows) - 1, _OUTCOME)
            self.dataChanged.emit(first, last, [Qt.ItemDataRole.DecorationRole])
