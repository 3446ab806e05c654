"""The screen « Ma journée »: today at a glance, without a table to read."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app import labels
from app.services.my_day import MyDay
from app.services.rows import ActivityRow
from app.ui import activity_words, icons, theme
from app.ui.day.appointments import Appointments
from app.ui.day.deadlines import Deadlines
from app.ui.day.to_complete import Item, ToComplete
from app.ui.day.today_list import TodayList
from app.ui.day.week_card import WeekCard
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.surfaces import Card, SectionLabel, label


class DayView(QScrollArea):
    """Title and usual place, what is left to complete, today, the week."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Ma journée")
        self._title = label("", "title")
        self._place_icon = QLabel()
        icons.set_icon(self._place_icon, "map-pin", "muted")
        self._place = label("", "muted")
        self.to_complete = ToComplete()
        self.appointments = Appointments()
        self.deadlines = Deadlines()
        self._today = SectionLabel("Aujourd’hui")
        self.list = TodayList()
        self.empty = EmptyState("sun", "", action="Enregistrer une activité")
        self._empty_card = Card(padding=24)
        self._empty_card.body.addWidget(self.empty)
        self._week_title = SectionLabel("Cette semaine")
        self._week = WeekCard()
        self._lay_out()

    def show_day(self, day: MyDay, items: Sequence[Item], now: datetime) -> None:
        """Show a day and what is left to complete."""
        self._title.setText(labels.day(day.today).capitalize())
        self._place.setText(day.place)
        self._place_icon.setVisible(bool(day.place))
        self.to_complete.show_items(items)
        self.appointments.show_appointments(day.appointments, now)
        self.deadlines.show_deadlines(day.cases, day.mandates, day.today)
        self._show_activities(day)
        self._week.show_week(day.week, day.today)
        for widget in (self._week_title, self._week):
            widget.setVisible(not day.is_first)

    def title(self) -> str:
        """« Mardi 24 novembre »."""
        return self._title.text()

    def totals(self) -> str:
        """« 11 personnes · 3 h 15 »."""
        return self._today.aside()

    def _show_activities(self, day: MyDay) -> None:
        has_any = bool(day.activities)
        self.list.setVisible(has_any)
        self._empty_card.setVisible(not has_any)
        self.list.show_rows(day.activities)
        self._today.set_aside(_totals(day.activities) if has_any else "")
        self.empty.set_sentence(*_welcome(day.is_first))

    def _lay_out(self) -> None:
        page = QWidget()
        page.setProperty("role", "page")
        column = QVBoxLayout(page)
        side = theme.px(24)
        column.setContentsMargins(side, theme.px(20), side, side)
        column.setSpacing(theme.px(8))
        column.addLayout(self._heading())
        for widget in (self.to_complete, self.appointments, self.deadlines, self._today, self.list, self._empty_card):
            column.addWidget(widget)
        column.addSpacing(theme.px(8))
        column.addWidget(self._week_title)
        column.addWidget(self._week)
        column.addStretch(1)
        self.setWidget(page)

    def _heading(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.setContentsMargins(0, 0, 0, theme.px(4))
        row.addWidget(self._title, 1)
        row.addWidget(self._place_icon)
        row.addWidget(self._place)
        return row


def _totals(activities: Sequence[ActivityRow]) -> str:
    people, minutes = sum(row.people for row in activities), sum(row.minutes for row in activities)
    return activity_words.figures(people, minutes)


def _welcome(is_first: bool) -> tuple[str, str]:
    if is_first:
        return (
            "Bienvenue dans votre carnet",
            "Enregistrez votre premier accompagnement\u00a0: quelques touches suffisent, "
            "même sans connexion. Il apparaîtra ici.",
        )
    return (
        "Rien d’enregistré pour l’instant aujourd’hui",
        "Vos accompagnements et ateliers du jour apparaîtront ici au fil de vos saisies (Ctrl+N).",
    )
