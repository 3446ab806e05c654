"""A code in large type, to be read from afar, copied, or heard sign by sign."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QWidget

from app.labels import NBSP


class CodeLabel(QLabel):
    """Reached by the keyboard, so that whoever does not see the screen hears it too; Ctrl+C copies it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` says what the code is for."""
        super().__init__(parent)
        self._name, self._code = name, ""
        self.setProperty("role", "code")
        self.setIndent(0)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def code(self) -> str:
        """The code shown."""
        return self._code

    def show_code(self, code: str) -> None:
        """Show this code, in its groups."""
        self._code = code
        self.setText(code.replace("-", f"{NBSP}-{NBSP}"))
        self.setAccessibleName(f"{self._name}{NBSP}: {' '.join(code)}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._code)
        else:
            super().keyPressEvent(event)
