"""Charts on any painter: a screen, a picture, a page."""

from typing import Protocol

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.ui.charts.bars import BarsDrawing
from app.ui.charts.columns import ColumnsDrawing
from app.ui.charts.donut import DonutDrawing
from app.ui.charts.heat import HeatDrawing
from app.ui.charts.ink import Ink
from app.ui.charts.lettering import line_height, wrapped, write_lines
from app.ui.charts.lines import LinesDrawing
from app.ui.charts.plots import Bars, Columns, Donut, Heat, Lines, Plot, Stack
from app.ui.charts.readings import is_empty
from app.ui.charts.shapes import Spot
from app.ui.charts.stack import ShareDrawing, StackDrawing

NOTHING = "Rien à montrer pour cette sélection."
_SIZE, _AIR = 14, 24


class Drawing(Protocol):
    """One kind of chart with its data, ready to be drawn in one ink."""

    def height(self, width: float) -> float:
        """The height that it needs at a width, in units of the painter."""

    def spots(self, rect: QRectF) -> tuple[Spot, ...]:
        """The places that can be pointed at when it is drawn in `rect`, in the order in which they are read."""

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """Draw it in `rect`, whose height is the one needed."""


def draw(plot: Plot, painter: QPainter, rect: QRectF, ink: Ink) -> None:
    """Draw a chart from the top of `rect`, without its title: it takes `height_for` of the width."""
    drawing = _drawing(plot, ink)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawing.paint(painter, _fitted(drawing, rect))
    painter.restore()


def height_for(plot: Plot, width: float, ink: Ink) -> float:
    """The height of a chart drawn at this width, in units of the painter."""
    return _drawing(plot, ink).height(width)


def spots(plot: Plot, rect: QRectF, ink: Ink) -> tuple[Spot, ...]:
    """What can be pointed at, and what it says, where the chart is drawn in `rect`."""
    drawing = _drawing(plot, ink)
    return drawing.spots(_fitted(drawing, rect))


def _fitted(drawing: Drawing, rect: QRectF) -> QRectF:
    return QRectF(rect.left(), rect.top(), rect.width(), drawing.height(rect.width()))


def _drawing(plot: Plot, ink: Ink) -> Drawing:
    if is_empty(plot):
        return _Nothing(ink)
    match plot:
        case Bars():
            return BarsDrawing(plot, ink)
        case Columns():
            return ColumnsDrawing(plot, ink)
        case Stack(labels=(_,)):
            return ShareDrawing(plot, ink)
        case Stack():
            return StackDrawing(plot, ink)
        case Lines():
            return LinesDrawing(plot, ink)
        case Donut():
            return DonutDrawing(plot, ink)
        case Heat():
            return HeatDrawing(plot, ink)
    raise TypeError(type(plot))


class _Nothing:
    """The quiet sentence of a chart without any figure."""

    def __init__(self, ink: Ink) -> None:
        self._ink, self._font = ink, ink.font(_SIZE)

    def height(self, width: float) -> float:
        return len(self._lines(width)) * line_height(self._font) + self._ink.px(_AIR)

    def spots(self, rect: QRectF) -> tuple[Spot, ...]:
        return ()

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        write_lines(painter, rect, self._lines(rect.width()), self._font, self._ink.muted)

    def _lines(self, width: float) -> tuple[str, ...]:
        return wrapped(NOTHING, width, self._font, most=3)
