"""The gate of the server: as many requests as it can serve soon, and for the others a moment at which to come back.

When 4,000 computers are opened within a minute, those that cannot be served in a second are told at once how long to
wait, each a little longer than the one before: nobody times out, and nobody knocks in vain.
"""

import math
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from server.errors import Refusal

MOST_INSIDE = 64
AT_THE_COUNTER = 16
"""How many courier files are received at a time: anyone may bring one, large, and as slowly as a link is."""
PER_SECOND = 150.0
"""How many that are sent away may come back each second: what a small server serves with ease."""
LONGEST_S = 300


class Gate:
    """Counts who is inside; belongs to the one thread that accepts requests."""

    def __init__(self, most_inside: int = MOST_INSIDE, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most_inside, clock
        self._inside = 0
        self._next_return = 0.0

    @contextmanager
    def entered(self) -> Generator[None]:
        """Be inside for the time of a request; raises Refusal (503, with a `backoff`) when there are too many."""
        if self._inside >= self._most:
            raise Refusal(503, "busy", backoff=self._appointment())
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1

    def _appointment(self) -> int:
        """In how many seconds to come back, each after the one before."""
        now = self._clock()
        self._next_return = max(self._next_return, now + 1) + 1 / PER_SECOND
        return min(math.ceil(self._next_return - now), LONGEST_S)
