"""What the screens are shown: frozen rows, standard library only."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from app.services.commands import RecordActivity, SaveBeneficiary, SaveCase
from protocol.vocabulary import ActivityKind, CaseStatus, Gender, PlaceKind, ProcedureFamily, Topic


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
class DuplicatePair:
    """Two people of the notebook who may be one."""

    first: UUID
    second: UUID
    alike: frozenset[str]
    """What they have in common: last_name, first_name, phone, email."""
    is_exact: bool
    """Whether that is so without close names."""
    is_doubtful: bool
    """Whether their years of birth say that they are two."""
    score: float
    """The higher, the surer; only to sort by."""


@dataclass(frozen=True, slots=True)
class LikelySame:
    """Somebody of the notebook who may be the person spoken of, and what they have in common."""

    person: PersonRow
    alike: frozenset[str]


@dataclass(frozen=True, slots=True)
class ComparedField:
    """One field of two people, in words."""

    name: str
    label: str
    first: str
    second: str
    is_chosen: bool
    """Whether either value may be chosen; else it follows another field, or both are kept."""

    @property
    def differs(self) -> bool:
        """Whether both say something, and not the same."""
        return self.first != self.second and "—" not in (self.first, self.second)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two people who may be one."""

    first: PersonRow
    second: PersonRow
    fields: tuple[ComparedField, ...]
    """Those that one of the two tells."""


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


class Urgency(Enum):
    """How pressing a case is, the most pressing first."""

    LATE = "late"
    SOON = "soon"
    """Its deadline is today, or within seven days."""
    LATER = "later"
    UNDATED = "undated"
    """It has no deadline, or it is closed."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of a list of cases."""

    id: UUID
    beneficiary: UUID
    person: str
    """Name then first name."""
    name: str
    procedure: str
    family: ProcedureFamily | None
    status: CaseStatus
    deadline: date | None
    opened_on: date | None
    closed_on: date | None
    done: int
    """How many of its steps are done."""
    steps: int
    next_step: str
    """The first step that is not done; empty if there is none."""
    urgency: Urgency
    is_open: bool


@dataclass(frozen=True, slots=True)
class StepRow:
    """One thing to do for a case."""

    id: str
    said: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where something was read."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class GuideRow:
    """A procedure of the catalogue, or of the advisor's own: what to bring, where it is done, how long it takes."""

    key: str
    """Code of the catalogue, or the id of one of the advisor's own, as text."""
    name: str
    family: ProcedureFamily | None
    is_own: bool = False
    archived: bool = False
    bring: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    site: str = ""
    address: str = ""
    delay: str = ""
    phone: str = ""
    phone_note: str = ""
    checked_on: date | None = None
    sources: tuple[SourceRow, ...] = ()
    to_verify: bool = False
    """The source could not be read, or there is none."""

    @property
    def is_empty(self) -> bool:
        """Nothing is known of it but its name."""
        return not (self.bring or self.steps or self.site or self.address or self.delay or self.phone)


@dataclass(frozen=True, slots=True)
class LinkedActivity:
    """An activity of the person, and whether it moved the case on."""

    activity: ActivityRow
    is_linked: bool


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """Everything the detail panel shows of one case."""

    row: CaseRow
    form: SaveCase
    steps: tuple[StepRow, ...]
    guide: GuideRow | None
    activities: tuple[LinkedActivity, ...]
    """Those linked, and the last ones of the person, the newest first."""
    lost: tuple[LostRow, ...] = ()
    """What was written here and lost to a colleague's version."""


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
    cases: tuple[str, ...] = ()
    """Names of the cases that it moved on."""
    sheets: tuple[str, ...] = ()
    """Titles of the learner sheets handed over."""
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
