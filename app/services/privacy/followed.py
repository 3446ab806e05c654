"""What follows a person, for that person: cases, appointments, mandates with their journal, assessments."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from app.models import Assessment, Case, Mandate, MandateEntry
from app.models.assessment import assessment
from app.models.base import known_or_none
from app.models.local import change
from app.models.mandate import mandate, mandate_entry
from app.models.procedure_case import procedure_case
from app.services.appointments import lists as appointment_lists
from app.services.appointments.rows import AppointmentRow
from app.services.mandates import checking, lists
from app.work import find_all
from protocol.vocabulary import (
    AppointmentStatus,
    CaseStatus,
    MandateAct,
    MandateDuration,
    MandateFamily,
    ProcedureFamily,
    RecordKind,
    Signing,
    SkillDomain,
)


@dataclass(frozen=True, slots=True)
class FileCase:
    """A procedure, as far as it has come."""

    name: str
    family: ProcedureFamily | None
    status: CaseStatus
    reference: str
    opened_on: date | None
    closed_on: date | None
    deadline: date | None
    steps: tuple[tuple[str, bool], ...]
    """What there is to do, and whether it is done."""
    notes: str


@dataclass(frozen=True, slots=True)
class FileAppointment:
    """When the person was expected, or is, and how it ended."""

    starts: datetime
    minutes: int
    place: str
    """Name of the place, and what was added to it."""
    subject: str
    case: str
    """Name of the procedure it is about."""
    status: AppointmentStatus


@dataclass(frozen=True, slots=True)
class FileUse:
    """One line of the journal of a mandate."""

    at: datetime
    act: MandateAct | None
    family: MandateFamily | None
    said: str
    author: str


@dataclass(frozen=True, slots=True)
class FileMandate:
    """A mandate that the person gave, and what was done with it."""

    starts_on: date | None
    expires_on: date | None
    duration: MandateDuration | None
    families: tuple[MandateFamily, ...]
    revoked: tuple[tuple[MandateFamily, date], ...]
    acts: str
    made_at: str
    signing: Signing | None
    person_signature: str
    """Drawn on the screen, as strokes (`services/signatures.py`); empty on paper."""
    journal: tuple[FileUse, ...]


@dataclass(frozen=True, slots=True)
class FileAssessment:
    """What the person could do on a day."""

    day: date | None
    scores: tuple[tuple[SkillDomain, int], ...]
    """0, 1 or 2 (Eurostat: none, basic, above basic)."""
    internet_use: bool | None
    answers: dict[str, Any]
    """As they were noted, by the code of the question."""
    finer: dict[str, int]
    """Level (1 to 8) by competence of the CRCN."""
    objectives: tuple[str, ...]
    notes: str


@dataclass(frozen=True, slots=True)
class FileChange:
    """When something was written of the person, and which fields."""

    at: datetime
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """All of it, the oldest first."""

    cases: tuple[FileCase, ...] = ()
    appointments: tuple[FileAppointment, ...] = ()
    mandates: tuple[FileMandate, ...] = ()
    assessments: tuple[FileAssessment, ...] = ()
    changes: tuple[FileChange, ...] = ()


def gather(connection: Connection, id_: UUID) -> Followed:
    """What follows a person; what was deleted is left out, as everywhere."""
    cases = _of(connection, Case, procedure_case.c.beneficiary, (id_,))
    mandates = _of(connection, Mandate, mandate.c.beneficiary, (id_,))
    assessments = _of(connection, Assessment, assessment.c.beneficiary, (id_,))
    entries = _of(connection, MandateEntry, mandate_entry.c.mandate, [one.id for one in mandates])
    return Followed(
        cases=tuple(map(_case, cases)),
        appointments=tuple(map(_appointment, appointment_lists.of_person_in(connection, id_))),
        mandates=tuple(_mandate(one, [entry for entry in entries if entry.mandate == one.id]) for one in mandates),
        assessments=tuple(map(_assessment, sorted(assessments, key=lambda one: one.day or date.min))),
        changes=_changes(connection, id_),
    )


def _of(connection: Connection, cls: Any, owner: Any, ids: Iterable[UUID]) -> list[Any]:
    wanted = select(cls.table.c.id).where(owner.in_(tuple(ids)), cls.table.c.deleted.is_(False))
    found = find_all(connection, cls, connection.execute(wanted.order_by(cls.table.c.created_at)).scalars().all())
    return sorted(found.values(), key=lambda one: (one.created_at or 0, one.id))


def _case(one: Case) -> FileCase:
    return FileCase(
        name=one.name or "",
        family=known_or_none(ProcedureFamily, one.family),
        status=known_or_none(CaseStatus, one.status) or CaseStatus.TO_PREPARE,
        reference=one.reference or "",
        opened_on=one.opened_on,
        closed_on=one.closed_on,
        deadline=one.deadline,
        steps=tuple((str(step.get("said", "")), step.get("id") in one.done) for step in one.steps or ()),
        notes=one.notes or "",
    )


def _appointment(one: AppointmentRow) -> FileAppointment:
    where = ", ".join(filter(None, (one.place, one.place_note)))
    return FileAppointment(one.starts, one.minutes, where, one.subject, one.case_name, one.status)


def _mandate(one: Mandate, entries: Sequence[MandateEntry]) -> FileMandate:
    revoked = ((known_or_none(MandateFamily, code), day) for code, day in lists.taken_back(one, entries).items())
    return FileMandate(
        starts_on=one.starts_on,
        expires_on=one.expires_on,
        duration=known_or_none(MandateDuration, one.duration),
        families=tuple(word for code in one.families or () if (word := known_or_none(MandateFamily, code))),
        revoked=tuple((word, day) for word, day in revoked if word),
        acts=one.acts or "",
        made_at=one.made_at or "",
        signing=known_or_none(Signing, one.signing),
        person_signature=one.person_signature or "",
        journal=tuple(map(_use, sorted(entries, key=lambda entry: entry.at or 0))),
    )


def _use(entry: MandateEntry) -> FileUse:
    return FileUse(
        at=checking.moment_of(entry),
        act=known_or_none(MandateAct, entry.act),
        family=known_or_none(MandateFamily, entry.family),
        said=entry.said or "",
        author=entry.author or "",
    )


def _assessment(one: Assessment) -> FileAssessment:
    scores = ((known_or_none(SkillDomain, code), level) for code, level in (one.scores or {}).items())
    return FileAssessment(
        day=one.day,
        scores=tuple((word, level) for word, level in scores if word),
        internet_use=one.internet_use,
        answers=dict(one.answers or {}),
        finer=dict(one.finer or {}),
        objectives=tuple(one.objectives or ()),
        notes=one.notes or "",
    )


def _changes(connection: Connection, id_: UUID) -> tuple[FileChange, ...]:
    wanted = select(change.c.at, change.c.after).where(
        change.c.record_id == id_, change.c.kind == RecordKind.BENEFICIARY.value
    )
    rows = connection.execute(wanted.order_by(change.c.number)).all()
    return tuple(FileChange(datetime.fromtimestamp(row.at / 1000), tuple(row.after)) for row in rows)
