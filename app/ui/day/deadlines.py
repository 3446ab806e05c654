"""« Échéances »: the cases whose deadline is past or near, the most urgent first."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app import labels
from app.services.rows import CaseRow
from app.ui import theme
from app.ui.cases import words
from app.ui.widgets.line_list import LineList
from app.ui.widgets.surfaces import SectionLabel

MOST = 4
"""Cases shown: the others are one click away."""


class Deadlines(QWidget):
    """A line for each case; absent when there is none."""

    opened = Signal(object)
    """The case (UUID) that was clicked or entered."""
    all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = LineList("Échéances de démarches", is_whole=True)
        self.more = QPushButton()
        self.more.setProperty("role", "link")
        self.more.setProperty("fold", True)
        self.list.opened.connect(self.opened)
        self.list.clicked.connect(lambda: self.opened.emit(self.list.current()))
        self.more.clicked.connect(self.all_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(8))
        column.setSpacing(theme.px(8))
        column.addWidget(SectionLabel("Échéances"))
        column.addWidget(self.list)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_cases(self, rows: Sequence[CaseRow], today: date) -> None:
        """Show the most urgent of these."""
        shown = rows if len(rows) <= MOST + 1 else rows[:MOST]
        self.list.show_lines([words.line(row, today, with_person=True) for row in shown])
        left = len(rows) - len(shown)
        self.more.setText(f"Voir aussi {labels.count(left, 'autre échéance', 'autres échéances')}")
        self.more.setVisible(left > 0)
        self.setVisible(bool(rows))
