"""Beside the form: the last activities of the person chosen, or how to go fast with the keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from app import labels
from app.services.rows import ActivityRow
from app.ui import icons, theme
from app.ui.widgets.surfaces import Card, SectionLabel, label
from protocol.vocabulary import ActivityKind

KEYS = (
    ("Entrée", "choisir dans la liste, cocher"),
    ("Tab", "passer à la suite"),
    ("← →", "aller d’un choix à l’autre"),
    ("Ctrl+Entrée", "enregistrer"),
    ("Échap", "annuler"),
)

WIDEST = 340
"""Pixels at 100 %."""


class LastActivities(QWidget):
    """Never in the way: no field, and one button."""

    topics_wanted = Signal(object)
    """The topics of the last activity, to work on again."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[ActivityRow, ...] = ()
        self._title = SectionLabel("Dernières activités")
        self._card = Card(padding=12, gap=12)
        self._again = QPushButton("Reprendre les mêmes thèmes")
        icons.set_icon(self._again, "undo-2", "text", 16)
        self._again.clicked.connect(self._want_topics)
        self._keys = _keys()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        for widget in (self._title, self._card, self._again, self._keys):
            widget.setMaximumWidth(theme.px(WIDEST))
            column.addWidget(widget)
        column.addStretch(1)
        self.show_rows(())

    def show_rows(self, rows: Sequence[ActivityRow], is_person: bool = False) -> None:
        """Show the last activities of a person, the newest first; or the keys, where there is no person."""
        self._rows = tuple(rows)
        self._empty_card()
        for row in rows:
            self._card.body.addWidget(_activity(row))
        if is_person and not rows:
            self._card.body.addWidget(label("C’est la première fois.", "muted", wraps=True))
        self._title.setVisible(is_person)
        self._card.setVisible(is_person)
        self._again.setVisible(bool(rows))
        self._keys.setVisible(not is_person)

    def _want_topics(self) -> None:
        self.topics_wanted.emit(self._rows[0].topics)

    def _empty_card(self) -> None:
        while (item := self._card.body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


def _activity(row: ActivityRow) -> QWidget:
    """The day and the duration, then what it was about."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(label(labels.day(row.day).capitalize(), "strong", wraps=True))
    kind = (row.who or "Atelier") if row.kind is ActivityKind.WORKSHOP else ""
    aside = " · ".join(filter(None, (labels.duration(row.minutes), kind, row.place)))
    column.addWidget(label(aside, "small", wraps=True))
    column.addWidget(label(", ".join(labels.TOPICS[topic] for topic in row.topics), wraps=True))
    if row.procedures:
        column.addWidget(label(", ".join(row.procedures), "small", wraps=True))
    return made


def _keys() -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.px(12))
    grid.setVerticalSpacing(theme.px(4))
    grid.addWidget(SectionLabel("Au clavier"), 0, 0, 1, 2)
    for line, (key, meaning) in enumerate(KEYS, start=1):
        grid.addWidget(label(key, "small"), line, 0)
        grid.addWidget(label(meaning, "small", wraps=True), line, 1)
    grid.setColumnStretch(1, 1)
    return made
