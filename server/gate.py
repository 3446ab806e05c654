"""The gate of the server: as many requests as it can serve soon, and for the others a moment at which to come back.

When 4,000 computers are opened within a minute, those that cannot be served in a second are told at once how long to
wait, each a little longer than the one before: nobody times out, and nobody knocks in vain.
"""

import math
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from protocol import signing
from protocol.messages import CONTENT_TYPE, PROTOCOL_VERSION, SYNC_PATH, ErrorAnswer
from server.errors import Refusal

MOST_INSIDE = 32
"""Enough that the house is never idle; twice as many would only each wait twice as long."""
AT_THE_COUNTER = 16
"""How many courier files are received at a time: anyone may bring one, large, and as slowly as a link is."""
FIRST_PACE = 200.0
"""Requests served in a second while there is always one more: at first, then as measured."""
MEMORY_S = 10.0
"""Over how long the pace is measured: turning thousands away takes a moment, in which few are served."""
SLOWEST_S = 1 / 5
"""The longest that one request counts."""
SPREAD = math.log(2)
"""A device stays away up to twice as long as told: told at this share of the pace, they come at the pace."""
LONGEST_S = 300


class Gate:
    """Counts who is inside; belongs to the one thread that accepts requests."""

    def __init__(self, most_inside: int = MOST_INSIDE, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most_inside, clock
        self._inside = 0
        self._next_return = 0.0
        self._pace = FIRST_PACE
        self._last_out = 0.0

    @property
    def is_full(self) -> bool:
        """Whether one more would wait too long."""
        return self._inside >= self._most

    @contextmanager
    def entered(self) -> Generator[None]:
        """Be inside for the time of a request; raises Refusal (503, with a `backoff`) when there are too many."""
        if self.is_full:
            raise Refusal(503, "busy", backoff=self.appointment())
        self._inside += 1
        try:
            yield
        finally:
            self._note_pace()
            self._inside -= 1

    def appointment(self) -> int:
        """In how many seconds to come back, each after the one before, at the pace at which requests are served."""
        now = self._clock()
        self._next_return = max(self._next_return, now + 1) + SPREAD / self._pace
        return min(math.ceil(self._next_return - now), LONGEST_S)

    def _note_pace(self) -> None:
        """One goes out: how long after the one before, which tells the pace while the house is busy."""
        now = self._clock()
        if 2 * self._inside >= self._most:
            taken = min(now - self._last_out, SLOWEST_S)
            self._pace += (1 - self._pace * taken) / MEMORY_S
        self._last_out = now


class Doorway:
    """Stands before everything else: whoever cannot be served soon is told so at next to no cost."""

    def __init__(self, app: ASGIApp, gate: Gate, now_ms: Callable[[], int]) -> None:
        self._app, self._gate, self._now_ms = app, gate, now_ms

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] == "http" and scope["path"] == SYNC_PATH and self._gate.is_full:
            said = Headers(scope=scope).get(signing.HEADER, "")
            refused = told_to_wait(said, self._now_ms(), self._gate.appointment())
            await refused(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def told_to_wait(signature: str, now_ms: int, seconds: int) -> Response:
    """The answer to whoever must come back, with the nonce of the request."""
    try:
        nonce = signing.parse(signature).nonce
    except signing.BadSignatureError:
        nonce = b""
    answer = ErrorAnswer(p=PROTOCOL_VERSION, n=nonce, t=now_ms, error="busy", backoff=seconds)
    return Response(answer.model_dump_json(exclude_defaults=True), 503, media_type=CONTENT_TYPE)
