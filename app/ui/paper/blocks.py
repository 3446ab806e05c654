"""What a document is made of: blocks that know the height they need, and where they may be cut."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.ui.paper.lettering import Passage, Style
from app.ui.paper.sheet import LINE, QUIET

_FEWEST_LINES = 2
"""Neither the head nor the tail of a text that is cut is a single line."""


class Block(ABC):
    """A piece of a document, as wide as it is told to be; heights are in points."""

    __slots__ = ()

    @property
    def before(self) -> float:
        """The space above it, except at the top of a page."""
        return 0.0

    @property
    def after(self) -> float:
        """The space under it, except at the foot of a page."""
        return 0.0

    @property
    def mark(self) -> "Mark | None":
        """How the document's outline names it."""
        return None

    @property
    def stays_with_next(self) -> bool:
        """It never stands alone at the foot of a page."""
        return False

    @property
    def opens_page(self) -> bool:
        """It begins a page."""
        return False

    @abstractmethod
    def height(self, width: float) -> float:
        """What it needs, whole."""

    @abstractmethod
    def draw(self, painter: QPainter, left: float, top: float, width: float) -> None:
        """Draw it whole; the painter's unit is the point."""

    def cut(self, width: float, room: float) -> "tuple[Block, Block] | None":
        """What fits in a height and what is left; None where it must stay whole or too little would fit."""
        return None


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the outline (« signet »), 0 being its first level."""

    title: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Text(Block):
    """A paragraph."""

    text: str
    style: Style
    below: float = 8

    @property
    def after(self) -> float:
        return self.below

    def height(self, width: float) -> float:
        return Passage(self.text, self.style, width).height

    def draw(self, painter: QPainter, left: float, top: float, width: float) -> None:
        Passage(self.text, self.style, width).draw(painter, left, top)

    def cut(self, width: float, room: float) -> "tuple[Text, Text] | None":
        passage = Passage(self.text, self.style, width)
        lines = min(passage.lines_within(room), passage.lines - _FEWEST_LINES)
        if lines < _FEWEST_LINES:
            return None
        head, tail = passage.cut_before(lines)
        return replace(self, text=head), replace(self, text=tail)


@dataclass(frozen=True, slots=True)
class Title(Block):
    """A title: bold, named in the outline, never alone at the foot of a page."""

    text: str
    points: float = 14
    level: int = 1
    above: float = 14
    below: float = 5
    on_new_page: bool = False

    @property
    def opens_page(self) -> bool:
        return self.on_new_page

    @property
    def before(self) -> float:
        return self.above

    @property
    def after(self) -> float:
        return self.below

    @property
    def mark(self) -> Mark | None:
        return Mark(self.text, self.level)

    @property
    def stays_with_next(self) -> bool:
        return True

    def height(self, width: float) -> float:
        return self._passage(width).height

    def draw(self, painter: QPainter, left: float, top: float, width: float) -> None:
        self._passage(width).draw(painter, left, top)

    def _passage(self, width: float) -> Passage:
        return Passage(self.text, Style(self.points, bold=True), width)


@dataclass(frozen=True, slots=True)
class Item(Block):
    """A paragraph after a sign: a dash, a number."""

    text: str
    style: Style
    sign: str = "–"
    indent: float = 20
    below: float = 10

    @property
    def after(self) -> float:
        return self.below

    def height(self, width: float) -> float:
        return self._passage(width).height

    def draw(self, painter: QPainter, left: float, top: float, width: float) -> None:
        Passage(self.sign, self.style, self.indent).draw(painter, left, top)
        self._passage(width).draw(painter, left + self.indent, top)

    def _passage(self, width: float) -> Passage:
        return Passage(self.text, self.style, width - self.indent)


@dataclass(frozen=True, slots=True)
class Rule(Block):
    """A thin line across the page."""

    below: float = 10

    @property
    def after(self) -> float:
        return self.below

    def height(self, width: float) -> float:
        return 0.5

    def draw(self, painter: QPainter, left: float, top: float, width: float) -> None:
        painter.fillRect(QRectF(left, top, width, 0.5), QColor(LINE))


@dataclass(frozen=True, slots=True)
class Frame(Block):
    """Blocks inside a line with round corners, kept together."""

    inside: Sequence[Block]
    padding: float = 18
    below: float = 12

    @property
    def after(self) -> float:
        return self.below

    def height(self, width: float) -> float:
        return stack_height(self.inside, width - 2 * self.padding) + 2 * self.padding

    def draw(self, painter: QPainter, left: float, top: float, width: float) -> None:
        painter.setPen(QPen(QColor(LINE), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(left, top, width, self.height(width)), 8, 8)
        draw_stack(self.inside, painter, left + self.padding, top + self.padding, width - 2 * self.padding)


@dataclass(frozen=True, slots=True)
class Together(Block):
    """Blocks that stay on one page."""

    inside: Sequence[Block]

    @property
    def before(self) -> float:
        return self.inside[0].before

    @property
    def after(self) -> float:
        return self.inside[-1].after

    @property
    def mark(self) -> Mark | None:
        return self.inside[0].mark

    @property
    def opens_page(self) -> bool:
        return self.inside[0].opens_page

    def height(self, width: float) -> float:
        return stack_height(self.inside, width)

    def draw(self, painter: QPainter, left: float, top: float, width: float) -> None:
        draw_stack(self.inside, painter, left, top, width)


@dataclass(frozen=True, slots=True)
class Beside(Block):
    """Two columns, kept together."""

    left: Sequence[Block]
    right: Sequence[Block]
    gutter: float = 24
    below: float = 10
    share: float = 0.5
    """The left column's part of the width."""

    @property
    def after(self) -> float:
        return self.below

    def height(self, width: float) -> float:
        first, second = self._widths(width)
        return max(stack_height(self.left, first), stack_height(self.right, second))

    def draw(self, painter: QPainter, left: float, top: float, width: float) -> None:
        first, second = self._widths(width)
        draw_stack(self.left, painter, left, top, first)
        draw_stack(self.right, painter, left + first + self.gutter, top, second)

    def _widths(self, width: float) -> tuple[float, float]:
        first = (width - self.gutter) * self.share
        return first, width - self.gutter - first


