"""A table that goes on from page to page, its headings said again on each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from app.ui.paper.blocks import Block
from app.ui.paper.lettering import Align, Passage, Style
from app.ui.paper.sheet import LINE, QUIET

_PADDING = 3.0
_GAP = 8.0


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, its part of the width, and the side its words are on."""

    heading: str
    share: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table(Block):
    """Rows of words under headings; a row is never cut."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    points: float = 10
    below: float = 12

    @property
    def after(self) -> float:
        return self.below

    def height(self, width: float) -> float:
        return sum(self._heights(width))

    def draw(self, painter: QPainter, left: float, top: float, width: float) -> None:
        lines = [[column.heading for column in self.columns], *self.rows]
        for number, (words, height) in enumerate(zip(lines, self._heights(width), strict=True)):
            for passage, x in zip(self._passages(words, width, is_heading=not number), self._lefts(width), strict=True):
                passage.draw(painter, left + x, top + _PADDING)
            top += height
            painter.fillRect(QRectF(left, top - 0.5, width, 0.5), QColor(LINE))

    def cut(self, width: float, room: float) -> "tuple[Table, Table] | None":
        fitting = sum(1 for foot in accumulate(self._heights(width)) if foot <= room) - 1
        if fitting < 1 or fitting >= len(self.rows):
            return None
        return replace(self, rows=self.rows[:fitting]), replace(self, rows=self.rows[fitting:])

    def _heights(self, width: float) -> list[float]:
        lines = [[column.heading for column in self.columns], *self.rows]
        return [
            max(passage.height for passage in self._passages(words, width, is_heading=not number)) + 2 * _PADDING
            for number, words in enumerate(lines)
        ]

    def _passages(self, words: Sequence[str], width: float, *, is_heading: bool) -> list[Passage]:
        return [
            Passage(one, self._style(column, is_heading), self._room(column, width))
            for one, column in zip(words, self.columns, strict=True)
        ]

    def _style(self, column: Column, is_heading: bool) -> Style:
        if is_heading:
            return Style(self.points, bold=True, colour=QUIET, align=column.align)
        return Style(self.points, align=column.align)

    def _room(self, column: Column, width: float) -> float:
        return (width - _GAP * (len(self.columns) - 1)) * column.share / sum(one.share for one in self.columns)

    def _lefts(self, width: float) -> list[float]:
        rooms = [self._room(column, width) + _GAP for column in self.columns]
        return [0.0, *accumulate(rooms[:-1])]
