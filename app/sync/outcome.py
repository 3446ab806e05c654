"""How a run of the synchronisation goes and how it ends; no import but the standard library's."""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run did, and how long the server asks to be left alone."""

    ending: Ending
    sent: int = 0
    received: int = 0
    backoff_s: int = 0


@dataclass(slots=True)
class Progress:
    """How far a run is: operations acknowledged out of those that waited when it began, rows received and to come."""

    total: int = 0
    sent: int = 0
    received: int = 0
    left: int = 0

    @property
    def percent(self) -> int:
        """The share of what is known to travel, both ways, that has arrived: 0 to 100."""
        known = max(self.total, self.sent) + self.received + self.left
        return 100 * (self.sent + self.received) // known if known else 100