@dataclass(frozen=True, slots=True)
class Fact(Block):
    """The name of a thing at the left, what is known of it at the right."""

    name: str
    said: str
    points: float = 12
    indent: float = 130
    below: float = 4

    @property
    def after(self) -> float:
        return self.below

    def height(self, width: float) -> float:
        return max(one.height for one in self._passages(width))

    def draw(self, painter: QPainter, left: float, top: float, width: float) -> None:
        name, said = self._passages(width)
        name.draw(painter, left, top)
        said.draw(painter, left + self.indent, top)

    def cut(self, width: float, room: float) -> "tuple[Fact, Fact] | None":
        said = self._passages(width)[1]
        lines = min(said.lines_within(room), said.lines - _FEWEST_LINES)
        if lines < _FEWEST_LINES:
            return None
        head, tail = said.cut_before(lines)
        return replace(self, said=head, below=0), replace(self, name=f"{self.name} (suite)", said=tail)

    def _passages(self, width: float) -> tuple[Passage, Passage]:
        name = Passage(self.name, Style(self.points, colour=QUIET), self.indent - 10)
        return name, Passage(self.said, Style(self.points), width - self.indent)


def stack_height(blocks: Sequence[Block], width: float) -> float:
    """What blocks need one under the other."""
    return _stacked(blocks, width)[1]


def draw_stack(blocks: Sequence[Block], painter: QPainter, left: float, top: float, width: float) -> None:
    """Draw blocks one under the other."""
    for block, y in zip(blocks, _stacked(blocks, width)[0], strict=True):
        block.draw(painter, left, top + y, width)


def _stacked(blocks: Sequence[Block], width: float) -> tuple[list[float], float]:
    """Where each begins, and where the last one ends."""
    tops: list[float] = []
    foot = room = 0.0
    for block in blocks:
        tops.append(foot + (room + block.before if tops else 0.0))
        foot, room = tops[-1] + block.height(width), block.after
    return tops, foot
