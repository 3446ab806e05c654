"""« Rendez-vous »: who is expected today, and until the next working day."""

from datetime import datetime
from itertools import groupby

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import labels
from app.services.appointments.rows import AppointmentRow
from app.ui import theme
from app.ui.appointments import words
from app.ui.appointments.menus import HINT, AppointmentList
from app.ui.widgets.surfaces import SectionLabel, label


class Appointments(QWidget):
    """A line for each appointment, day after day; absent when there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = AppointmentList("Rendez-vous")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(8))
        column.setSpacing(theme.px(8))
        column.addWidget(SectionLabel("Rendez-vous"))
        column.addWidget(self.list)
        column.addWidget(label(HINT, "small", wraps=True))
        self.hide()

    def show_appointments(self, rows: tuple[AppointmentRow, ...], now: datetime) -> None:
        """Show these, those of a day under its name."""
        lines = []
        for day, found in groupby(rows, key=lambda row: row.starts.date()):
            members = list(found)
            head = words.group(day, now.date()), labels.count(len(members), "rendez-vous", "rendez-vous")
            lines += [words.line(row, now, head if place == 0 else None) for place, row in enumerate(members)]
        self.list.know(rows)
        self.list.show_lines(lines)
        self.setVisible(bool(rows))
