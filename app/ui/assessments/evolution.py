"""The five domains from one assessment to the next, in words: a line for each domain, a column for each day."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app import labels
from app.labels import NBSP
from app.services.assessments.history import AssessmentRow
from app.ui import theme
from app.ui.statistics.words import DOWN, SAME, UP
from app.ui.widgets.surfaces import Card, label
from protocol.vocabulary import SkillDomain

LATEST = 4
"""Columns at most."""


class EvolutionTable(Card):
    """The oldest at the left; an arrow says where a domain went up or down."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.body.addWidget(label("Évolution", "subtitle"))
        self._table: QWidget | None = None

    def show_rows(self, rows: Sequence[AssessmentRow]) -> None:
        """Show the last of the ended assessments, given newest first; nothing to show of a single one."""
        shown = list(reversed(rows[:LATEST]))
        self.setVisible(len(shown) > 1)
        if self._table is not None:
            self.body.removeWidget(self._table)
            self._table.hide()
            self._table.deleteLater()
        self._table = _table(shown)
        self.body.addWidget(self._table)


def _table(rows: Sequence[AssessmentRow]) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.px(16))
    grid.setVerticalSpacing(theme.px(6))
    for column, row in enumerate(rows, start=1):
        grid.addWidget(label(labels.short_day(row.day or row.begun_on), "small"), 0, column)
    for line, domain in enumerate(SkillDomain, start=1):
        grid.addWidget(label(labels.label(domain), "muted", wraps=True), line, 0, Qt.AlignmentFlag.AlignTop)
        scores = [row.scores.get(domain) for row in rows]
        for column, (was, score) in enumerate(zip([None, *scores], scores, strict=False), start=1):
            grid.addWidget(label(_cell(was, score), wraps=True), line, column, Qt.AlignmentFlag.AlignTop)
    for column in range(len(rows) + 1):
        grid.setColumnStretch(column, 1)
    return made


def _cell(was: int | None, score: int | None) -> str:
    if score is None:
        return "–"
    words = labels.SKILL_LEVELS[score]
    if was is None:
        return words
    return f"{UP if score > was else DOWN if score < was else SAME}{NBSP}{words}"
