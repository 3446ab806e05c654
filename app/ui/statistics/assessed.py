"""The digital assessments of a period: how many, for whom, and how each domain went."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app import labels
from app.services.statistics.figures import AssessmentFigures, Statistics
from app.ui import theme
from app.ui.statistics import plotting, words
from app.ui.widgets.info_button import InfoButton
from app.ui.widgets.surfaces import Card, label
from protocol.vocabulary import SkillDomain

_TITLE = "Diagnostics numériques"


class AssessedCard(Card):
    """Two sentences, and a line for each domain."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        definition = label("", "muted", wraps=True)
        self._info = InfoButton(definition)
        self.sentence, self.again = label("", wraps=True), label("", "small", wraps=True)
        self._table = QWidget()
        self._cells = [[label("", "strong") for _way in range(3)] for _domain in SkillDomain]
        head = QHBoxLayout()
        head.addWidget(label(_TITLE, "subtitle", wraps=True), 1)
        head.addWidget(self._info)
        self.body.addLayout(head)
        for widget in (definition, self.sentence, self.again, self._table):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self._lay_out()

    def show_figures(self, statistics: Statistics) -> None:
        """Show the assessments of a page."""
        found = statistics.assessments
        self._info.set_definition(found.definition)
        self.sentence.setText(words.assessed_words(found))
        self._info.set_figure(f"{_TITLE}. {self.sentence.text()}")
        self.again.setText(words.progress_again(found))
        self.again.setVisible(found.number > 0)
        self._table.setVisible(found.again > 0)
        for cells, row in zip(self._cells, plotting.domains_of(found).rows, strict=False):
            for cell, words_ in zip(cells, row[1:], strict=True):
                cell.setText(words_)

    def _lay_out(self) -> None:
        grid = QGridLayout(self._table)
        grid.setContentsMargins(0, theme.px(8), 0, 0)
        grid.setSpacing(theme.px(10))
        empty = plotting.domains_of(AssessmentFigures())
        for column, heading in enumerate(empty.headings):
            grid.addWidget(label(heading, "small", wraps=True), 0, column, Qt.AlignmentFlag.AlignBottom)
            grid.setColumnStretch(column, 1 if column else 2)
        for line, (domain, cells) in enumerate(zip(SkillDomain, self._cells, strict=True), start=1):
            grid.addWidget(label(labels.label(domain), "small", wraps=True), line, 0)
            for column, cell in enumerate(cells, start=1):
                grid.addWidget(cell, line, column)
