"""Type on paper: a text broken into lines the same way in a PDF, on a printer and in the preview."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextOption

from app.ui import theme
from app.ui.paper.sheet import INK

Align = Literal["left", "centre", "right"]

_FINE = 10
"""Letters are laid out ten times as large, so that a line breaks at the same word whatever the device rounds to."""
_ALIGNS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "centre": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks: its size in points, its weight, its colour, its side."""

    points: float
    bold: bool = False
    colour: str = INK
    align: Align = "left"


class Passage:
    """A text broken into lines for a width."""

    def __init__(self, text: str, style: Style, width: float) -> None:
        self._style = style
        self._layout = QTextLayout(text.replace("\n", "\u2028"), font(style.points * _FINE, style.bold))
        option = QTextOption(_ALIGNS[style.align])
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._text = text
        self._bottoms = self._break(width)

    @property
    def height(self) -> float:
        """What the lines take, one under the other."""
        return self._bottoms[-1] if self._bottoms else 0.0

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return len(self._bottoms)

    @property
    def widest(self) -> float:
        """The length of the longest line."""
        return self._layout.maximumWidth() / _FINE

    def lines_within(self, room: float) -> int:
        """How many of the first lines a height can take."""
        return sum(1 for bottom in self._bottoms if bottom <= room)

    def cut_before(self, line: int) -> tuple[str, str]:
        """The text before a line, and from it on."""
        place = self._layout.lineAt(line).textStart()
        return self._text[:place].rstrip(), self._text[place:]

    def draw(self, painter: QPainter, left: float, top: float) -> None:
        """Draw the lines; the painter's unit is the point."""
        painter.save()
        painter.translate(left, top)
        painter.scale(1 / _FINE, 1 / _FINE)
        painter.setPen(QColor(self._style.colour))
        self._layout.draw(painter, QPointF(0, 0))
        painter.restore()

    def _break(self, width: float) -> list[float]:
        bottoms = []
        y = 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width * _FINE)
            line.setPosition(QPointF(0, y))
            y += line.height()
            bottoms.append(y / _FINE)
        self._layout.endLayout()
        return bottoms


def font(points: float, bold: bool = False) -> QFont:
    """The program's font, for a painter whose unit is the point."""
    made = QFont(theme.current().family)
    made.setPixelSize(round(points))
    made.setBold(bold)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
