"""How a run of the synchronisation goes and how it ends; no import but the standard library's."""

from dataclasses import dataclass, field
from enum import StrEnum


class Ending(StrEnum):
    """How a run ended."""

    DONE = "done"
    OFFLINE = "offline"
    PORTAL = "portal"
    UNAVAILABLE = "unavailable"
    """The server answered that it cannot serve now."""
    UPDATE_NEEDED = "update_needed"
    """The server is older than this program: work goes on, the outbox waits."""
    NOT_ALLOWED = "not_allowed"
    """The server does not know this computer, or no longer allows it."""
    NOT_ENROLLED = "not_enrolled"
    STOPPED = "stopped"
    """The notebook is being closed."""


class Notice(StrEnum):
    """What a run found that a person should look at; the first is the server's own word."""

    JOIN_ASKED = "join_asked"
    """A computer asks to join the notebook."""
    UNKNOWN_COMPUTER = "unknown_computer"
    """The server counts a computer in that no member let in: the key is not turned for it."""
    UNPROVED_KEY = "unproved_key"
    """The server showed a key that no member proves: it is not used."""


class Parting(StrEnum):
    """How this computer came to be out of its notebook."""

    LEFT = "left"
    TAKEN_OUT = "taken_out"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run did and found, and how long the server asks to be left alone."""

    ending: Ending
    sent: int = 0
    received: int = 0
    backoff_s: int = 0
    notices: frozenset[Notice] = frozenset()


@dataclass(slots=True)
class Progress:
    """How far a run is: operations acknowledged and still to send, rows received and still to come."""

    to_send: int = 0
    sent: int = 0
    left: int = 0
    received: int = 0
    notices: set[Notice] = field(default_factory=set)

    @property
    def is_sending(self) -> bool:
        """Whether something still has to leave; what is received meanwhile is told after that."""
        return self.to_send > 0

    @property
    def done(self) -> int:
        """How much of what is told has arrived."""
        return self.sent if self.is_sending else self.received

    @property
    def total(self) -> int:
        """How much there is to tell; 0 until the server has said what it has."""
        return self.done + (self.to_send if self.is_sending else self.left)

    @property
    def percent(self) -> int:
        """The share of it that has arrived: 0 to 100."""
        return 100 * self.done // self.total if self.total else 0
