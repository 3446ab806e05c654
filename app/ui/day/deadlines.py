"""« Échéances »: the cases whose deadline is past or near, the most urgent first; then the mandates that end soon."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app import labels
from app.services.mandates.rows import MandateRow
from app.services.rows import CaseRow
from app.ui import theme
from app.ui.cases import words
from app.ui.mandates import words as mandate_words
from app.ui.widgets.line_list import Key, LineList
from app.ui.widgets.surfaces import SectionLabel

MOST = 4
"""Cases shown: the others are one click away."""


class Deadlines(QWidget):
    """A line for each case; absent when there is none."""

    opened = Signal(object)
    """The case (UUID) that was clicked or entered."""
    person_opened = Signal(object)
    """The person (UUID) of the mandate that was."""
    all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = LineList("Échéances", is_whole=True)
        self._people: dict[Key, UUID] = {}
        self.more = QPushButton()
        self.more.setProperty("role", "link")
        self.more.setProperty("fold", True)
        self.list.opened.connect(self._open)
        self.list.clicked.connect(lambda: self._open(self.list.current()))
        self.more.clicked.connect(self.all_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(8))
        column.setSpacing(theme.px(8))
        column.addWidget(SectionLabel("Échéances"))
        column.addWidget(self.list)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_deadlines(self, rows: Sequence[CaseRow], mandates: Sequence[MandateRow], today: date) -> None:
        """Show the most urgent of these cases, and these mandates."""
        shown = rows if len(rows) <= MOST + 1 else rows[:MOST]
        self._people = {row.id: row.beneficiary for row in mandates}
        recalled = [mandate_words.recall(row, today) for row in mandates]
        self.list.show_lines([*(words.line(row, today, with_person=True) for row in shown), *recalled])
        left = len(rows) - len(shown)
        self.more.setText(f"Voir aussi {labels.count(left, 'autre échéance', 'autres échéances')}")
        self.more.setVisible(left > 0)
        self.setVisible(bool(rows or mandates))

    def _open(self, key: Key | None) -> None:
        if key in self._people:
            self.person_opened.emit(self._people[key])
        elif key is not None:
            self.opened.emit(key)
