"""What each colour, pattern or marker stands for, in words: in a row that wraps, or in a column."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from app.ui.charts import shapes
from app.ui.charts.ink import Ink
from app.ui.charts.lettering import cut, line_height, width_of, write

SIZE = 13
_MARK, _AIR, _BETWEEN, _BELOW = 14, 6, 18, 10
_LINE_MARK = 34


class Mark(Enum):
    """What stands before the words."""

    SWATCH = "swatch"
    MARKER = "marker"


@dataclass(frozen=True, slots=True)
class Legend:
    """The names of the series, in their order, in rows."""

    names: tuple[str, ...]
    mark: Mark
    ink: Ink

    def height(self, width: float) -> float:
        """The height of the rows and of the gap below."""
        rows = 1 + max((row for row, *_ in self._entries(width)), default=0)
        return rows * self._row_height() + self.ink.px(_BELOW)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the rows from the top of `rect`."""
        font, height = self.ink.font(SIZE), self._row_height()
        mark = self._mark_width()
        for place, (row, left, name, width) in enumerate(self._entries(rect.width())):
            top = rect.top() + row * height
            self._paint_mark(painter, place, QRectF(rect.left() + left, top, mark, height))
            start = rect.left() + left + mark + self.ink.px(_AIR)
            write(painter, QRectF(start, top, width, height), name, font, self.ink.text)

    def _entries(self, width: float) -> Iterator[tuple[int, float, str, float]]:
        """The row, the left, the name and its width, of each series."""
        font, row, left = self.ink.font(SIZE), 0, 0.0
        head = self._mark_width() + self.ink.px(_AIR)
        for name in self.names:
            shown = cut(name, width - head, font)
            needed = head + width_of(shown, font)
            if left and left + needed > width:
                row, left = row + 1, 0.0
            yield row, left, shown, needed - head
            left += needed + self.ink.px(_BETWEEN)

    def _paint_mark(self, painter: QPainter, place: int, room: QRectF) -> None:
        if self.mark is Mark.SWATCH:
            side = room.width()
            shapes.paint_swatch(
                painter, QRectF(room.left(), room.center().y() - side / 2, side, side), self.ink.fill(place), self.ink
            )
            return
        centre = room.center()
        painter.setPen(shapes.line_pen(place, self.ink))
        painter.drawLine(QPointF(room.left(), centre.y()), QPointF(room.right(), centre.y()))
        shapes.paint_marker(painter, centre, place, self.ink.px(4.5), self.ink)

    def _mark_width(self) -> float:
        return self.ink.px(_MARK if self.mark is Mark.SWATCH else _LINE_MARK)

    def _row_height(self) -> float:
        return max(line_height(self.ink.font(SIZE)), self.ink.px(_MARK)) + self.ink.px(4)
