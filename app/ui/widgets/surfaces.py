"""Quiet surfaces and titles: cards, section labels, separators."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui import theme


class Card(QFrame):
    """A white surface with a thin border; put things in `body`."""

    def __init__(self, *, padding: int = 16, gap: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        inside = theme.px(padding)
        self.body.setContentsMargins(inside, inside, inside, inside)
        self.body.setSpacing(theme.px(gap))


class SectionLabel(QWidget):
    """A small title in capitals above a part of a screen, with a quiet figure at its right."""

    def __init__(self, text: str, aside: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label(text, "section")
        self._aside = label(aside, "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._title, 1)
        row.addWidget(self._aside, 0, Qt.AlignmentFlag.AlignRight)

    def set_text(self, text: str) -> None:
        """Change the title."""
        self._title.setText(text)

    def set_aside(self, text: str) -> None:
        """Change what is said at the right."""
        self._aside.setText(text)

    def aside(self) -> str:
        """What is said at the right."""
        return self._aside.text()


def label(text: str, role: str = "", *, wraps: bool = False) -> QLabel:
    """A plain text label with a role of the style sheet."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    if role:
        made.setProperty("role", role)
    return made


def separator() -> QFrame:
    """A thin horizontal line."""
    made = QFrame()
    made.setProperty("role", "separator")
    return made
