"""The frame of what runs along time: round figures at the left on light lines, labels below, thinned when crowded."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from app.ui.charts import scales
from app.ui.charts.ink import Ink
from app.ui.charts.lettering import Align, cut, line_height, widest, width_of, write

HEIGHT = 210
"""Of the frame with its labels, in pixels of the design."""
SIZE = 13
_AIR, _LONGEST_LABEL = 8, 96


@dataclass(frozen=True, slots=True)
class Axes:
    """Where each figure and each label falls."""

    area: QRectF
    """What the data are drawn on, from the line of zero at its bottom to the highest line at its top."""
    room: QRectF
    ticks: tuple[float, ...]
    labels: tuple[str, ...]
    ink: Ink

    @property
    def slot(self) -> float:
        """The width that belongs to each label."""
        return self.area.width() / max(1, len(self.labels))

    def y(self, value: float) -> float:
        """The height of a value."""
        return self.area.bottom() - self.area.height() * min(1.0, max(0.0, value) / self.ticks[-1])

    def x(self, place: int) -> float:
        """The middle of the slot of a label."""
        return self.area.left() + (place + 0.5) * self.slot

    def strip(self, place: int) -> QRectF:
        """The whole height that belongs to a label, to be pointed at."""
        return QRectF(self.area.left() + place * self.slot, self.room.top(), self.slot, self.room.height())

    def paint(self, painter: QPainter) -> None:
        """Draw the lines, their figures, and the labels."""
        font, ink = self.ink.font(SIZE), self.ink
        height = line_height(font)
        for tick in self.ticks:
            y = self.y(tick)
            painter.setPen(QPen(QColor(ink.line if tick else ink.muted), ink.px(1)))
            painter.drawLine(QPointF(self.area.left(), y), QPointF(self.area.right(), y))
            room = QRectF(self.room.left(), y - height / 2, self.area.left() - self.room.left() - ink.px(_AIR), height)
            write(painter, room, scales.written(tick), font, ink.muted, Align.AlignRight)
        self._paint_labels(painter)

    def _paint_labels(self, painter: QPainter) -> None:
        font, ink = self.ink.font(SIZE), self.ink
        height, gap = line_height(font), ink.px(_AIR)
        longest = min(widest(self.labels, font), ink.px(_LONGEST_LABEL))
        every = max(1, ceil((longest + gap) / self.slot))
        last, free = len(self.labels) - 1, self.room.right() + gap
        for place in range(last, -1, -every):
            text = cut(self.labels[place], max(self.slot * every - gap, ink.px(20)), font)
            width = width_of(text, font)
            left = max(self.room.left(), min(self.x(place) - width / 2, self.room.right() - width))
            if left + width + gap / 2 > free:
                continue
            free = left
            room = QRectF(left, self.room.bottom() - height, width, height)
            write(painter, room, text, font, ink.muted)


def axes(rect: QRectF, labels: tuple[str, ...], values: Sequence[float], ink: Ink) -> Axes:
    """The frame that fills `rect`, high enough for the highest of `values`."""
    marks = scales.ticks(max(values), is_whole=all(value == int(value) for value in values))
    font = ink.font(SIZE)
    figures = widest(tuple(scales.written(mark) for mark in marks), font)
    height = line_height(font)
    area = rect.adjusted(figures + ink.px(_AIR), height * 1.3, 0, -height - ink.px(_AIR))
    return Axes(area, rect, marks, labels, ink)
