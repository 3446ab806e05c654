"""The key figures of a report: each in its tile, with how it has changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.ui.paper.blocks import Block, Text, draw_stack, stack_height
from app.ui.paper.lettering import Style
from app.ui.paper.sheet import LINE, QUIET

_ACROSS, _GAP, _PADDING = 3, 10.0, 9.0


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure, what it counts, and quiet lines under it."""

    figure: str
    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tiles(Block):
    """Tiles three by three, kept together."""

    tiles: Sequence[Tile]

    @property
    def after(self) -> float:
        return 6.0

    def height(self, width: float) -> float:
        heights = self._heights(width)
        return sum(heights) + _GAP * (len(heights) - 1)

    def draw(self, painter: QPainter, left: float, top: float, width: float) -> None:
        across = self._tile_width(width)
        for row, height in zip(self._rows(), self._heights(width), strict=True):
            for place, tile in enumerate(row):
                _draw(tile, painter, QRectF(left + place * (across + _GAP), top, across, height))
            top += height + _GAP

    def _rows(self) -> list[Sequence[Tile]]:
        return [self.tiles[start : start + _ACROSS] for start in range(0, len(self.tiles), _ACROSS)]

    def _heights(self, width: float) -> list[float]:
        inside = self._tile_width(width) - 2 * _PADDING
        return [max(stack_height(_said(tile), inside) for tile in row) + 2 * _PADDING for row in self._rows()]

    def _tile_width(self, width: float) -> float:
        return (width - _GAP * (_ACROSS - 1)) / _ACROSS


def _draw(tile: Tile, painter: QPainter, place: QRectF) -> None:
    painter.setPen(QPen(QColor(LINE), 0.7))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place, 4, 4)
    inside = place.adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
    draw_stack(_said(tile), painter, inside.left(), inside.top(), inside.width())


def _said(tile: Tile) -> tuple[Text, ...]:
    quiet = Style(8.5, colour=QUIET)
    return (
        Text(tile.figure, Style(21, bold=True), below=0),
        Text(tile.name, Style(10.5, bold=True), below=3),
        *(Text(line, quiet, below=1) for line in tile.lines),
    )
