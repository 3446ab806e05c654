"""What the screens are shown: frozen rows, standard library only."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.services.commands import RecordActivity, SaveBeneficiary
from protocol.vocabulary import ActivityKind, Gender, PlaceKind, Topic


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One line of a list of activities."""

    id: UUID
    kind: ActivityKind
    day: date
    minutes: int
    place_kind: PlaceKind
    place: str
    """Name of the place or of the commune; empty at a distance."""
    people: int
    who: str
    """The person's name, or the title of a workshop; empty for an anonymous person and an untitled workshop."""
    topics: tuple[Topic, ...]
    procedures: tuple[str, ...]
    """Labels of the catalogue, then the free text."""
    recorded_at: datetime
    """When it was first saved, local time."""


@dataclass(frozen=True, slots=True)
class ActivityPage:
    """A page of the list, and how many activities match in all."""

    rows: tuple[ActivityRow, ...]
    total: int
    minutes: int
    """Time spent on all that match."""
    people: int
    """Accompaniments of all that match."""


@dataclass(frozen=True, slots=True)
class DayFigures:
    """The figures of one day."""

    people: int
    """Accompaniments."""
    minutes: int


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of the history of an activity."""

    at: datetime
    here: bool
    """False where another computer made the change."""
    created: bool
    fields: tuple[tuple[str, str, str], ...]
    """Label of the field, before, after: as the advisor reads them."""
    author: str = ""
    """The colleague who made it, where it was made on another computer and one knows who works there."""


@dataclass(frozen=True, slots=True)
class LostRow:
    """A save made on this computer of which some values lost to a colleague's."""

    record: UUID
    op_id: UUID
    at: datetime
    author: str
    """Whose values are there now; empty where one does not know."""
    fields: tuple[tuple[str, str, str], ...]
    """Label of the field, what was written here, what is there now: as the advisor reads them."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as a search shows them."""

    id: UUID
    first_name: str
    last_name: str
    birth_year: int | None
    municipality: str
    """Name of the commune."""
    phone: str
    gender: Gender | None
    accompaniments: int

    @property
    def name(self) -> str:
        """Name then first name, as the lists sort them."""
        return f"{self.last_name} {self.first_name}".strip()


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One line of the list of people."""

    person: PersonRow
    last_came: date | None
    """The day of the latest activity the person came to."""

    @property
    def id(self) -> UUID:
        """Of the person."""
        return self.person.id


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of the list of people, and how many match in all."""

    rows: tuple[PersonLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One of the advisor's places of activity."""

    id: UUID
    name: str
    address: str
    municipality: str | None
    municipality_name: str
    postal_code: str
    archived: bool
    uses: int


@dataclass(frozen=True, slots=True)
class TagRow:
    """One of the advisor's tags."""

    id: UUID
    name: str
    uses: int


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One of the structures that employ, or employed, the advisor."""

    id: UUID
    name: str
    municipality: str | None
    municipality_name: str
    postal_code: str
    siret: str
    since: date | None
    """First day of the contract; None: since always."""
    last: date | None
    """Its last day, that before the next contract; None for the contract of now."""


@dataclass(frozen=True, slots=True)
class ActivityDetail:
    """Everything the detail panel shows of one activity."""

    row: ActivityRow
    form: RecordActivity
    people: tuple[PersonRow, ...]
    tags: tuple[TagRow, ...]
    modified_at: datetime | None
    waiting: bool
    """Not yet received by the server; never on a computer that has none."""
    recorded_by: str = ""
    """The colleague who recorded it, empty when it was here; likewise who changed it last."""
    modified_by: str = ""
    lost: tuple[LostRow, ...] = ()
    """What was written here and lost to a colleague's version."""


@dataclass(frozen=True, slots=True)
class FormHints:
    """What the form offers first, learnt from this advisor's own activities."""

    form: RecordActivity
    """An empty form with the date, place and duration already there."""
    topics: tuple[Topic, ...]
    """All the topics, the most used first."""
    minutes: tuple[int, ...]
    """The durations to offer, ascending."""
    places: tuple[PlaceRow, ...]
    """The advisor's places, the most used first."""
    tags: tuple[TagRow, ...]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A form that was started and not saved."""

    id: UUID
    form: RecordActivity
    started_at: datetime
    kept_at: datetime
    who: str
    """Names of the people chosen, or the title."""
    typed_who: str = ""
    """Letters typed in « Qui » without a choice yet."""
    person: SaveBeneficiary | None = None
    """What was typed in the dialog of a person that was still open."""


@dataclass(frozen=True, slots=True)
class WeekFigures:
    """The figures of one week, Monday to Sunday."""

    people_by_day: tuple[int, ...]
    activities: int
    people: int
    """Accompaniments."""
    minutes: int
    new_people: int
    """People accompanied for the first time."""
