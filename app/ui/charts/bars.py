"""Horizontal bars: the label, the bar, and its words at the end."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from app.ui.charts import shapes
from app.ui.charts.ink import Fill, Ink
from app.ui.charts.lettering import Align, cut, line_height, widest, width_of, wrapped, write, write_lines
from app.ui.charts.plots import Bars, Datum
from app.ui.charts.shapes import Spot

_LABEL_SIZE, _GAP, _AIR, _THICKNESS = 14, 10, 8, 16
_LABEL_SHARE, _NARROW = 0.4, 320
"""The most that labels take of the width, and the width under which they go above their bars."""


@dataclass(frozen=True, slots=True)
class _Row:
    datum: Datum
    lines: tuple[str, ...]
    label: QRectF
    bar: QRectF
    """All the room of the bar, filled when it has the largest value."""
    whole: QRectF


@dataclass(frozen=True, slots=True)
class BarsDrawing:
    """How horizontal bars are laid out and drawn."""

    plot: Bars
    ink: Ink

    def height(self, width: float) -> float:
        """The height of all the bars."""
        return sum(row.whole.height() for row in self._rows(QRectF(0, 0, width, 0)))

    def spots(self, rect: QRectF) -> tuple[Spot, ...]:
        """One for each bar."""
        return tuple(Spot(row.whole, f"{row.datum.label}\u00a0: {row.datum.words}") for row in self._rows(rect))

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """Draw every bar, from the top."""
        most = max(datum.value for datum in self.plot.data)
        for row in self._rows(rect):
            align = Align.AlignLeft if self._is_narrow(rect.width()) else Align.AlignRight
            write_lines(painter, row.label, row.lines, self._font(), self.ink.text, align)
            self._paint_bar(painter, row, max(0.0, row.datum.value) / most)

    def _paint_bar(self, painter: QPainter, row: _Row, share: float) -> None:
        bar = QRectF(row.bar)
        bar.setWidth(bar.width() * share)
        shapes.paint(painter, shapes.box(bar, self.ink.px(2)), Fill(self.ink.main), self.ink)
        painter.setPen(QPen(QColor(self.ink.line), self.ink.px(1)))
        painter.drawLine(QPointF(bar.left(), row.whole.top()), QPointF(bar.left(), row.whole.bottom()))
        left = bar.right() + self.ink.px(_AIR)
        height = line_height(self._font())
        room = QRectF(left, bar.center().y() - height / 2, row.whole.right() - left, height)
        write(painter, room, cut(row.datum.words, room.width(), self._font()), self._font(), self.ink.text)

    def _rows(self, rect: QRectF) -> Iterator[_Row]:
        font, ink = self._font(), self.ink
        is_narrow = self._is_narrow(rect.width())
        label_width = rect.width() if is_narrow else self._label_width(rect.width())
        left = rect.left() if is_narrow else rect.left() + label_width + ink.px(_AIR)
        words = widest(tuple(datum.words for datum in self.plot.data), font) + ink.px(
            _AIR + 1
        )  # of the exact length, they would be cut
        length = max(ink.px(12), rect.right() - left - words)
        top = rect.top()
        for datum in self.plot.data:
            lines = wrapped(datum.label, label_width, font, ink.label_lines)
            text, bar = len(lines) * line_height(font), max(ink.px(_THICKNESS), line_height(font) * 0.8)
            height = (text + bar if is_narrow else max(text, bar)) + ink.px(_GAP)
            middle = top + height - ink.px(_GAP) / 2 - bar / 2 if is_narrow else top + height / 2
            label_top = top + ink.px(_GAP) / 2 if is_narrow else top + (height - text) / 2
            yield _Row(
                datum,
                lines,
                QRectF(rect.left(), label_top, label_width, text),
                QRectF(left, middle - bar / 2, length, bar),
                QRectF(rect.left(), top, rect.width(), height),
            )
            top += height

    def _label_width(self, width: float) -> float:
        longest = max(width_of(datum.label, self._font()) for datum in self.plot.data)
        return min(longest + self.ink.px(1), width * _LABEL_SHARE)

    def _is_narrow(self, width: float) -> bool:
        return width < self.ink.px(_NARROW)

    def _font(self) -> QFont:
        return self.ink.font(_LABEL_SIZE)
