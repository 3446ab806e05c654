"""Vertical bars along time."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from app.ui.charts import shapes
from app.ui.charts.axes import HEIGHT, SIZE, Axes, axes
from app.ui.charts.ink import Fill, Ink
from app.ui.charts.lettering import Align, line_height, widest, width_of, write
from app.ui.charts.plots import Columns
from app.ui.charts.shapes import Spot

SHARE, LARGEST = 0.68, 56
"""What a column takes of its slot, and its largest width."""


@dataclass(frozen=True, slots=True)
class ColumnsDrawing:
    """How columns are laid out and drawn."""

    plot: Columns
    ink: Ink

    def height(self, width: float) -> float:
        """The same for every width."""
        return self.ink.px(HEIGHT)

    def spots(self, rect: QRectF) -> tuple[Spot, ...]:
        """One for each column, over the whole height."""
        frame = self._axes(rect)
        said = (f"{datum.label}\u00a0: {datum.words}" for datum in self.plot.data)
        return tuple(Spot(frame.strip(place), words) for place, words in enumerate(said))

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the frame and the columns, with their words above where all of them have room."""
        frame = self._axes(rect)
        frame.paint(painter)
        for place, datum in enumerate(self.plot.data):
            bar = column(frame, place, 0.0, datum.value)
            shapes.paint(painter, shapes.box(bar), Fill(self.ink.main), self.ink)
        write_above(painter, frame, tuple(datum.words for datum in self.plot.data), self._values())

    def _axes(self, rect: QRectF) -> Axes:
        return axes(rect, tuple(datum.label for datum in self.plot.data), self._values(), self.ink)

    def _values(self) -> tuple[float, ...]:
        return tuple(datum.value for datum in self.plot.data)


def column(frame: Axes, place: int, low: float, high: float) -> QRectF:
    """The column of a label, between two values."""
    width = min(frame.slot * SHARE, frame.ink.px(LARGEST))
    top = frame.y(high)
    return QRectF(frame.x(place) - width / 2, top, width, frame.y(low) - top)


def write_above(painter: QPainter, frame: Axes, words: tuple[str, ...], values: tuple[float, ...]) -> None:
    """Write the words above the columns, if the slots are wide enough for all of them."""
    ink, font = frame.ink, frame.ink.font(SIZE)
    if widest(words, font) > frame.slot - ink.px(4):
        return
    height = line_height(font)
    for place, (said, value) in enumerate(zip(words, values, strict=True)):
        if value > 0:
            width = width_of(said, font)
            room = QRectF(frame.x(place) - width / 2, frame.y(value) - height, width, height)
            clear = room.adjusted(0, 0, 0, -ink.px(2))  # over the line that it may cross, not over the column
            painter.fillRect(clear, QColor(ink.surface))
            write(painter, room, said, font, ink.text, Align.AlignHCenter)
