"""The few shapes that our own widgets paint, so that all of them have the same borders and the same focus ring."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.ui import theme

RING = 2.0
"""Width of the focus ring, and of the gap between the ring and the shape it surrounds (pixels, never scaled)."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A rounded rectangle: token or shade of its background and of its border, width and radius in pixels."""

    fill: str | None
    border: str | None
    width: float = 1.0
    radius: float = 6.0


def painter_of(widget: QWidget) -> QPainter:
    """A painter with smooth edges for the whole widget."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def paint_shape(painter: QPainter, rect: QRectF, shape: Shape, is_focused: bool) -> None:
    """Paint the shape over the whole of `rect`, or a little smaller inside its focus ring."""
    if is_focused:
        _paint(painter, rect, Shape("surface", "primary", RING, shape.radius))
        gap = 2 * RING
        rect = rect.adjusted(gap, gap, -gap, -gap)
        shape = Shape(shape.fill, shape.border, shape.width, max(2.0, shape.radius - gap))
    _paint(painter, rect, shape)


def _paint(painter: QPainter, rect: QRectF, shape: Shape) -> None:
    half = shape.width / 2 if shape.border else 0.0
    pen = QPen(theme.colour(shape.border), shape.width) if shape.border else QPen(Qt.PenStyle.NoPen)
    painter.setPen(pen)
    painter.setBrush(theme.colour(shape.fill) if shape.fill else QColor(Qt.GlobalColor.transparent))
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), shape.radius, shape.radius)
