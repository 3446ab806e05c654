"""In a dialog: what the advisor had written of a record and a colleague replaced."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.database import Database
from app.errors import AppError
from app.services import lost_values
from app.services.lost_values import TakenBack
from app.services.rows import LostRow
from app.ui import theme
from app.ui.lost_version import LostVersion
from app.ui.widgets.banner import Banner
from protocol.vocabulary import RecordKind


class LostVersions(QWidget):
    """A card for each; once taken back, a line that offers to undo it."""

    changed = Signal()
    """The record is no longer what it was."""
    refused = Signal(object)
    """The AppError of what could not be done."""

    def __init__(
        self, database: Database, kind: RecordKind, record: UUID | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._database, self._kind, self._record = database, kind, record
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self._show(None)

    def _show(self, taken: TakenBack | None) -> None:
        """Show what is left to settle, and what was just done."""
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if taken is not None:
            self._column.addWidget(self._done(taken))
        rows = lost_values.of(self._database, self._kind, self._record) if self._record else ()
        for row in rows:
            card = LostVersion(row)
            card.taken_back.connect(self._take_back)
            card.let_go.connect(self._let_go)
            self._column.addWidget(card)
        self.setVisible(self._column.count() > 0)

    def _done(self, taken: TakenBack) -> Banner:
        made = Banner("success", "Votre version est reprise.")
        made.add_action("Annuler la reprise", lambda: self._undo(taken)).setAutoDefault(False)
        return made

    def _take_back(self, row: LostRow) -> None:
        self._attempt(lambda: lost_values.take_back(self._database, self._kind, row))

    def _undo(self, taken: TakenBack) -> None:
        self._attempt(lambda: lost_values.undo(self._database, taken))

    def _let_go(self, row: LostRow) -> None:
        self._attempt(lambda: lost_values.let_go(self._database, row))

    def _attempt(self, call: Callable[[], TakenBack | None]) -> None:
        try:
            self._show(call())
        except AppError as error:
            self.refused.emit(error)
            return
        self.changed.emit()
