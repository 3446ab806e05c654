"""The parts of the settings: a titled section, and the lines of its lists."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.widgets.surfaces import Card, label


class Section(QWidget):
    """A title, a quiet sentence, and a card to fill."""

    def __init__(self, title: str, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        card = Card(gap=12, parent=self)
        self.body = card.body
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(label(title, "subtitle"))
        column.addWidget(label(about, "muted", wraps=True))
        column.addSpacing(theme.px(4))
        column.addWidget(card)


class Line(QWidget):
    """One thing of a list: its name, a quiet detail under it, a figure, and its buttons."""

    def __init__(self, name: str, detail: str = "", aside: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(name, "strong", wraps=True))
        if detail:
            words.addWidget(label(detail, "small", wraps=True))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        self._row.setSpacing(theme.px(8))
        self._row.addLayout(words, 1)
        if aside:
            self._row.addWidget(label(aside, "muted"))

    def add_button(self, text: str, call: Callable[[], object]) -> QPushButton:
        """Add a button, named after the thing for those who cannot see the line."""
        made = QPushButton(text, self)
        made.setProperty("role", "quiet")
        made.setAccessibleName(f"{text}\u00a0: {self._name}")
        made.clicked.connect(lambda: call())
        self._row.addWidget(made)
        return made


def empty(layout: QLayout) -> None:
    """Take everything out of a list, to fill it again."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def words(text: str) -> QLabel:
    """Plain words beside the name of a field, on the same line of type."""
    made = label(text, wraps=True)
    made.setContentsMargins(0, theme.px(7), 0, theme.px(7))
    return made


def beside(said: QWidget, button: QPushButton) -> QWidget:
    """Words or a field, and what can be done about it at the right."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(8))
    row.addWidget(said, 1)
    row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    return made


def buttons(*made: QPushButton) -> QHBoxLayout:
    """A row of buttons, at the left."""
    row = QHBoxLayout()
    row.setSpacing(theme.px(8))
    for each in made:
        row.addWidget(each, 0, Qt.AlignmentFlag.AlignLeft)
    row.addStretch(1)
    return row
