"""Layers one on the other along time, or one horizontal bar where there is a single label."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.ui.charts import scales, shapes
from app.ui.charts.axes import HEIGHT, Axes, axes
from app.ui.charts.columns import column, write_above
from app.ui.charts.ink import Ink
from app.ui.charts.legend import Legend, Mark
from app.ui.charts.plots import Stack
from app.ui.charts.series import said_at, words_of
from app.ui.charts.shapes import Spot

_THICKNESS, _GAP = 34, 1.5


@dataclass(frozen=True, slots=True)
class StackDrawing:
    """How the layers of several columns are laid out and drawn."""

    plot: Stack
    ink: Ink

    def height(self, width: float) -> float:
        """The height of the legend and of the frame."""
        return self._legend().height(width) + self.ink.px(HEIGHT)

    def spots(self, rect: QRectF) -> tuple[Spot, ...]:
        """One for each column, over the whole height."""
        frame = self._axes(rect)
        labels = enumerate(self.plot.labels)
        return tuple(Spot(frame.strip(place), said_at(label, place, self.plot.series)) for place, label in labels)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the legend, the frame, and the layers from the first at the bottom, with their sums above."""
        self._legend().paint(painter, rect)
        frame = self._axes(rect)
        frame.paint(painter)
        for place in range(len(self.plot.labels)):
            self._paint_column(painter, frame, place)
        if not any(series.words for series in self.plot.series):
            write_above(painter, frame, tuple(scales.written(total) for total in self._totals()), self._totals())

    def _paint_column(self, painter: QPainter, frame: Axes, place: int) -> None:
        low = 0.0
        for layer, series in enumerate(self.plot.series):
            high = low + max(0.0, series.values[place])
            part = column(frame, place, low, high)
            gap = min(self.ink.px(_GAP), part.height() / 2) if low else 0.0
            shapes.paint(painter, shapes.box(part.adjusted(0, 0, 0, -gap)), self.ink.fill(layer), self.ink)
            low = high

    def _legend(self) -> Legend:
        return Legend(tuple(series.name for series in self.plot.series), Mark.SWATCH, self.ink)

    def _axes(self, rect: QRectF) -> Axes:
        room = rect.adjusted(0, self._legend().height(rect.width()), 0, 0)
        return axes(room, self.plot.labels, self._totals(), self.ink)

    def _totals(self) -> tuple[float, ...]:
        return tuple(
            sum(max(0.0, series.values[place]) for series in self.plot.series) for place in range(len(self.plot.labels))
        )


@dataclass(frozen=True, slots=True)
class ShareDrawing:
    """How one horizontal bar, parted between its series, is laid out and drawn."""

    plot: Stack
    ink: Ink

    def height(self, width: float) -> float:
        """The height of the legend and of the bar."""
        return self._legend().height(width) + self.ink.px(_THICKNESS)

    def spots(self, rect: QRectF) -> tuple[Spot, ...]:
        """One for each part."""
        series = self.plot.series
        said = (f"{one.name}\u00a0: {words_of(one, 0)}" for one in series)
        return tuple(Spot(area, words) for area, words in zip(self._parts(rect), said, strict=True))

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the legend, which gives the figures, and the bar."""
        self._legend().paint(painter, rect)
        for layer, part in enumerate(self._parts(rect)):
            gap = min(self.ink.px(_GAP), part.width() / 2)
            shapes.paint(painter, shapes.box(part.adjusted(0, 0, -gap, 0)), self.ink.fill(layer), self.ink)

    def _parts(self, rect: QRectF) -> Iterator[QRectF]:
        values = [max(0.0, series.values[0]) for series in self.plot.series]
        left, top = rect.left(), rect.top() + self._legend().height(rect.width())
        for value in values:
            width = rect.width() * value / sum(values)
            yield QRectF(left, top, width, self.ink.px(_THICKNESS))
            left += width

    def _legend(self) -> Legend:
        names = tuple(f"{series.name}\u00a0: {words_of(series, 0)}" for series in self.plot.series)
        return Legend(names, Mark.SWATCH, self.ink)
