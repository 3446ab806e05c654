"""A chart with its title, its note, and the filter whose figures it shows: for pictures and reports."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainter

from app.ui.charts.drawing import draw, height_for
from app.ui.charts.ink import Ink
from app.ui.charts.lettering import line_height, wrapped, write_lines
from app.ui.charts.plots import Plot

_TITLE_SIZE, _NOTE_SIZE, _GAP, _MOST = 18, 13, 12, 6


def draw_titled(plot: Plot, painter: QPainter, rect: QRectF, ink: Ink, caption: str = "") -> None:
    """Draw the title, the note and the chart from the top of `rect`, then the caption in small."""
    top = rect.top()
    for text, font, colour in _head(plot, ink):
        top += _write(painter, QRectF(rect.left(), top, rect.width(), 0), text, font, colour)
    top += ink.px(_GAP)
    height = height_for(plot, rect.width(), ink)
    draw(plot, painter, QRectF(rect.left(), top, rect.width(), height), ink)
    if caption:
        room = QRectF(rect.left(), top + height + ink.px(_GAP), rect.width(), 0)
        _write(painter, room, caption, ink.font(_NOTE_SIZE), ink.muted)


def titled_height(plot: Plot, width: float, ink: Ink, caption: str = "") -> float:
    """The height that `draw_titled` takes at this width."""
    texts = [(text, font) for text, font, _ in _head(plot, ink)]
    foot = [(caption, ink.font(_NOTE_SIZE))] if caption else []
    words = sum(_height(text, width, font) for text, font in texts + foot)
    return words + height_for(plot, width, ink) + ink.px(_GAP) * (1 + len(foot))


def _head(plot: Plot, ink: Ink) -> list[tuple[str, QFont, str]]:
    title = (plot.title, ink.font(_TITLE_SIZE, QFont.Weight.DemiBold), ink.text)
    return [title, (plot.note, ink.font(_NOTE_SIZE), ink.muted)] if plot.note else [title]


def _height(text: str, width: float, font: QFont) -> float:
    return len(wrapped(text, width, font, _MOST)) * line_height(font)


def _write(painter: QPainter, room: QRectF, text: str, font: QFont, colour: str) -> float:
    height = _height(text, room.width(), font)
    lines = wrapped(text, room.width(), font, _MOST)
    write_lines(painter, QRectF(room.left(), room.top(), room.width(), height), lines, font, colour)
    return height
