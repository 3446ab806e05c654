"""Parts of a whole around a ring, each with its swatch and its words beside."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from app.ui.charts import shapes
from app.ui.charts.ink import Ink
from app.ui.charts.lettering import cut, line_height, wrapped, write, write_lines
from app.ui.charts.plots import Datum, Donut
from app.ui.charts.shapes import Spot

_SIDE, _HOLE = 190, 0.56
_SIZE, _MARK, _AIR, _BETWEEN, _ROW_GAP, _NARROW = 13, 14, 8, 24, 8, 400
_THINNEST = 3.0
"""Degrees: a part that is not nothing can always be seen."""
_WHOLE = 359.999


@dataclass(frozen=True, slots=True)
class _Entry:
    datum: Datum
    lines: tuple[str, ...]
    area: QRectF


@dataclass(frozen=True, slots=True)
class DonutDrawing:
    """How a ring and its legend are laid out and drawn; the legend goes below where the width is short."""

    plot: Donut
    ink: Ink

    def height(self, width: float) -> float:
        """The height of the ring beside its legend, or above it."""
        legend = sum(entry.area.height() for entry in self._entries(QRectF(0, 0, width, 0)))
        side = self._side(width)
        return side + self.ink.px(_BETWEEN) + legend if self._is_narrow(width) else max(side, legend)

    def spots(self, rect: QRectF) -> tuple[Spot, ...]:
        """One for each entry of the legend, with its part of the ring."""
        pairs = zip(self._entries(rect), self._parts(self._ring(rect)), strict=True)
        return tuple(Spot(entry.area, f"{entry.datum.label}\u00a0: {entry.datum.words}", part) for entry, part in pairs)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the ring clockwise from its top, and the legend in the same order."""
        for place, part in enumerate(self._parts(self._ring(rect))):
            shapes.paint(painter, part, self.ink.fill(place), self.ink)
            painter.strokePath(part, QPen(QColor(self.ink.surface), self.ink.px(1.5)))
        for place, entry in enumerate(self._entries(rect)):
            self._paint_entry(painter, place, entry)

    def _parts(self, ring: QRectF) -> Iterator[QPainterPath]:
        """The shape of each part; an empty one for what is nothing."""
        inside = ring.width() * (1 - _HOLE) / 2
        hole = ring.adjusted(inside, inside, -inside, -inside)
        for start, span in self._angles():
            path = QPainterPath()
            if span >= _WHOLE:  # alone: no seam
                path.addEllipse(ring)
                path.addEllipse(hole)
            elif span:
                path.arcMoveTo(ring, 90 - start)
                path.arcTo(ring, 90 - start, -span)
                path.arcTo(hole, 90 - start - span, span)
                path.closeSubpath()
            yield path

    def _paint_entry(self, painter: QPainter, place: int, entry: _Entry) -> None:
        ink, font = self.ink, self._font()
        height, side = line_height(font), ink.px(_MARK)
        area = entry.area
        swatch = QRectF(area.left(), area.top() + (height - side) / 2, side, side)
        shapes.paint_swatch(painter, swatch, ink.fill(place), ink)
        text = QRectF(area.left() + side + ink.px(_AIR), area.top(), area.width(), height * len(entry.lines))
        write_lines(painter, text, entry.lines, font, ink.text)
        words = QRectF(text.left(), text.bottom(), area.right() - text.left(), height)
        write(painter, words, cut(entry.datum.words, words.width(), font), font, ink.muted)

    def _entries(self, rect: QRectF) -> Iterator[_Entry]:
        ink, font = self.ink, self._font()
        beside = 0.0 if self._is_narrow(rect.width()) else ink.px(_SIDE + _BETWEEN)
        width = rect.width() - beside
        room, most = width - ink.px(_MARK + _AIR), ink.label_lines
        labels = [wrapped(datum.label, room, font, most) for datum in self.plot.data]
        heights = [(len(lines) + 1) * line_height(font) + ink.px(_ROW_GAP) for lines in labels]
        below = self._side(rect.width()) + ink.px(_BETWEEN)
        top = rect.top() + (max(0.0, (ink.px(_SIDE) - sum(heights)) / 2) if beside else below)
        for datum, lines, height in zip(self.plot.data, labels, heights, strict=True):
            yield _Entry(datum, lines, QRectF(rect.left() + beside, top, width, height))
            top += height

    def _ring(self, rect: QRectF) -> QRectF:
        side = self._side(rect.width())
        left = rect.left() + (rect.width() - side) / 2 if self._is_narrow(rect.width()) else rect.left()
        return QRectF(left, rect.top(), side, side)

    def _angles(self) -> Iterator[tuple[float, float]]:
        """Where each part starts, clockwise from the top, and what it spans, in degrees."""
        values = [max(0.0, datum.value) for datum in self.plot.data]
        spans = [max(_THINNEST, 360 * value / sum(values)) if value else 0.0 for value in values]
        start = 0.0
        for span in spans:
            part = 360 * span / sum(spans)
            yield start, part
            start += part

    def _side(self, width: float) -> float:
        return min(self.ink.px(_SIDE), width)

    def _is_narrow(self, width: float) -> bool:
        return width < self.ink.px(_NARROW)

    def _font(self) -> QFont:
        return self.ink.font(_SIZE)
