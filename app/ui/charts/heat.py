"""Rows and columns of cells, the darker the more, with their figures where they have room, and the scale below."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainter

from app.ui.charts import scales
from app.ui.charts.ink import Ink, text_on
from app.ui.charts.lettering import Align, cut, line_height, widest, width_of, write
from app.ui.charts.plots import Heat
from app.ui.charts.shapes import Spot

_SIZE, _CELL_SIZE, _CELL, _AIR, _GAP = 13, 12, 24, 8, 1
_STEPS, _STEP_WIDTH = 5, 22


@dataclass(frozen=True, slots=True)
class HeatDrawing:
    """How a heat map is laid out and drawn."""

    plot: Heat
    ink: Ink

    def height(self, width: float) -> float:
        """The height of the labels of the columns, of the rows, and of the scale."""
        label = line_height(self._font()) + self.ink.px(_AIR)
        return 2 * label + self.ink.px(_AIR) + len(self.plot.rows) * self._cell_height()

    def spots(self, rect: QRectF) -> tuple[Spot, ...]:
        """One for each cell, row after row."""
        return tuple(
            Spot(cell, f"{self.plot.rows[row]}, {self.plot.columns[column]}\u00a0: {scales.written(value)}")
            for cell, row, column, value in self._cells(rect)
        )

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the cells between their labels, then the scale."""
        area, most = self._area(rect), self._most()
        self._paint_labels(painter, rect, area)
        font = self.ink.font(_CELL_SIZE)
        room = area.width() / len(self.plot.columns) - self.ink.px(4)
        is_written = widest(tuple(scales.written(value) for row in self.plot.values for value in row), font) <= room
        for cell, _row, _column, value in self._cells(rect):
            colour = self.ink.shade(value / most)
            painter.fillRect(cell, colour)
            if is_written and value:
                write(painter, cell, scales.written(value), font, text_on(colour.name()), Align.AlignHCenter)
        self._paint_scale(painter, rect, most)

    def _paint_labels(self, painter: QPainter, rect: QRectF, area: QRectF) -> None:
        font, ink = self._font(), self.ink
        height, slot = line_height(font), area.width() / len(self.plot.columns)
        for place, name in enumerate(self.plot.rows):
            room = QRectF(rect.left(), area.top() + place * self._cell_height(), area.left() - rect.left(), 0)
            room.setHeight(self._cell_height())
            write(painter, room, cut(name, room.width() - ink.px(_AIR), font), font, ink.muted)
        every = ceil((widest(self.plot.columns, font) + ink.px(4)) / slot)
        for place in range(0, len(self.plot.columns), every):
            text = cut(self.plot.columns[place], area.width(), font)
            width = width_of(text, font)
            middle = area.left() + (place + 0.5) * slot
            left = max(rect.left(), min(middle - width / 2, rect.right() - width))
            write(painter, QRectF(left, rect.top(), width, height), text, font, ink.muted)

    def _paint_scale(self, painter: QPainter, rect: QRectF, most: float) -> None:
        font, ink = self._font(), self.ink
        height, zero, highest = line_height(font), width_of("0", font), scales.written(most)
        top, left = rect.top() + self.height(rect.width()) - height, self._area(rect).left()
        room = rect.right() - left - zero - width_of(highest, font) - 2 * ink.px(_AIR)
        step = min(ink.px(_STEP_WIDTH), max(ink.px(2), room / _STEPS))
        write(painter, QRectF(left, top, zero, height), "0", font, ink.muted)
        left += zero + ink.px(_AIR)
        for place in range(_STEPS):
            cell = QRectF(left, top + height * 0.2, step - ink.px(_GAP), height * 0.6)
            painter.fillRect(cell, ink.shade(place / (_STEPS - 1)))
            left += step
        write(painter, QRectF(left + ink.px(_AIR), top, rect.width(), height), highest, font, ink.muted)

    def _cells(self, rect: QRectF) -> Iterator[tuple[QRectF, int, int, float]]:
        area, gap = self._area(rect), self.ink.px(_GAP)
        width, height = area.width() / len(self.plot.columns), self._cell_height()
        for row, values in enumerate(self.plot.values):
            for column, value in enumerate(values):
                left, top = area.left() + column * width, area.top() + row * height
                yield QRectF(left, top, width - gap, height - gap), row, column, value

    def _area(self, rect: QRectF) -> QRectF:
        labels = min(widest(self.plot.rows, self._font()), rect.width() * 0.3) + self.ink.px(_AIR)
        top = line_height(self._font()) + self.ink.px(_AIR) / 2
        return QRectF(
            rect.left() + labels, rect.top() + top, rect.width() - labels, len(self.plot.rows) * self._cell_height()
        )

    def _cell_height(self) -> float:
        return max(self.ink.px(_CELL), line_height(self.ink.font(_CELL_SIZE)) + self.ink.px(4))

    def _most(self) -> float:
        return max(value for row in self.plot.values for value in row)

    def _font(self) -> QFont:
        return self.ink.font(_SIZE)
