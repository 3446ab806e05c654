"""The foot of a mandate: the person's signature at the left, the advisor's at the right, drawn or room for the hand."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.services.signatures import Drawing
from app.ui.paper.blocks import Block, Text, draw_stack, stack_height
from app.ui.paper.lettering import Style
from app.ui.paper.sheet import INK, LINE, QUIET

_ROOM, _GAP, _INNER, _UNDER_NAME = 60.0, 20.0, 6.0, 2.0


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, as what, and how it was drawn on the screen if it was."""

    role: str
    name: str
    drawing: Drawing | None


@dataclass(frozen=True, slots=True)
class Signatures(Block):
    """Two frames side by side, kept together."""

    left: Signer
    right: Signer

    @property
    def before(self) -> float:
        return 6.0

    def height(self, width: float) -> float:
        return self._titles(width) + _ROOM

    def draw(self, painter: QPainter, left: float, top: float, width: float) -> None:
        half, titles = _half(width), self._titles(width)
        for signer, x in ((self.left, left), (self.right, left + half + _GAP)):
            draw_stack(_who(signer), painter, x, top, half)
            frame = QRectF(x, top + titles, half, _ROOM)
            painter.setPen(QPen(QColor(LINE), 0.7))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, 4, 4)
            if signer.drawing:
                draw_strokes(painter, signer.drawing, frame.adjusted(_INNER, _INNER, -_INNER, -_INNER), 1.3)

    def _titles(self, width: float) -> float:
        """What the longer of the two names takes above the frames."""
        return max(stack_height(_who(signer), _half(width)) for signer in (self.left, self.right)) + _UNDER_NAME


def _half(width: float) -> float:
    return (width - _GAP) / 2


def _who(signer: Signer) -> tuple[Text, Text]:
    return Text(signer.role, Style(9.5, bold=True), below=0), Text(signer.name, Style(9.5, colour=QUIET), below=0)


def draw_strokes(painter: QPainter, drawing: Drawing, room: QRectF, thick: float, ink: str = INK) -> None:
    """Draw a signature as large as a frame allows."""
    scale = min(room.width() / drawing.width, room.height() / drawing.height)
    pen = QPen(QColor(ink), thick)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for stroke in drawing.strokes:
        points = [QPointF(room.left() + x * scale, room.top() + y * scale) for x, y in stroke]
        if len(points) == 1:
            painter.drawPoint(points[0])
        else:
            painter.drawPolyline(QPolygonF(points))
