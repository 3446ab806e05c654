"""A chart on paper: its title, what its percentages are a share of, and the drawing."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.ui.charts import drawing
from app.ui.charts.ink import paper
from app.ui.charts.plots import Plot
from app.ui.paper.blocks import Block, Text, draw_stack, stack_height
from app.ui.paper.lettering import Style
from app.ui.paper.sheet import QUIET

_POINTS = 9.0
"""Size of the running text of a chart."""


@dataclass(frozen=True, slots=True)
class Chart(Block):
    """A plot, never cut."""

    plot: Plot
    below: float = 12

    @property
    def after(self) -> float:
        return self.below

    def height(self, width: float) -> float:
        return self._head_height(width) + drawing.height_for(self.plot, width, paper(_POINTS))

    def draw(self, painter: QPainter, left: float, top: float, width: float) -> None:
        draw_stack(self._head(), painter, left, top, width)
        above, ink = self._head_height(width), paper(_POINTS)
        drawing.draw(
            self.plot, painter, QRectF(left, top + above, width, drawing.height_for(self.plot, width, ink)), ink
        )

    def _head(self) -> tuple[Text, ...]:
        title = Text(self.plot.title, Style(11, bold=True), below=1)
        note = Text(self.plot.note, Style(8.5, colour=QUIET))
        return (title, note) if self.plot.note else (title,)

    def _head_height(self, width: float) -> float:
        return stack_height(self._head(), width) + 4
