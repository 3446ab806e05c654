"""From a first level of autonomy to a last one: a sentence, and how many people went from where to where."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app import labels
from app.services.statistics.figures import Statistics
from app.ui import theme
from app.ui.statistics import plotting, words
from app.ui.widgets.info_button import InfoButton
from app.ui.widgets.surfaces import Card, label

_TITLE = "Progrès des personnes suivies"


class PathTable(Card):
    """Three levels across, three down; the sentence says the same for those who do not see the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        definition = label("", "muted", wraps=True)
        self._info = InfoButton(definition)
        self.sentence = label("", wraps=True)
        self._table = QWidget()
        self._cells = [[label("", "strong") for _last in range(3)] for _first in range(3)]
        head = QHBoxLayout()
        head.addWidget(label(_TITLE, "subtitle", wraps=True), 1)
        head.addWidget(self._info)
        self.body.addLayout(head)
        self.body.addWidget(definition)
        self.body.addWidget(self.sentence)
        self.body.addWidget(self._table)
        self.body.addStretch(1)
        self._lay_out()

    def show_figures(self, statistics: Statistics) -> None:
        """Show the paths of a page."""
        paths = statistics.autonomy_paths
        self._info.set_definition(paths.definition)
        self.sentence.setText(words.progress_words(paths.forward, paths.same, paths.back))
        self._info.set_figure(f"{_TITLE}. {self.sentence.text()}")
        self._table.setVisible(any(map(any, paths.paths)))
        for cells, row in zip(self._cells, plotting.paths_of(paths).rows, strict=True):
            for cell, words_ in zip(cells, row[1:], strict=True):
                cell.setText(words_)

    def _lay_out(self) -> None:
        grid = QGridLayout(self._table)
        grid.setContentsMargins(0, theme.px(8), 0, 0)
        grid.setSpacing(theme.px(10))
        grid.addWidget(label("Premier niveau ↓ dernier niveau →", "small", wraps=True), 0, 0)
        for number, name in enumerate(labels.AUTONOMY.values()):
            grid.addWidget(label(name, "small", wraps=True), 0, number + 1, Qt.AlignmentFlag.AlignBottom)
            grid.addWidget(label(name, "small", wraps=True), number + 1, 0)
            grid.setColumnStretch(number + 1, 1)
        grid.setColumnStretch(0, 1)
        for first, cells in enumerate(self._cells):
            for last, cell in enumerate(cells):
                grid.addWidget(cell, first + 1, last + 1)
