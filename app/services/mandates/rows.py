"""What is asked and shown of mandates: frozen rows, standard library only."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from protocol.vocabulary import MandateAct, MandateDuration, MandateFamily, Signing


@dataclass(frozen=True, slots=True)
class SignMandate:
    """A mandate as its form has it; it is kept once it is signed, and not changed afterwards."""

    beneficiary: UUID | None = None
    families: frozenset[MandateFamily] = frozenset()
    duration: MandateDuration = MandateDuration.DAY
    starts_on: date | None = None
    acts: str = ""
    """The precise acts that are wanted, in words."""
    made_at: str = ""
    signing: Signing = Signing.PAPER
    person_signature: str = ""
    """Drawn on the screen (`services/signatures.py`); empty on paper."""
    advisor_signature: str = ""


@dataclass(frozen=True, slots=True)
class NoteUse:
    """A procedure that the advisor did in the person's place."""

    mandate: UUID
    family: MandateFamily | None = None
    said: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Families of a mandate that the person takes back, and why if they say so."""

    mandate: UUID
    families: frozenset[MandateFamily] = frozenset()
    why: str = ""


class MandateState(StrEnum):
    """Where a mandate has come to on a day."""

    ACTIVE = "active"
    ENDING = "ending"
    """Active, and its last day is near."""
    COMING = "coming"
    """Its first day is to come."""
    OVER = "over"
    """Its last day is past."""
    REVOKED = "revoked"
    """Every family was taken back, or it was ended before its term."""


@dataclass(frozen=True, slots=True)
class MandateRow:
    """One mandate in a list."""

    id: UUID
    beneficiary: UUID
    person: str
    duration: MandateDuration | None
    starts_on: date
    expires_on: date
    """The last day on which it may be used."""
    families: tuple[MandateFamily, ...]
    revoked: tuple[tuple[MandateFamily, date], ...]
    """Families taken back, and on which day."""
    acts: str
    made_at: str
    signing: Signing | None
    state: MandateState
    uses: int
    """How many procedures were done with it."""

    @property
    def left(self) -> tuple[MandateFamily, ...]:
        """The families not taken back."""
        gone = {family for family, _ in self.revoked}
        return tuple(family for family in self.families if family not in gone)

    @property
    def is_active(self) -> bool:
        """Whether it may be used that day."""
        return self.state in (MandateState.ACTIVE, MandateState.ENDING)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line of the journal."""

    id: UUID
    at: datetime
    """Local time."""
    act: MandateAct | None
    family: MandateFamily | None
    said: str
    author: str
    digest: str
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is not as it should be in a journal."""

    sentence: str
    entry: UUID | None = None
    is_warning: bool = False
    """The journal is whole, but it tells a use that the mandate did not allow."""


@dataclass(frozen=True, slots=True)
class MandateDetail:
    """A mandate and its journal."""

    row: MandateRow
    entries: tuple[EntryRow, ...]
    """In the order of their chain, the signature first."""
    faults: tuple[Fault, ...]
    heads: tuple[str, ...]
    """Digests that no later entry names yet: they stand for the whole journal."""
