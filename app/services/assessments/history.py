"""The assessments of one person: the one that waits to be ended, those that are, and what changed between two."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from app.database import Database
from app.errors import UserError
from app.models import Assessment
from app.models.assessment import assessment
from app.services.assessments import questionnaire, scoring
from app.services.assessments.interviews import GONE
from app.work import find, find_all
from protocol.vocabulary import SkillDomain


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One assessment as it is shown."""

    id: UUID
    beneficiary: UUID
    day: date | None
    """None while it is not ended."""
    begun_on: date
    scores: dict[SkillDomain, int] = field(default_factory=dict)
    """0, 1 or 2, of the domains that were asked about."""
    is_illectronism: bool | None = None
    answers: dict[str, str] = field(default_factory=dict)
    finer: dict[str, int] = field(default_factory=dict)
    objectives: tuple[str, ...] = ()
    notes: str = ""

    @property
    def progress(self) -> tuple[int, int]:
        """How many questions are answered, of how many to ask."""
        to_ask = questionnaire.asked(self.answers)
        return sum(one.code in self.answers for one in to_ask), len(to_ask)


@dataclass(frozen=True, slots=True)
class Change:
    """A domain from one assessment to a later one."""

    domain: SkillDomain
    before: int
    now: int

    @property
    def way(self) -> int:
        """1 for up, 0 for the same, -1 for down."""
        return (self.now > self.before) - (self.now < self.before)


def of_person(database: Database, person: UUID) -> tuple[AssessmentRow, ...]:
    """The assessments of a person, the newest first; those that are not ended stand before."""
    wanted = select(assessment.c.id).where(assessment.c.beneficiary == person, assessment.c.deleted.is_(False))
    with database.read() as connection:
        kept = find_all(connection, Assessment, connection.execute(wanted).scalars()).values()
    return tuple(map(_row, sorted(kept, key=lambda one: (one.day or date.max, one.created_at or 0), reverse=True)))


def one(database: Database, id_: UUID) -> AssessmentRow:
    """An assessment; raises UserError if it is gone."""
    with database.read() as connection:
        kept = find(connection, Assessment, id_)
    if kept is None or kept.deleted:
        raise UserError(GONE)
    return _row(kept)


def unfinished(rows: Iterable[AssessmentRow]) -> AssessmentRow | None:
    """The one that waits to be ended, the last begun if there are several."""
    return next((row for row in rows if row.day is None), None)


def before(rows: Iterable[AssessmentRow], row: AssessmentRow) -> AssessmentRow | None:
    """The ended assessment that came just before another one."""
    earlier = [one for one in rows if one.day is not None]
    place = next((place for place, one in enumerate(earlier) if one.id == row.id), None)
    return earlier[place + 1] if place is not None and place + 1 < len(earlier) else None


def changes(before: Mapping[SkillDomain, int], now: Mapping[SkillDomain, int]) -> Iterator[Change]:
    """What happened to each domain that both assessments asked about."""
    return (Change(domain, before[domain], now[domain]) for domain in SkillDomain if domain in before and domain in now)


def _row(kept: Assessment) -> AssessmentRow:
    scores = scoring.known(kept.scores)
    assert kept.beneficiary is not None
    return AssessmentRow(
        id=kept.id,
        beneficiary=kept.beneficiary,
        day=kept.day,
        begun_on=datetime.fromtimestamp((kept.created_at or 0) / 1000).date(),
        scores=scores,
        is_illectronism=scoring.is_illectronism(scores, kept.internet_use),
        answers={str(name): str(said) for name, said in (kept.answers or {}).items()},
        finer=dict(kept.finer or {}),
        objectives=tuple(kept.objectives or ()),
        notes=kept.notes or "",
    )
