"""What was sent and received when: the last exchanges of this computer with the server, the newest first."""

from dataclasses import astuple, dataclass, replace

from app.database import Database, now_ms
from app.sync.outcome import Ending, Outcome
from app.work import Work, get_state

KEPT = 20
COURIER, RECEIPT = "courier", "receipt"
"""How an exchange that did without network is named; the others bear the name of their Ending."""
_LAST, _SUCCESS = "sync.exchanges", "sync.last_success"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One exchange: when it ended (milliseconds since 1970), how, and what it carried."""

    at_ms: int
    how: str
    sent: int = 0
    received: int = 0

    def repeats(self, before: "Exchange") -> bool:
        """Whether it carried nothing, like the one before, and ended the same way: one line says both."""
        return not (self.sent or self.received) and self == replace(before, at_ms=self.at_ms)


def remember(database: Database, outcome: Outcome) -> None:
    """Remember how a run ended; a success is when the server has just been heard and has everything."""
    if outcome.ending in (Ending.STOPPED, Ending.NOT_ENROLLED):
        return
    with database.receive() as work:
        note(work, Exchange(now_ms(), outcome.ending.value, outcome.sent, outcome.received))
        if outcome.ending is Ending.DONE:
            work.set_state(_SUCCESS, now_ms())


def note(work: Work, exchange: Exchange) -> None:
    """Add one exchange to the last ones."""
    kept = [Exchange(*one) for one in work.get_state(_LAST) or ()]
    older = kept[1:] if kept and exchange.repeats(kept[0]) else kept
    work.set_state(_LAST, [list(astuple(one)) for one in (exchange, *older)][:KEPT])


def latest(database: Database) -> tuple[Exchange, ...]:
    """The last exchanges, the newest first."""
    with database.read() as connection:
        return tuple(Exchange(*one) for one in get_state(connection, _LAST) or ())


def last_success(database: Database) -> int | None:
    """When the server last had everything, in milliseconds since 1970; None before the first time."""
    with database.read() as connection:
        moment: int | None = get_state(connection, _SUCCESS)
        return moment
