"""What only a learner sheet has on paper: a numbered step with its drawing, and lines to write on."""

from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtSvg import QSvgRenderer

from app.ui.paper.blocks import Block
from app.ui.paper.lettering import Passage, Style
from app.ui.paper.sheet import INK, LINE, QUIET

DRAWING = 240, 150
"""The proportions of a drawing."""
_NUMBER, _GUTTER, _NOTE_GAP = 38.0, 16.0, 2.0
_LINE_HEIGHT = 28.0
"""Between two lines to write on: for a large hand."""


@dataclass(frozen=True, slots=True)
class StepBlock(Block):
    """One step: its number in a circle, what to do, what one sees then, and the drawing at the right."""

    number: int
    text: str
    note: str
    svg: bytes | None
    points: float
    drawing_width: float
    below: float = 12

    @property
    def after(self) -> float:
        return self.below

    def height(self, width: float) -> float:
        said = sum(one.height for one in self._passages(width)) + (_NOTE_GAP if self.note else 0)
        return max(said, self._drawing_height(), self.points * 1.7)

    def draw(self, painter: QPainter, left: float, top: float, width: float) -> None:
        self._draw_number(painter, left, top)
        y = top
        for passage in self._passages(width):
            passage.draw(painter, left + _NUMBER, y)
            y += passage.height + _NOTE_GAP
        if self.svg is not None:
            side = QRectF(left + width - self.drawing_width, top, self.drawing_width, self._drawing_height())
            _draw_svg(painter, self.svg, side)

    def _draw_number(self, painter: QPainter, left: float, top: float) -> None:
        side = self.points * 1.65
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(INK), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(left + 0.7, top - self.points * 0.14, side, side))
        painter.restore()
        number = Passage(str(self.number), Style(self.points, bold=True, align="centre"), side)
        number.draw(painter, left + 0.7, top - self.points * 0.14 + (side - number.height) / 2)

    def _drawing_height(self) -> float:
        return self.drawing_width * DRAWING[1] / DRAWING[0] if self.svg is not None else 0.0

    def _passages(self, width: float) -> tuple[Passage, ...]:
        room = width - _NUMBER - (self.drawing_width + _GUTTER if self.svg is not None else 0)
        note = (Passage(self.note, Style(self.points - 1, colour=QUIET), room),) if self.note else ()
        return Passage(self.text, Style(self.points, bold=True), room), *note


@dataclass(frozen=True, slots=True)
class NotesBlock(Block):
    """Lines to write on, as many as a height takes."""

    tall: float
    below: float = 10

    @property
    def after(self) -> float:
        return self.below

    def height(self, width: float) -> float:
        return self.tall

    def draw(self, painter: QPainter, left: float, top: float, width: float) -> None:
        for number in range(1, int(self.tall / _LINE_HEIGHT) + 1):
            painter.fillRect(QRectF(left, top + number * _LINE_HEIGHT, width, 0.7), QColor(LINE))


def _draw_svg(painter: QPainter, svg: bytes, room: QRectF) -> None:
    """Draw shapes as shapes: a printer makes them as sharp as its letters."""
    renderer = QSvgRenderer(QByteArray(svg))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, room)
    painter.restore()
