"""A document laid out on its sheets, ready for a PDF, a printer or a picture."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from app.ui.paper.blocks import Block, Mark
from app.ui.paper.flow import Page, pages
from app.ui.paper.lettering import Passage, Style
from app.ui.paper.sheet import HEIGHT, LINE, MARGIN, QUIET, WIDTH

_FOOT = Style(9, colour=QUIET)
_UNDER_RULE, _ABOVE_RULE = 5.5, 13.0
_NUMBER = 70.0
"""What « Page 1 sur 2 » takes of the width of the foot."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a document says, and what its file is known by."""

    title: str
    blocks: Sequence[Block]
    foot: str
    """Said at the foot of every page."""
    author: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where the outline leads: a page (0 being the first) and a height under the top of the sheet, in points."""

    mark: Mark
    page: int
    top: float


class LaidOut:
    """A document parted into pages."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._pages: tuple[Page, ...] = pages(document.blocks, WIDTH, room_above(document.foot))

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    @property
    def bookmarks(self) -> tuple[Bookmark, ...]:
        """The outline, in reading order."""
        return tuple(
            Bookmark(placed.block.mark, number, MARGIN + placed.top)
            for number, page in enumerate(self._pages)
            for placed in page
            if placed.block.mark
        )

    def draw(self, number: int, painter: QPainter) -> None:
        """Draw a page, 0 being the first: the painter's unit is the point, its origin the corner of the margins."""
        for placed in self._pages[number]:
            painter.save()
            placed.block.draw(painter, 0, placed.top, WIDTH)
            painter.restore()
        self._draw_foot(number, painter)

    def _draw_foot(self, number: int, painter: QPainter) -> None:
        said = _foot(self.document.foot)
        top = HEIGHT - said.height
        painter.fillRect(QRectF(0, top - _UNDER_RULE, WIDTH, 0.5), QColor(LINE))
        said.draw(painter, 0, top)
        if self.count > 1:
            place = f"Page {number + 1} sur {self.count}"
            Passage(place, replace(_FOOT, align="right"), WIDTH).draw(painter, 0, top)


def room_above(foot: str) -> float:
    """The height that a page leaves above what is said at its foot, in points."""
    return HEIGHT - _foot(foot).height - _UNDER_RULE - _ABOVE_RULE


def _foot(said: str) -> Passage:
    return Passage(said, _FOOT, WIDTH - _NUMBER)
