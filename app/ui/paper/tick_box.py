"""A line with a box before it, to be ticked on paper."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.ui.paper.blocks import Block
from app.ui.paper.lettering import Passage, Style
from app.ui.paper.sheet import INK, QUIET


@dataclass(frozen=True, slots=True)
class TickBox(Block):
    """A line to tick, with a pen or already."""

    text: str
    is_ticked: bool
    points: float

    @property
    def side(self) -> float:
        """Of the box: as tall as the letters."""
        return self.points * 0.94

    @property
    def after(self) -> float:
        return self.points * 0.55

    def height(self, width: float) -> float:
        return self._passage(width).height

    def draw(self, painter: QPainter, left: float, top: float, width: float) -> None:
        painter.setPen(QPen(QColor(INK), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(left + 1, top + self.points / 4, self.side, self.side)
        painter.drawRoundedRect(box, 2, 2)
        if self.is_ticked:
            painter.setPen(QPen(QColor(INK), 2.2))
            marks = ((0.2, 0.55), (0.42, 0.78), (0.82, 0.24))
            points = [QPointF(box.left() + x * self.side, box.top() + y * self.side) for x, y in marks]
            painter.drawPolyline(QPolygonF(points))
        self._passage(width).draw(painter, left + self.side + 12, top)

    def _passage(self, width: float) -> Passage:
        colour = QUIET if self.is_ticked else INK
        return Passage(self.text, Style(self.points, colour=colour), width - self.side - 12)
