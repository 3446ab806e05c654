"""How far a long work has come, and whether somebody still wants it."""

from collections.abc import Callable


class CancelledError(Exception):
    """Nobody wants the work any more: it stops where it is, and leaves nothing behind."""


class Progress:
    """Told by the work, in its own thread; `told` hears of it at most once in a hundred steps."""

    def __init__(self, told: Callable[[int, int], None] = lambda _done, _total: None) -> None:
        self._told = told
        self._is_cancelled = False
        self._said = -1

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._is_cancelled = True

    def step(self, done: int, total: int) -> None:
        """So many parts are done; raises CancelledError if nobody wants the work any more."""
        if self._is_cancelled:
            raise CancelledError
        hundredth = 100 * done // max(total, 1)
        if hundredth != self._said:
            self._said = hundredth
            self._told(done, total)
