"""The places of a file, as a table where one ticks those to add."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from app.services.place_candidates import PlaceCandidate, search
from app.ui.widgets.column_table import AnyIndex, ColumnTable
from app.ui.widgets.column_view import Column

COLUMNS: tuple[Column[PlaceCandidate], ...] = (
    Column("Nom", lambda one: one.name),
    Column("Commune", lambda one: f"{one.postal_code} {one.municipality_name}".strip()),
    Column("Adresse", lambda one: one.address),
)
NOTE = len(COLUMNS)
"""The last column: what to know before adding the place."""


class CandidateTable(ColumnTable[PlaceCandidate]):
    """Every place of the file that the search keeps; what is ticked stays ticked when the search changes."""

    ticked_changed = Signal()

    def __init__(
        self, candidates: Sequence[PlaceCandidate], known: frozenset[tuple[str, str]], parent: QObject | None = None
    ) -> None:
        self._all, self._known = tuple(candidates), known
        super().__init__((*COLUMNS, Column("À savoir", self._note)), self._all, parent)
        self._ticked: dict[PlaceCandidate, None] = {}

    def ticked(self) -> tuple[PlaceCandidate, ...]:
        """The places to add, in the order of ticking."""
        return tuple(self._ticked)

    def search(self, text: str) -> None:
        """Keep the places that hold every word."""
        self.show_rows(search(self._all, text) if text.strip() else self._all)

    def toggle(self, row: int) -> None:
        """Tick a place or not, if it can be added."""
        one = self._rows[row]
        if self._hindrance(one):
            return
        if one in self._ticked:
            del self._ticked[one]
        else:
            self._ticked[one] = None
        self.dataChanged.emit(self.index(row, 0), self.index(row, NOTE))
        self.ticked_changed.emit()

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        usual = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        can_tick = index.column() == 0 and not self._hindrance(self._rows[index.row()])
        return usual | Qt.ItemFlag.ItemIsUserCheckable if can_tick else usual

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one = self.row(index)
        if one is not None and role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Checked if one in self._ticked else Qt.CheckState.Unchecked
        if one is not None and role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (one.name, self._hindrance(one), *one.problems)))
        return super().data(index, role)

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.toggle(index.row())
        return True

    def _note(self, one: PlaceCandidate) -> str:
        return self._hindrance(one) or " ".join(one.problems)

    def _hindrance(self, one: PlaceCandidate) -> str:
        """Why the place cannot be added from here."""
        if one.source_id and (one.source, one.source_id) in self._known:
            return "Déjà dans vos lieux."
        return "" if one.municipality else "Commune non reconnue\u00a0: ajoutez ce lieu à la main."
