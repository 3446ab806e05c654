"""Lines along time, each with a marker of its own shape."""

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from app.ui.charts import shapes
from app.ui.charts.axes import HEIGHT, Axes, axes
from app.ui.charts.ink import Ink
from app.ui.charts.legend import Legend, Mark
from app.ui.charts.plots import Lines
from app.ui.charts.series import said_at
from app.ui.charts.shapes import Spot

_MARKER, _BETWEEN_MARKERS = 4.5, 22


@dataclass(frozen=True, slots=True)
class LinesDrawing:
    """How lines are laid out and drawn."""

    plot: Lines
    ink: Ink

    def height(self, width: float) -> float:
        """The height of the legend and of the frame."""
        return self._legend_height(width) + self.ink.px(HEIGHT)

    def spots(self, rect: QRectF) -> tuple[Spot, ...]:
        """One for each label, over the whole height."""
        frame = self._axes(rect)
        labels = enumerate(self.plot.labels)
        return tuple(Spot(frame.strip(place), said_at(label, place, self.plot.series)) for place, label in labels)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the legend, the frame, and the lines, the first one above the others."""
        if self._legend_height(rect.width()):
            self._legend().paint(painter, rect)
        frame = self._axes(rect)
        frame.paint(painter)
        for place in reversed(range(len(self.plot.series))):
            self._paint_line(painter, frame, place)

    def _paint_line(self, painter: QPainter, frame: Axes, place: int) -> None:
        ink, values = self.ink, self.plot.series[place].values
        points = [QPointF(frame.x(label), frame.y(value)) for label, value in enumerate(values)]
        painter.setPen(shapes.line_pen(place, ink))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        every = ceil(ink.px(_BETWEEN_MARKERS) / frame.slot)
        for point in points[::-every]:
            shapes.paint_marker(painter, point, place, ink.px(_MARKER), ink)

    def _legend(self) -> Legend:
        return Legend(tuple(series.name for series in self.plot.series), Mark.MARKER, self.ink)

    def _legend_height(self, width: float) -> float:
        """Nothing for a single line: the title names it."""
        return self._legend().height(width) if len(self.plot.series) > 1 else 0.0

    def _axes(self, rect: QRectF) -> Axes:
        room = rect.adjusted(0, self._legend_height(rect.width()), -self.ink.px(_MARKER), 0)
        values = [value for series in self.plot.series for value in series.values]
        return axes(room, self.plot.labels, values, self.ink)
