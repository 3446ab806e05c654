"""What the statistics say: frozen figures, standard library only, so that screens, reports and exports share them."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from app.services.commands import ActivityFilter
from protocol.vocabulary import SkillDomain


class Unit(Enum):
    """What a number counts."""

    ACCOMPANIMENTS = "accompagnements"
    PEOPLE = "personnes"
    ACTIVITIES = "activités"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a breakdown."""

    code: str
    """Code of the vocabulary, id as text, INSEE code…; empty for what was not told."""
    label: str
    number: int
    """In the breakdown's unit."""
    activities: int = 0
    minutes: int = 0
    """Time of these activities: whole for each of the line's activities, never parted between several lines."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """How a number is made up (« répartition »)."""

    key: str
    """The name of the field of `Statistics` that holds it."""
    title: str
    definition: str
    """One or two French sentences: what is counted, and how."""
    unit: Unit
    lines: tuple[Line, ...]
    """Closed lists whole and in the order of the vocabulary, zeros too; the others with the largest number first."""
    total: int
    """What the shares are shares of: every accompaniment (or person, or activity) that the filter keeps."""
    is_multiple: bool = False
    """Several lines may count the same accompaniment: the lines then add up to the number of choices."""

    @property
    def choices(self) -> int:
        """The sum of the lines: the other thing that shares can be shares of."""
        return sum(line.number for line in self.lines)

    def share(self, line: Line, of_choices: bool = False) -> float:
        """The share of a line, from 0 to 1; 0 where there is nothing to share."""
        base = self.choices if of_choices else self.total
        return line.number / base if base else 0.0


@dataclass(frozen=True, slots=True)
class Totals:
    """The key figures of one period."""

    accompaniments: int = 0
    activities: int = 0
    individual: int = 0
    """Individual accompaniments."""
    workshops: int = 0
    workshop_people: int = 0
    """Accompaniments that took place in workshops."""
    people: int = 0
    """Different people: each person followed once, each anonymous presence once."""
    followed: int = 0
    anonymous: int = 0
    new_people: int = 0
    known_people: int = 0
    """`people` without the new ones."""
    came_back: int = 0
    """People followed who came at least twice in the period."""
    minutes: int = 0
    face_to_face_minutes: int = 0
    """Individual accompaniments, not at a distance."""
    remote_minutes: int = 0
    """Individual accompaniments at a distance."""
    workshop_minutes: int = 0

    @property
    def mean_workshop_people(self) -> float:
        """Participants of a workshop, on average; 0 without workshop."""
        return self.workshop_people / self.workshops if self.workshops else 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """The key figures of another period, to compare with."""

    label: str
    """« du 01/10/2025 au 31/10/2025 »."""
    since: date
    until: date
    totals: Totals


@dataclass(frozen=True, slots=True)
class Point:
    """One step of a series: a day, a week or a month."""

    since: date
    until: date
    label: str
    """« 24/11 », « S48 », « 11/26 »."""
    accompaniments: int = 0
    activities: int = 0
    minutes: int = 0
    new_people: int = 0
    autonomy: tuple[int, int, int] = (0, 0, 0)
    """Individual accompaniments at each level of autonomy, in the order of the vocabulary."""


@dataclass(frozen=True, slots=True)
class AutonomyPaths:
    """The people followed who were given a level at least twice: from their first level to their last."""

    definition: str
    paths: tuple[tuple[int, int, int], ...] = ((0, 0, 0), (0, 0, 0), (0, 0, 0))
    """`paths[first][last]`: how many people, levels in the order of the vocabulary."""

    @property
    def forward(self) -> int:
        """People whose last level is higher than their first."""
        return sum(number for first, row in enumerate(self.paths) for last, number in enumerate(row) if last > first)

    @property
    def same(self) -> int:
        """People whose last level is their first."""
        return sum(row[level] for level, row in enumerate(self.paths))

    @property
    def back(self) -> int:
        """People whose last level is lower than their first."""
        return sum(number for first, row in enumerate(self.paths) for last, number in enumerate(row) if last < first)


@dataclass(frozen=True, slots=True)
class DomainPath:
    """How one domain went from the first assessment to the last, in people who were asked about it both times."""

    domain: SkillDomain
    up: int = 0
    same: int = 0
    down: int = 0


@dataclass(frozen=True, slots=True)
class AssessmentFigures:
    """The digital assessments of a period."""

    definition: str = ""
    number: int = 0
    people: int = 0
    illectronism_first: int = 0
    """People in a situation of illectronisme at their first assessment of the period."""
    illectronism_last: int = 0
    """The same at their last one."""
    again: int = 0
    """People assessed at least twice."""
    paths: tuple[DomainPath, ...] = ()
    """Of these, one for each domain."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """The whole page, for the activities that a filter keeps."""

    filter: ActivityFilter
    since: date | None
    """The first day counted: of the filter, else of the first activity; None without any."""
    until: date | None
    totals: Totals
    definitions: dict[str, str]
    """For each field of `Totals`, its French definition."""
    previous: Comparison | None
    """The period just before, of the same length (whole months before whole months); None without two dates."""
    last_year: Comparison | None
    """The same period one year before; None without two dates."""
    by_day: tuple[Point, ...]
    """Every day of the period, zeros too; without two dates, of the last 30 days."""
    by_week: tuple[Point, ...]
    """Every week (Monday to Sunday) that the period touches."""
    by_month: tuple[Point, ...]
    """Every month that the period touches, the last one too; without two dates, of the last 12 months."""
    hours: tuple[tuple[int, ...], ...]
    """Seven weekdays × 24 hours: activities recorded on their own day, by the hour at which they were."""
    hours_definition: str
    autonomy_paths: AutonomyPaths
    assessments: AssessmentFigures
    topics: Breakdown
    families: Breakdown
    procedures: Breakdown
    tags: Breakdown
    equipment: Breakdown
    place_kinds: Breakdown
    durations: Breakdown
    places: Breakdown
    municipalities: Breakdown
    epcis: Breakdown
    departments: Breakdown
    organisations: Breakdown
    autonomy: Breakdown
    levels: Breakdown
    referred: Breakdown
    """Yes, no, not told; of the individual accompaniments."""
    referrals: Breakdown
    genders: Breakdown
    age_bands: Breakdown
    statuses: Breakdown
    residences: Breakdown
    """The communes where the people live."""
