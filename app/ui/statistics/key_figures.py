"""The key figures: a tile each, compared with another period."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.statistics.figures import Comparison, Statistics
from app.ui import theme
from app.ui.statistics import words
from app.ui.statistics.grid import Grid
from app.ui.statistics.words import KEY_FIGURES, KeyFigure
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.info_button import InfoButton
from app.ui.widgets.segmented_control import SegmentedControl
from app.ui.widgets.surfaces import Card, label

PREVIOUS, LAST_YEAR = "previous", "last_year"
_TILE = 300


class KeyFigures(QWidget):
    """Every tile, and the choice of what they are compared with."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._statistics: Statistics | None = None
        choices = [(PREVIOUS, "Période précédente"), (LAST_YEAR, "Même période l’an dernier")]
        self.choice: SegmentedControl[str] = SegmentedControl(choices)
        self.choice.setAccessibleName("Comparer avec")
        self.choice.changed.connect(self._show_comparison)
        self._period = label("", "muted")
        self._bar = QWidget()
        self.tiles = {figure.field: Tile(figure) for figure in KEY_FIGURES}
        self._lay_out()

    def show_figures(self, statistics: Statistics) -> None:
        """Show the totals of a page, and what they are compared with."""
        self._statistics = statistics
        self._bar.setVisible(statistics.previous is not None or statistics.last_year is not None)
        for tile in self.tiles.values():
            tile.show_figure(statistics)
        self._show_comparison()

    def comparison(self) -> Comparison | None:
        """The period that the tiles are compared with."""
        if self._statistics is None:
            return None
        return self._statistics.previous if self.choice.value() == PREVIOUS else self._statistics.last_year

    def _show_comparison(self) -> None:
        statistics, other = self._statistics, self.comparison()
        if statistics is None:
            return
        is_comparable = words.is_comparable(other)
        if other is not None:
            self._period.setText(other.label if is_comparable else f"{other.label}\u00a0: aucune activité à comparer")
        for tile in self.tiles.values():
            tile.show_comparison(statistics, other if is_comparable else None)

    def _lay_out(self) -> None:
        flow = FlowLayout(self._bar, gap=12)
        caption = label("Comparer avec", "muted")
        for part in (caption, self.choice, self._period):
            flow.addWidget(part)
        for words_ in (caption, self._period):
            words_.setFixedHeight(self.choice.sizeHint().height())
        grid = Grid(theme.px(_TILE), most=3)
        for tile in self.tiles.values():
            grid.add(tile)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self._bar)
        column.addWidget(grid)


class Tile(Card):
    """One figure, what it is made of, and how it moved."""

    def __init__(self, figure: KeyFigure, parent: QWidget | None = None) -> None:
        super().__init__(padding=14, gap=2, parent=parent)
        self._key = figure
        self.figure = label("", "figure")
        self._details = label("", "muted", wraps=True)
        self.moved = label("", wraps=True)
        definition = label("", "small", wraps=True)
        self.info = InfoButton(definition)
        head = QHBoxLayout()
        head.addWidget(label(figure.title, "field"), 1)
        head.addWidget(self.info, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        for part in (self.figure, self._details, self.moved, definition):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def show_figure(self, statistics: Statistics) -> None:
        """Show the figure of a page and its definition."""
        self.figure.setText(self._key.say(self._key.value(statistics.totals)))
        self._details.setText(self._key.details(statistics.totals))
        self.info.set_definition(self._key.definition(statistics))

    def show_comparison(self, statistics: Statistics, other: Comparison | None) -> None:
        """Say how the figure moved since another period; nothing without one."""
        said = words.compared(self._key, statistics.totals, other.totals) if other else ""
        self.moved.setText(said)
        self.moved.setVisible(bool(said))
        self.moved.setToolTip(other.label if other else "")
        told = (self._key.title, self.figure.text(), self._details.text(), said)
        self.info.set_figure(", ".join(filter(None, told)))
