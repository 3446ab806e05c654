"""The words of a chart: measured, wrapped on two lines or cut short, and written."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

Align = Qt.AlignmentFlag
_ONE_LINE = int(Qt.TextFlag.TextSingleLine) | int(Qt.TextFlag.TextDontClip)


def width_of(text: str, font: QFont) -> float:
    """The width of a line of text."""
    return QFontMetricsF(font).horizontalAdvance(text)


def widest(texts: tuple[str, ...], font: QFont) -> float:
    """The width of the longest of several lines."""
    metrics = QFontMetricsF(font)
    return max((metrics.horizontalAdvance(text) for text in texts), default=0.0)


def line_height(font: QFont) -> float:
    """The height of a line of text."""
    return QFontMetricsF(font).height()


def cut(text: str, width: float, font: QFont) -> str:
    """The text on one line, ended by « … » where it does not fit."""
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, width))


def wrapped(text: str, width: float, font: QFont, most: int = 2) -> tuple[str, ...]:
    """The text on `most` lines at the most, the last one ended by « … » where it does not fit."""
    if width_of(text, font) <= width:
        return (text,)
    starts = _line_starts(text, width, font)
    kept = starts[:most]
    ends = [*kept[1:], len(text)]
    lines = [text[start:end].strip(" ") for start, end in zip(kept, ends, strict=True)]
    return (*lines[:-1], cut(lines[-1], width, font))


def _line_starts(text: str, width: float, font: QFont) -> list[int]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    starts = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        starts.append(line.textStart())
    layout.endLayout()
    return starts or [0]


def write(painter: QPainter, room: QRectF, text: str, font: QFont, colour: str, align: Align = Align.AlignLeft) -> None:
    """Write one line in the middle of the height of `room`."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(room, int(align | Align.AlignVCenter) | _ONE_LINE, text)


def write_lines(
    painter: QPainter, room: QRectF, lines: tuple[str, ...], font: QFont, colour: str, align: Align = Align.AlignLeft
) -> None:
    """Write lines one under the other, in the middle of the height of `room`."""
    height = line_height(font)
    top = room.center().y() - height * len(lines) / 2
    for place, line in enumerate(lines):
        write(painter, QRectF(room.left(), top + place * height, room.width(), height), line, font, colour, align)
