"""What would be taken in from a file, line by line: shown before anything is written."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from app.services.imports.lines import FileKind
from protocol.vocabulary import RecordKind


class Outcome(Enum):
    """What happens to a line."""

    CREATED = "créé"
    MATCHED = "déjà là"
    """The notebook has it: nothing is written."""
    RESTORED = "repris"
    """It was deleted here, and comes back."""
    REFUSED = "refusé"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One line of the preview."""

    where: str
    what: str
    """« 12/03/2024 · Jeanne Delmas · E-mail », as the advisor knows it."""
    outcome: Outcome
    why: str = ""
    """For what is matched, refused, or understood in part."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A file that was taken in."""

    id: UUID
    at: datetime
    file: str
    records: int
    """How many records it created or brought back."""
    undone: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What the advisor is asked to accept; `imports.taking.take_in` knows how to do it."""

    file: str
    kind: FileKind
    rows: tuple[PlanRow, ...]
    new_places: tuple[str, ...] = ()
    new_tags: tuple[str, ...] = ()
    new_people: int = 0
    """People created because activities name them."""

    def count(self, outcome: Outcome) -> int:
        """How many lines end so."""
        return sum(row.outcome is outcome for row in self.rows)


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing an import did."""

    batch: UUID
    taken: tuple[tuple[RecordKind, UUID], ...]
    """The records that it took out of the notebook."""
    people: int
    """How many people stay, because something else uses them."""
    places: int
    tags: int
