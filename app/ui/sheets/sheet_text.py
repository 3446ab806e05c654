"""The text of a sheet, for one that says more than the form shows: a file that somebody wrote by hand."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.widgets.notes_edit import as_typed


class SheetText(QWidget):
    """Refuses nothing; Tab goes on to the next field."""

    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.field = QPlainTextEdit()
        self.field.setAccessibleName("Texte de la fiche")
        self.field.setTabChangesFocus(True)
        self.field.textChanged.connect(self.typed)
        self.setFocusProxy(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)

    def value(self) -> str:
        """The text as typed."""
        return as_typed(self.field)

    def show_text(self, text: str) -> None:
        """Show a text; emits nothing."""
        was_blocked = self.field.blockSignals(True)
        self.field.setPlainText(text)
        self.field.blockSignals(was_blocked)

    def go_to_line(self, number: int) -> None:
        """Put the cursor at the end of a line."""
        block = self.field.document().findBlockByNumber(number - 1)
        cursor = QTextCursor(block if block.isValid() else self.field.document().lastBlock())
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self.field.setTextCursor(cursor)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
