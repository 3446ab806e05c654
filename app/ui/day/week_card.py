"""The week in one glance: a bar for each day, and four figures."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import labels
from app.services.rows import WeekFigures
from app.ui import theme
from app.ui.widgets.bar_strip import BarStrip
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.surfaces import Card, label


class WeekCard(Card):
    """The figures of the week that holds today."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, parent=parent)
        self._bars = BarStrip()
        self._people = _Figure()
        self._time = _Figure()
        self._new = _Figure()
        self._activities = _Figure()
        figures = QWidget()
        flow = FlowLayout(figures, gap=32)
        for figure in (self._people, self._time, self._new, self._activities):
            flow.addWidget(figure)
        row = QHBoxLayout()
        row.setSpacing(theme.px(48))
        row.addWidget(self._bars)
        row.addWidget(figures, 1)
        self.body.addLayout(row)

    def show_week(self, week: WeekFigures, today: date) -> None:
        """Show these figures, today in colour."""
        spoken = [labels.count(number, "accompagnement") for number in week.people_by_day]
        self._bars.set_week(week.people_by_day, today.weekday(), spoken)
        self._people.say(labels.figure(week.people), _agreed(week.people, "accompagnement"))
        self._time.say(labels.duration(week.minutes), "avec le public")
        self._new.say(labels.figure(week.new_people), _agreed(week.new_people, "nouvelle personne"))
        self._activities.say(labels.figure(week.activities), _agreed(week.activities, "activité"))


class _Figure(QWidget):
    """A large figure over what it counts."""

    def __init__(self) -> None:
        super().__init__()
        self._figure, self._words = label("", "figure"), label("", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._figure)
        column.addWidget(self._words)

    def say(self, figure: str, words: str) -> None:
        """Change the figure and what it counts."""
        self._figure.setText(figure)
        self._words.setText(words)
        self.setAccessibleName(f"{figure} {words}")


def _agreed(number: int, words: str) -> str:
    """In French, zero and one are singular."""
    return words if number < 2 else " ".join(f"{word}s" for word in words.split())
