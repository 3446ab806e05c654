"""A document laid out on its sheets, ready for a PDF, a printer or a picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from app.ui.paper.blocks import Block, Mark
from app.ui.paper.flow import Page, pages
from app.ui.paper.lettering import Passage, Style
from app.ui.paper.sheet import HEIGHT, LINE, MARGIN, QUIET, WIDTH

FOOT = 30.0
"""What the foot of a page takes, with the space above it."""


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
        self._pages: tuple[Page, ...] = pages(document.blocks, WIDTH, HEIGHT - FOOT)

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
        painter.fillRect(QRectF(0, HEIGHT - 17, WIDTH, 0.5), QColor(LINE))
        is_numbered = self.count > 1
        own = Passage(self.document.foot, Style(9, colour=QUIET), WIDTH - (70 if is_numbered else 0))
        own.draw(painter, 0, HEIGHT - own.height)
        if is_numbered:
            said = f"Page {number + 1} sur {self.count}"
            Passage(said, Style(9, colour=QUIET, align="right"), WIDTH).draw(painter, 0, HEIGHT - own.height)
