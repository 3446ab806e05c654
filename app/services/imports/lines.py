"""What was read in a file, before the notebook is asked anything: one line for each person or activity."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from app.services.commands import RecordActivity, SaveBeneficiary
from protocol.vocabulary import AgeBand


class FileKind(Enum):
    """What a file is."""

    ACTIVITIES = "accompagnements"
    """A list of accompaniments with the headings of « La Coop », theirs or ours."""
    PEOPLE = "bénéficiaires"
    """Their beneficiary template or export, or ours."""
    CRA_V1 = "comptes rendus 2021"
    CRA_V2 = "comptes rendus 2022-2024"
    NOTEBOOK = "carnet complet"
    """Our own JSON Lines."""


@dataclass(frozen=True, slots=True)
class PlaceSaid:
    """A place of activity as a file tells it."""

    name: str
    address: str = ""
    municipality: str | None = None
    """INSEE code."""
    postal_code: str | None = None


@dataclass(frozen=True, slots=True)
class PersonSaid:
    """A named person as a list of accompaniments tells them."""

    name: str
    """« Prénom Nom », in one cell."""
    person: SaveBeneficiary
    """What the line says of them; first name and name parted as well as can be."""
    age_band: AgeBand | None = None
    """At the date of the activity."""


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One activity, from one row of a file, or from several for a workshop."""

    where: str
    """« Ligne 12 », « Lignes 12 à 19 »."""
    id: UUID
    """The same each time the same activity is read."""
    form: RecordActivity
    """Without people, place nor tags of the notebook: these are said below."""
    people: tuple[PersonSaid, ...] = ()
    place: PlaceSaid | None = None
    tags: tuple[str, ...] = ()
    recorded_at: int | None = None
    """Milliseconds since 1970."""
    changed_at: int | None = None
    warnings: tuple[str, ...] = ()
    """What was understood in part only, as French sentences."""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of a list of beneficiaries."""

    where: str
    person: SaveBeneficiary
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A row that cannot be taken in."""

    where: str
    said: str
    """Enough of the row to know it again."""
    why: str


@dataclass(frozen=True, slots=True)
class ReadFile:
    """Everything that a file of rows says."""

    name: str
    kind: FileKind
    activities: tuple[ActivityLine, ...] = ()
    people: tuple[PersonLine, ...] = ()
    refused: tuple[RefusedLine, ...] = ()
