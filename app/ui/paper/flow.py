"""Blocks parted into pages: charts stay whole, and no title is left alone at a foot."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.ui.paper.blocks import Block


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, and how far under the top of its page it begins."""

    block: Block
    top: float


Page = tuple[Placed, ...]


def pages(blocks: Iterable[Block], width: float, height: float) -> tuple[Page, ...]:
    """The pages that blocks fill, one at least."""
    flow = _Flow(width, height)
    waiting = deque(blocks)
    while waiting:
        block = waiting.popleft()
        rest = flow.place(block, tuple(waiting))
        if rest is not None:
            waiting.appendleft(rest)
    return flow.ended()


class _Flow:
    """The page being filled, and those that are full."""

    def __init__(self, width: float, height: float) -> None:
        self._width, self._height = width, height
        self._full: list[Page] = []
        self._page: list[Placed] = []
        self._foot = self._room = 0.0

    def ended(self) -> tuple[Page, ...]:
        """The pages, once everything is placed."""
        return (*self._full, tuple(self._page)) if self._page or not self._full else tuple(self._full)

    def place(self, block: Block, following: Sequence[Block]) -> Block | None:
        """Put a block on this page, or the next one; answers what is left of a block that was cut."""
        room = self._height - self._top(block)
        if self._page and (block.opens_page or self._least(block, following, room) > room):
            self._turn()
        top = self._top(block)
        parts = None if self._fits(block, top) else block.cut(self._width, self._height - top)
        if parts is None:
            self._put(block, top)
            return None
        self._put(parts[0], top)
        self._turn()
        return parts[1]

    def _top(self, block: Block) -> float:
        return self._foot + self._room + block.before if self._page else 0.0

    def _fits(self, block: Block, top: float) -> bool:
        return top + block.height(self._width) <= self._height

    def _least(self, block: Block, following: Sequence[Block], room: float) -> float:
        """What must find room here, with what a title must not be parted from."""
        own = block.height(self._width)
        if block.stays_with_next and following:
            own += block.after + following[0].before
            return own + self._least(following[0], following[1:], room - own)
        head = block.cut(self._width, room) if own > room else None
        return head[0].height(self._width) if head else own

    def _put(self, block: Block, top: float) -> None:
        self._page.append(Placed(block, top))
        self._foot, self._room = top + block.height(self._width), block.after

    def _turn(self) -> None:
        self._full.append(tuple(self._page))
        self._page, self._foot, self._room = [], 0.0, 0.0
