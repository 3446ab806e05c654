"""What is folded until asked for: « Plus de détails »."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.ui import icons


class Collapsible(QWidget):
    """A line with a chevron, and the content it shows or hides."""

    toggled = Signal(bool)

    def __init__(self, title: str, content: QWidget, *, is_open: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._content = title, content
        self._button = _FoldButton(title, self)
        self._button.clicked.connect(lambda: self.set_open(not self.is_open()))
        self._button.opened.connect(self.set_open)
        self.setFocusProxy(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(content)
        content.setVisible(is_open)
        self._show_state()

    def is_open(self) -> bool:
        """Whether the content is shown."""
        return not self._content.isHidden()

    def set_open(self, is_open: bool) -> None:
        """Show or hide the content."""
        if is_open == self.is_open():
            return
        self._content.setVisible(is_open)
        self._show_state()
        self.toggled.emit(is_open)

    def set_title(self, title: str) -> None:
        """Change the words of the line, for instance to say what is inside."""
        self._title = title
        self._button.setText(title)
        self._show_state()

    def _show_state(self) -> None:
        icons.set_icon(self._button, "chevron-down" if self.is_open() else "chevron-right", "primary")
        self._button.setAccessibleName(f"{self._title}, {'déplié' if self.is_open() else 'replié'}")


class _FoldButton(QPushButton):
    """The line: Space, Enter or a click turns it over, Right opens, Left closes."""

    opened = Signal(bool)

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setProperty("role", "link")
        self.setProperty("fold", True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self.opened.emit(event.key() == Qt.Key.Key_Right)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)
