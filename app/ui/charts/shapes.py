"""The few shapes that charts are made of: filled areas with their patterns, markers, swatches, and places to read."""

from dataclasses import dataclass
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from app.ui.charts.ink import Fill, Ink, Pattern

_HATCH_GAP, _HATCH_WIDTH, _DOT = 6.0, 1.4, 1.3
_STROKES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
)
_NO_PEN = QPen(Qt.PenStyle.NoPen)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a chart that can be pointed at, and what it says there."""

    area: QRectF
    words: str
    shape: QPainterPath | None = None
    """Where it can be pointed at too, for what is not a rectangle."""

    def contains(self, point: QPointF) -> bool:
        """Whether a pointer there means this place."""
        return self.area.contains(point) or (self.shape is not None and self.shape.contains(point))


def box(rect: QRectF, corner: float = 0.0) -> QPainterPath:
    """A rectangle as a shape."""
    path = QPainterPath()
    corner = min(corner, rect.width() / 2, rect.height() / 2)
    path.addRoundedRect(rect, corner, corner)
    return path


def paint(painter: QPainter, shape: QPainterPath, fill: Fill, ink: Ink) -> None:
    """Fill a shape with its colour, then with its pattern in the colour of the surface."""
    painter.fillPath(shape, QColor(fill.colour))
    if fill.pattern is Pattern.PLAIN or shape.isEmpty():
        return
    painter.save()
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    _lay_pattern(painter, shape.boundingRect(), fill.pattern, ink)
    painter.restore()


def _lay_pattern(painter: QPainter, room: QRectF, pattern: Pattern, ink: Ink) -> None:
    gap = ink.px(_HATCH_GAP)
    painter.setPen(QPen(QColor(ink.surface), ink.px(_HATCH_WIDTH)))
    if pattern is Pattern.DOTS:
        _lay_dots(painter, room, gap * 0.8, ink)
        return
    if pattern in (Pattern.RISING, Pattern.CROSSED):
        _lay_slanted(painter, room, gap * 1.4, -1)
    if pattern in (Pattern.FALLING, Pattern.CROSSED):
        _lay_slanted(painter, room, gap * 1.4, 1)
    if pattern is Pattern.LEVEL:
        for place in range(1, int(room.height() / gap) + 1):
            y = room.top() + place * gap - gap / 2
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))


def _lay_slanted(painter: QPainter, room: QRectF, gap: float, slope: int) -> None:
    height = room.height()
    for place in range(int((room.width() + height) / gap) + 2):
        x = room.left() - height + place * gap
        top, bottom = (x, x + height) if slope > 0 else (x + height, x)
        painter.drawLine(QPointF(top, room.top()), QPointF(bottom, room.bottom()))


def _lay_dots(painter: QPainter, room: QRectF, gap: float, ink: Ink) -> None:
    painter.setPen(_NO_PEN)
    painter.setBrush(QColor(ink.surface))
    radius = ink.px(_DOT)
    for row in range(int(room.height() / gap) + 1):
        shift = gap / 2 if row % 2 else 0.0
        for column in range(int(room.width() / gap) + 1):
            centre = QPointF(room.left() + gap / 2 + shift + column * gap, room.top() + gap / 2 + row * gap)
            painter.drawEllipse(centre, radius, radius)


def paint_swatch(painter: QPainter, rect: QRectF, fill: Fill, ink: Ink) -> None:
    """The small square of a legend."""
    paint(painter, box(rect, ink.px(2)), fill, ink)


def line_pen(place: int, ink: Ink) -> QPen:
    """The pen of the series at this place: plain for the first two, then dashes and dots."""
    pen = QPen(QColor(ink.fill(place).colour), ink.px(2), _STROKES[place % len(_STROKES)])
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def paint_marker(painter: QPainter, centre: QPointF, place: int, radius: float, ink: Ink) -> None:
    """The marker of the series at this place, of a shape of its own: disc, square, triangle, lozenge, ring."""
    colour = QColor(ink.fill(place).colour)
    painter.setPen(QPen(QColor(ink.surface), ink.px(1)))
    painter.setBrush(colour)
    match place % 5:
        case 0:
            painter.drawEllipse(centre, radius, radius)
        case 1:
            painter.drawRect(QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius))
        case 2:
            painter.drawPolygon(_polygon(centre, radius * 1.3, 3))
        case 3:
            painter.drawPolygon(_polygon(centre, radius * 1.3, 4))
        case _:
            painter.setPen(QPen(colour, ink.px(2)))
            painter.setBrush(QColor(ink.surface))
            painter.drawEllipse(centre, radius, radius)


def _polygon(centre: QPointF, radius: float, corners: int) -> QPolygonF:
    angles = (2 * pi * corner / corners - pi / 2 for corner in range(corners))
    return QPolygonF([QPointF(centre.x() + radius * cos(one), centre.y() + radius * sin(one)) for one in angles])
