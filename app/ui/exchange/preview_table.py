"""The lines of a file that is about to be taken in: where each is, what it says, what becomes of it, and why."""

from typing import Any

from PySide6.QtCore import QObject, Qt

from app.services.imports.plans import Outcome, PlanRow
from app.ui import icons, theme
from app.ui.exchange import words
from app.ui.widgets.column_table import AnyIndex, ColumnTable
from app.ui.widgets.column_view import Column

COLUMNS: tuple[Column[PlanRow], ...] = (
    Column("Où", lambda row: row.where),
    Column("Contenu", lambda row: row.what),
    Column("Résultat", lambda row: words.outcome_word(row.outcome).capitalize()),
    Column("Pourquoi", lambda row: row.why),
)
SHARES = (12, 33, 14, 41)
"""How the width is shared between the columns, in hundredths."""
_OUTCOME = 2
_ICONS = {
    Outcome.CREATED: ("plus", "success"),
    Outcome.MATCHED: ("check", "muted"),
    Outcome.RESTORED: ("undo-2", "success"),
    Outcome.REFUSED: ("circle-alert", "danger"),
}


class PreviewTable(ColumnTable[PlanRow]):
    """Every line, or those that end in one way."""

    def __init__(self, rows: tuple[PlanRow, ...], parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, rows, parent)
        self._all = rows
        theme.changed.connect(self._paint_again)

    def keep(self, outcome: Outcome | None) -> None:
        """Show the lines that end so, or every line."""
        self.show_rows([row for row in self._all if outcome in (None, row.outcome)])

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is not None and role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (row.what, row.why)))
        if row is not None and role == Qt.ItemDataRole.DecorationRole and index.column() == _OUTCOME:
            return icons.icon(*_ICONS[row.outcome], size=16)
        return super().data(index, role)

    def _paint_again(self) -> None:
        if self._rows:
            first, last = self.index(0, _OUTCOME), self.index(len(self._rows) - 1, _OUTCOME)
            self.dataChanged.emit(first, last, [Qt.ItemDataRole.DecorationRole])
