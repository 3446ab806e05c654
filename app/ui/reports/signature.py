"""The foot of a document that is signed: where, when, by whom, and room for the hand."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from app import labels
from app.ui.paper.blocks import Block
from app.ui.paper.lettering import Passage, Style
from app.ui.paper.sheet import LINE, QUIET

_ROOM = 56.0
_SHARE = 0.45


@dataclass(frozen=True, slots=True)
class Signature(Block):
    """« Fait à Florac, le 02/11/2026 », the name, and a frame."""

    place: str
    day: date
    name: str

    @property
    def before(self) -> float:
        return 16.0

    @property
    def after(self) -> float:
        return 10.0

    def height(self, width: float) -> float:
        return max(_ROOM, self._words(width).height)

    def draw(self, painter: QPainter, left: float, top: float, width: float) -> None:
        self._words(width).draw(painter, left, top)
        frame = QRectF(left + width * (1 - _SHARE), top, width * _SHARE, _ROOM)
        painter.setPen(QPen(QColor(LINE), 0.7))
        painter.drawRoundedRect(frame, 4, 4)
        Passage("Signature", Style(8.5, colour=QUIET), frame.width()).draw(painter, frame.left() + 8, frame.top() + 5)

    def _words(self, width: float) -> Passage:
        where = f"Fait à {self.place}, le" if self.place else "Fait le"
        said = f"{where} {labels.short_day(self.day)}\n{self.name}".strip()
        return Passage(said, Style(11), width * (1 - _SHARE) - 16)
