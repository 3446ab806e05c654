"""One moment of a person's timeline, and what it opens."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app import labels
from app.services.appointments.rows import AppointmentRow
from app.services.timeline import Moment
from app.ui import icons, theme
from app.ui.appointments import words as appointment_words
from app.ui.appointments.menus import StatusButton
from app.ui.people.moment_words import Said, said
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.star_rating import StarRating
from app.ui.widgets.surfaces import label

_DAY = 190


class MomentCard(QWidget):
    """The day at the left, once for all that happened that day; the words at its right."""

    activity_asked = Signal(object)
    case_asked = Signal(object)
    sheet_asked = Signal(str)
    appointment_acted = Signal(object, object)
    """The Act, and the appointment (UUID)."""
    tab_asked = Signal(str)

    def __init__(self, moment: Moment, is_new_day: bool, warning: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said: Said = said(moment)
        self.warning = warning
        self._day = labels.day(moment.day)
        day = label(self._day.capitalize() if is_new_day else "", "muted", wraps=True)
        day.setFixedWidth(theme.px(_DAY))
        picture = QLabel()
        icons.set_icon(picture, self.said.icon, "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(10 if is_new_day else 4), 0, theme.px(6))
        row.setSpacing(theme.px(12))
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(day, 0, top)
        row.addWidget(picture, 0, top)
        row.addLayout(self._words(), 1)
        row.addWidget(self._actions(), 0, top)

    def _words(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        head.addWidget(label(self.said.title, "strong", wraps=True), 0 if self.said.stars else 1)
        if self.said.stars:
            head.addWidget(StarRating(self.said.stars), 0, Qt.AlignmentFlag.AlignVCenter)
            head.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addLayout(head)
        for line in self.said.lines:
            column.addWidget(label(line, wraps=True))
        if self.said.notes:
            column.addWidget(label(self.said.notes, "muted", wraps=True))
        if self.warning:
            column.addWidget(label(self.warning, "warning", wraps=True))
        column.addLayout(self._sheets())
        return column

    def _sheets(self) -> FlowLayout:
        flow = FlowLayout(gap=4)
        for code, title in self.said.sheets:
            made = self._button(title, "book-open", self.sheet_asked, code)
            made.setAccessibleName(f"Fiche remise\u00a0: {title}, {self._day}")
            flow.addWidget(made)
        return flow

    def _actions(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        if self.said.activity:
            row.addWidget(self._button("Voir", "", self.activity_asked, self.said.activity))
        if self.said.case:
            row.addWidget(self._button("Voir", "", self.case_asked, self.said.case))
        if self.said.appointment:
            row.addWidget(self._status(self.said.appointment))
        if self.said.tab:
            row.addWidget(self._button("Voir", "", self.tab_asked, self.said.tab))
        return made

    def _status(self, row: AppointmentRow) -> StatusButton:
        made = StatusButton(row, appointment_words.status(row, datetime.now()))
        made.acted.connect(lambda act: self.appointment_acted.emit(act, row.id))
        return made

    def _button(self, text: str, icon: str, signal: SignalInstance, what: object) -> QPushButton:
        made = QPushButton(text)
        made.setProperty("role", "link")
        made.setAccessibleName(f"{text}\u00a0: {self.said.title}, {self._day}")
        if icon:
            icons.set_icon(made, icon, "primary", 16)
        made.clicked.connect(lambda: signal.emit(what))
        return made
