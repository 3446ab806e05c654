"""When to synchronise: soon after a change, now and then, at once when asked, ever less often while it fails.

Pure reckoning in seconds of a clock that only goes forward; whoever owns a timer asks `due`.
"""

import random
from collections.abc import Callable

from app.sync.outcome import Ending, Outcome

QUIET_S, LONGEST_S = 1.0, 60.0
"""Seconds after the last change, and after the first of them at most."""
PERIOD_S = 300.0
PORTAL_S = 20.0
FIRST_BACKOFF_S, LONGEST_BACKOFF_S = 0.5, 900.0


def _full_jitter(longest: float) -> float:
    return random.uniform(0, longest)


class Schedule:
    """Knows when the next run is due; told of changes, of wishes and of how each run ended."""

    def __init__(self, now: float, jitter: Callable[[float], float] = _full_jitter) -> None:
        """The first run is due at once; `jitter` draws a delay up to the one given, so that devices spread out."""
        self._jitter = jitter
        self._first_change: float | None = None
        self._last_change = now
        self._not_before = now
        self._peace_until = now
        self._next = now
        self._failures = 0
        self._is_running = False
        self.is_paused = False
        """The advisor asked to work without the network for now."""

    def changed(self, now: float) -> None:
        """Something was saved."""
        self._last_change = now
        if self._first_change is None:
            self._first_change = now

    def wake(self, now: float) -> None:
        """The network changed or the computer woke: no delay of ours holds any longer; the server's own does."""
        self._failures = 0
        self._not_before = self._next = now

    def asked(self, now: float) -> None:
        """The advisor asked: no delay holds any longer."""
        self.wake(now)
        self._peace_until = now

    def started(self) -> None:
        """A run begins: it will take every change made before."""
        self._is_running = True
        self._first_change = None

    def finished(self, now: float, outcome: Outcome) -> None:
        """A run ended: soon again if it failed, in a while if all is well."""
        self._is_running = False
        delay = self._delay(outcome)
        self._not_before = now + (0 if outcome.ending is Ending.DONE else delay)
        self._peace_until = now + self._peace(outcome)
        self._next = now + delay

    def due(self) -> float | None:
        """The moment of the next run; None while one is running or the advisor paused."""
        if self._is_running or self.is_paused:
            return None
        moment = self._next
        if self._first_change is not None:
            moment = min(moment, self._last_change + QUIET_S, self._first_change + LONGEST_S)
        return max(moment, self._not_before, self._peace_until)

    def _peace(self, outcome: Outcome) -> float:
        """What the server asks for, and up to as much again, so that those it sent away do not come back together."""
        asked = min(outcome.backoff_s, LONGEST_BACKOFF_S)
        return asked + self._jitter(asked)

    def _delay(self, outcome: Outcome) -> float:
        if outcome.ending in (Ending.DONE, Ending.NOT_ENROLLED, Ending.STOPPED):
            self._failures = 0
            return PERIOD_S
        if outcome.ending is Ending.PORTAL:
            return PORTAL_S
        if outcome.ending in (Ending.UPDATE_NEEDED, Ending.NOT_ALLOWED):
            return LONGEST_BACKOFF_S
        self._failures = 1 if outcome.sent or outcome.received else self._failures + 1  # a link that carries is tried
        longest = min(LONGEST_BACKOFF_S, FIRST_BACKOFF_S * 2.0 ** min(self._failures, 20))
        return self._jitter(longest)
