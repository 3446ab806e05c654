"""The hybrid logical clock that orders changes made on computers whose clocks disagree."""

from typing import NamedTuple

LAST_COUNTER = 2**31 - 1
"""After which the next millisecond is counted."""


class Clock(NamedTuple):
    """When a change was made: milliseconds since 1970 and a counter for changes within one millisecond.

    Ties between devices are broken by the operation's UUID, never by the device: copies of a disk share it.
    """

    ms: int
    counter: int = 0

    def next(self, now_ms: int) -> "Clock":
        """The clock of the next local change, later than this one whatever the computer's clock says."""
        if now_ms > self.ms:
            return Clock(now_ms)
        return Clock(self.ms, self.counter + 1) if self.counter < LAST_COUNTER else Clock(self.ms + 1)

    def seen(self, other: "Clock") -> "Clock":
        """The later of two clocks, kept when a change is received."""
        return max(self, other)
