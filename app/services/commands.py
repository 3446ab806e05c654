"""What the screens ask for: frozen commands, standard library only so that the window paints before the rest loads."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from protocol.vocabulary import (
    ActivityKind,
    AgeBand,
    Autonomy,
    CaseStatus,
    Equipment,
    Gender,
    PlaceKind,
    ProcedureFamily,
    ReferralTarget,
    SocialStatus,
    Topic,
    WorkshopLevel,
)


@dataclass(frozen=True, slots=True)
class AnonymousPerson:
    """What is told of an anonymous person at an individual accompaniment; everything is optional."""

    already: bool = False
    municipality: str | None = None
    postal_code: str | None = None
    gender: Gender | None = None
    age_band: AgeBand | None = None
    status: SocialStatus | None = None


@dataclass(frozen=True, slots=True)
class AnonymousGroup:
    """The anonymous participants of a workshop, counted; what is not counted in a group is « non communiqué »."""

    total: int = 0
    already: int = 0
    gender: dict[Gender, int] = field(default_factory=dict)
    age_band: dict[AgeBand, int] = field(default_factory=dict)
    status: dict[SocialStatus, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RecordActivity:
    """Record an activity, new (`id` is None) or changed; also the content of a form that is not finished."""

    id: UUID | None = None
    kind: ActivityKind = ActivityKind.INDIVIDUAL
    day: date | None = None
    minutes: int | None = None
    place_kind: PlaceKind | None = None
    place: UUID | None = None
    municipality: str | None = None
    """INSEE code, for « À domicile » and « Autre lieu »."""
    postal_code: str | None = None
    topics: frozenset[Topic] = frozenset()
    families: frozenset[ProcedureFamily] = frozenset()
    procedures: frozenset[str] = frozenset()
    """Codes of the catalogue of common procedures."""
    procedure_note: str = ""
    equipment: frozenset[Equipment] = frozenset()
    tags: frozenset[UUID] = frozenset()
    cases: frozenset[UUID] = frozenset()
    """Procedures of the person that it moved on."""
    sheets: frozenset[str] = frozenset()
    """Codes of the learner sheets handed over."""
    notes: str = ""
    participants: tuple[UUID, ...] = ()
    """Beneficiaries: at most one for an individual accompaniment."""
    person: AnonymousPerson = AnonymousPerson()
    """Used by an individual accompaniment without beneficiary."""
    anonymous: AnonymousGroup = AnonymousGroup()
    """Used by a workshop."""
    autonomy: Autonomy | None = None
    referred: bool | None = None
    referral: ReferralTarget | None = None
    level: WorkshopLevel | None = None
    title: str = ""
    appointment: UUID | None = None
    """The appointment that a new accompaniment comes from."""
    far_date_confirmed: bool = False
    """The advisor confirmed a day more than seven days ahead."""
    opened: "RecordActivity | None" = field(default=None, compare=False, repr=False)
    """What the form showed at first of an activity to change: what does not differ from it is left as it is."""


@dataclass(frozen=True, slots=True)
class SaveBeneficiary:
    """Create a person (`id` is None) or change what is known of one."""

    id: UUID | None = None
    first_name: str = ""
    last_name: str = ""
    birth_year: int | None = None
    phone: str = ""
    no_phone: bool = False
    email: str = ""
    address: str = ""
    """Number and street."""
    municipality: str | None = None
    postal_code: str | None = None
    gender: Gender | None = None
    age_band: AgeBand | None = None
    status: SocialStatus | None = None
    notes: str = ""
    opened: "SaveBeneficiary | None" = field(default=None, compare=False, repr=False)
    """What the form showed at first of a person to change: what does not differ from it is left as it is."""


@dataclass(frozen=True, slots=True)
class MergePeople:
    """Make one file of two, which are of the same person."""

    kept: UUID
    gone: UUID
    take: frozenset[str] = frozenset()
    """The fields of which the other file's value is wanted; else the file kept wins, and its gaps are filled."""


@dataclass(frozen=True, slots=True)
class SaveCase:
    """Open a case for a person (`id` is None), or change it; its steps have verbs of their own (`cases.py`)."""

    id: UUID | None = None
    beneficiary: UUID | None = None
    procedure: str = ""
    """Code of the catalogue, or the id of one of the advisor's own procedures; empty for a free name."""
    name: str = ""
    family: ProcedureFamily | None = None
    status: CaseStatus = CaseStatus.TO_PREPARE
    reference: str = ""
    deadline: date | None = None
    notes: str = ""
    opened: "SaveCase | None" = field(default=None, compare=False, repr=False)
    """What the form showed at first of a case to change: what does not differ from it is left as it is."""


@dataclass(frozen=True, slots=True)
class SaveProcedure:
    """Add a procedure of the advisor's own (`id` is None) or change it."""

    id: UUID | None = None
    name: str = ""
    family: ProcedureFamily | None = None
    bring: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    site: str = ""
    address: str = ""
    delay: str = ""
    phone: str = ""
    source: str = ""
    checked_on: date | None = None
    opened: "SaveProcedure | None" = field(default=None, compare=False, repr=False)
    """What the form showed at first of one to change: what does not differ from it is left as it is."""


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases to list: any word inside one filter, all the filters together."""

    statuses: frozenset[CaseStatus] = frozenset()
    """Empty: those that are open."""
    families: frozenset[ProcedureFamily] = frozenset()
    text: str = ""


@dataclass(frozen=True, slots=True)
class SavePlace:
    """Add a place of activity (`id` is None) or change it."""

    id: UUID | None = None
    name: str = ""
    address: str = ""
    municipality: str | None = None
    postal_code: str | None = None
    typology: str = ""
    siret: str = ""
    itinerant: bool = False
    latitude: float | None = None
    longitude: float | None = None
    source: str = ""
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class SaveOrganisation:
    """Add an employer of the advisor (`id` is None) or change it."""

    id: UUID | None = None
    name: str = ""
    municipality: str | None = None
    postal_code: str | None = None
    siret: str = ""
    since: date | None = None
    """First day of the contract; None: since always."""


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """Which activities to list: any word inside one filter, all the filters together."""

    since: date | None = None
    until: date | None = None
    kinds: frozenset[ActivityKind] = frozenset()
    places: frozenset[UUID] = frozenset()
    place_kinds: frozenset[PlaceKind] = frozenset()
    topics: frozenset[Topic] = frozenset()
    families: frozenset[ProcedureFamily] = frozenset()
    tags: frozenset[UUID] = frozenset()
    municipalities: frozenset[str] = frozenset()
    """INSEE codes: the commune of the place, or of the activity itself."""
    beneficiary: UUID | None = None
    people: frozenset[UUID] = frozenset()
    """Any of these people came, or `beneficiary`."""
    text: str = ""


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Which people to list: all that is asked, together."""

    text: str = ""
    absent_since: date | None = None
    """Those who came to no activity from this day on."""
    never_came: bool = False
    """Those who never came to any."""
