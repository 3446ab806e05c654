"""The drawing of a result: a line for each domain, two boxes that fill, and the level in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme
from app.ui.charts import ink as inks
from app.ui.charts.ink import Ink
from app.ui.charts.lettering import cut, line_height, write
from app.ui.painting import painter_of
from app.ui.paper.blocks import Block

STEPS = 2
_SIZE, _SMALL = 15, 13
_NAME, _BOX, _GAP, _AIR = 160.0, 58.0, 5.0, 14.0
_BOX_HEIGHT = 20.0
_WORDS = 196.0
"""Lengths of the design (CSS pixels at 100 %)."""


@dataclass(frozen=True, slots=True)
class Level:
    """One domain: its score (None where it was not asked about), and its words."""

    name: str
    score: int | None
    words: str
    aside: str = ""
    """What it was before."""


def height(levels: Sequence[Level], width: float, ink: Ink) -> float:
    """What the drawing needs at a width, in units of the painter."""
    return len(levels) * _line(width, ink)


def paint(painter: QPainter, rect: QRectF, levels: Sequence[Level], ink: Ink) -> None:
    """Draw the lines from the top of `rect`; readable in grey, and without the colours."""
    step = _line(rect.width(), ink)
    for place, level in enumerate(levels):
        _paint_line(painter, QRectF(rect.left(), rect.top() + place * step, rect.width(), step), level, ink)


def said(levels: Sequence[Level]) -> str:
    """The drawing for those who do not see it."""
    return ", ".join(f"{one.name}\u00a0: {one.words.lower()}{_bracketed(one.aside)}" for one in levels)


def _bracketed(aside: str) -> str:
    return f" ({aside})" if aside else ""


def _is_narrow(width: float, ink: Ink) -> bool:
    return width < ink.px(_NAME + STEPS * (_BOX + _GAP) + _AIR + _WORDS)


def _line(width: float, ink: Ink) -> float:
    """The height of a line: its name stands above the boxes where there is little room."""
    one = max(line_height(ink.font(_SIZE)), ink.px(_BOX_HEIGHT)) + ink.px(10)
    return one + line_height(ink.font(_SIZE)) if _is_narrow(width, ink) else one


def _paint_line(painter: QPainter, room: QRectF, level: Level, ink: Ink) -> None:
    font, left, top = ink.font(_SIZE), room.left(), room.top()
    if _is_narrow(room.width(), ink):
        name = QRectF(left, top, room.width(), line_height(font))
        top += line_height(font)
    else:
        name = QRectF(left, top, ink.px(_NAME), room.height())
        left += ink.px(_NAME)
    write(painter, name, cut(level.name, name.width(), font), font, ink.text)
    middle = QRectF(left, top, 0, room.bottom() - top).center().y()
    for step in range(STEPS):
        corner = QPointF(left + step * ink.px(_BOX + _GAP), middle - ink.px(_BOX_HEIGHT / 2))
        box = QRectF(corner, QSizeF(ink.px(_BOX), ink.px(_BOX_HEIGHT)))
        _paint_box(painter, box, level.score, step, ink)
    left += STEPS * ink.px(_BOX + _GAP) + ink.px(_AIR)
    _write_words(painter, QRectF(left, top, room.right() - left, room.bottom() - top), level, ink)


def _paint_box(painter: QPainter, box: QRectF, score: int | None, step: int, ink: Ink) -> None:
    corner = ink.px(3)
    is_full = score is not None and score > step
    painter.setPen(QPen(QColor(ink.main if is_full else ink.muted), max(1.0, ink.px(1))))
    painter.setBrush(QColor(ink.main) if is_full else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, corner, corner)
    if score is None:
        inside = box.adjusted(corner, corner, -corner, -corner)
        painter.drawLine(inside.bottomLeft(), inside.topRight())


def _write_words(painter: QPainter, room: QRectF, level: Level, ink: Ink) -> None:
    strong, small = ink.font(_SIZE, QFont.Weight.DemiBold), ink.font(_SMALL)
    words = cut(level.words, room.width(), strong)
    write(painter, room, words, strong, ink.text)
    if level.aside:
        before = QRectF(room)
        before.setLeft(room.left() + ink.px(88))
        write(painter, before, cut(level.aside, before.width(), small), small, ink.muted)


class LevelsView(QWidget):
    """The drawing on screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._levels: tuple[Level, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)

    def show_levels(self, levels: tuple[Level, ...]) -> None:
        """Draw these lines."""
        self._levels = levels
        self.setAccessibleName(said(levels))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(height(self._levels, width, inks.screen()))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(560), self.heightForWidth(theme.px(560)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(260), self.heightForWidth(theme.px(560)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        paint(painter, QRectF(self.rect()), self._levels, inks.screen())
        painter.end()


@dataclass(frozen=True, slots=True)
class LevelsBlock(Block):
    """The drawing on paper, in greys."""

    levels: tuple[Level, ...]
    points: float = 13.5
    below: float = 14

    @property
    def after(self) -> float:
        return self.below

    def height(self, width: float) -> float:
        return height(self.levels, width, inks.paper(self.points))

    def draw(self, painter: QPainter, left: float, top: float, width: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter, QRectF(left, top, width, self.height(width)), self.levels, inks.paper(self.points))
