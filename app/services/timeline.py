"""What happened with one person, the newest first: activities, assessments, cases, mandates, appointments, consent."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, select

from app.database import Database
from app.errors import UserError
from app.models import Beneficiary
from app.models.activity import activity, activity_choice
from app.models.assessment import assessment
from app.models.attendance import attendance
from app.models.base import known_or_none
from app.models.procedure_case import procedure_case
from app.services.activity_lists import rows_of
from app.services.appointments import lists as appointment_lists
from app.services.appointments.rows import AppointmentRow
from app.services.assessments import scoring
from app.services.mandates import lists
from app.services.merged import GONE
from app.services.rows import ActivityRow
from app.services.sheets import library
from app.work import find
from protocol.vocabulary import (
    ActivityKind,
    Autonomy,
    CaseStatus,
    Consent,
    MandateFamily,
    ProcedureFamily,
    SkillDomain,
    Topic,
)

LATEST = 40
"""Activities told at first."""


@dataclass(frozen=True, slots=True)
class Came:
    """The person came to an activity."""

    day: date
    row: ActivityRow
    autonomy: Autonomy | None
    """Of an individual accompaniment."""
    sheets: tuple[tuple[str, str], ...]
    """Code and title of the learner sheets handed over."""
    notes: str
    """Of an individual accompaniment: those of a workshop speak of everybody."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """What the person can do with digital tools was looked at."""

    day: date
    id: UUID
    scores: tuple[tuple[SkillDomain, int], ...]
    """0, 1 or 2 by domain, in their order."""
    objectives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseMoved:
    """A case of the person was opened, or closed."""

    day: date
    id: UUID
    name: str
    family: ProcedureFamily | None
    status: CaseStatus | None
    """How far it is now."""
    is_end: bool


@dataclass(frozen=True, slots=True)
class MandateSigned:
    """The person let the advisor act in their place."""

    day: date
    id: UUID
    families: tuple[MandateFamily, ...]
    until: date


@dataclass(frozen=True, slots=True)
class MandateEnded:
    """A mandate is over, or some of its families were taken back."""

    day: date
    id: UUID
    revoked: tuple[MandateFamily, ...]
    """The families taken back that day; none when the mandate came to its term."""
    is_over: bool = True
    """Nothing of it is left from that day on."""


@dataclass(frozen=True, slots=True)
class Given:
    """The person had an appointment that day, which is past or ended otherwise."""

    day: date
    row: AppointmentRow


@dataclass(frozen=True, slots=True)
class Informed:
    """The information sheet was handed over."""

    day: date


@dataclass(frozen=True, slots=True)
class Agreed:
    """The person answered whether their data may be kept."""

    day: date
    consent: Consent


Moment = Came | Assessed | CaseMoved | MandateSigned | MandateEnded | Given | Informed | Agreed


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that happened, or the latest of it."""

    moments: tuple[Moment, ...]
    """The newest first."""
    has_more: bool
    """Older activities, and what happened before them, are left out."""
    topics: tuple[tuple[Topic, int], ...]
    """How many activities were about each, the most frequent first; of all the activities."""
    autonomy: tuple[tuple[date, Autonomy], ...]
    """The levels noted, the oldest first."""
    coming: tuple[AppointmentRow, ...] = ()
    """The appointments that are expected, the first to begin first."""


def of(database: Database, id_: UUID, today: date, latest: int = LATEST) -> Timeline:
    """The timeline of a person with their latest activities; raises UserError if they are gone."""
    with database.read() as connection:
        person = find(connection, Beneficiary, id_)
        if person is None or person.deleted:
            raise UserError(GONE)
        came = _came(connection, id_, latest + 1)
        given = appointment_lists.of_person_in(connection, id_)
        others = [
            *_assessed(connection, id_),
            *_cases(connection, id_),
            *_mandates(connection, id_, today),
            *(Given(one.starts.date(), one) for one in given if not _is_to_come(one, today)),
            *_told(person),
        ]
        topics, autonomy = _topics(connection, id_), _autonomy(connection, id_)
    has_more = len(came) > latest
    came = came[:latest]
    first = came[-1].day if has_more else date.min
    moments: list[Moment] = [*came, *(one for one in others if one.day >= first)]
    moments.sort(key=lambda one: one.day, reverse=True)  # of one day, the activities first
    coming = tuple(one for one in given if _is_to_come(one, today))
    return Timeline(tuple(moments), has_more, topics, autonomy, coming)


def _is_to_come(one: AppointmentRow, today: date) -> bool:
    return one.is_expected and one.starts.date() >= today


def _came(connection: Connection, id_: UUID, limit: int) -> list[Came]:
    wanted = select(activity.c.number).where(*_of(id_)).order_by(activity.c.day.desc(), activity.c.number.desc())
    rows = rows_of(connection, wanted.limit(limit))
    ids = [row.id for row in rows]
    known = select(activity.c.id, activity.c.autonomy, activity.c.notes).where(activity.c.id.in_(ids))
    more = {row.id: row for row in connection.execute(known)}
    sheets: dict[UUID, list[str]] = defaultdict(list)
    choices = activity_choice.c
    handed = select(choices.activity, choices.code).where(choices.activity.in_(ids), choices.field == "sheets")
    for activity_id, code in connection.execute(handed.order_by(choices.code)):
        sheets[activity_id].append(code)
    titles = library.titles_in(connection, chain.from_iterable(sheets.values()))
    return [_one(row, more[row.id], [(code, titles[code]) for code in sheets[row.id]]) for row in rows]


def _one(row: ActivityRow, more: Any, sheets: Sequence[tuple[str, str]]) -> Came:
    is_individual = row.kind is ActivityKind.INDIVIDUAL
    return Came(
        day=row.day,
        row=row,
        autonomy=known_or_none(Autonomy, more.autonomy) if is_individual else None,
        sheets=tuple(sheets),
        notes=(more.notes or "") if is_individual else "",
    )


def _of(id_: UUID) -> tuple[ColumnElement[bool], ...]:
    """The activities that a person came to."""
    came = select(attendance.c.activity).where(attendance.c.beneficiary == id_, attendance.c.deleted.is_(False))
    return activity.c.deleted.is_(False), activity.c.day.is_not(None), activity.c.id.in_(came)


def _topics(connection: Connection, id_: UUID) -> tuple[tuple[Topic, int], ...]:
    choices = activity_choice.c
    wanted = select(choices.code).join(activity, activity.c.id == choices.activity)
    codes = connection.execute(wanted.where(choices.field == "topics", *_of(id_))).scalars()
    counted = Counter(topic for code in codes if (topic := known_or_none(Topic, code)))
    order = list(Topic)
    return tuple(sorted(counted.items(), key=lambda one: (-one[1], order.index(one[0]))))


def _autonomy(connection: Connection, id_: UUID) -> tuple[tuple[date, Autonomy], ...]:
    noted = activity.c.autonomy.is_not(None), activity.c.kind == ActivityKind.INDIVIDUAL
    wanted = select(activity.c.day, activity.c.autonomy).where(*_of(id_), *noted)
    rows = connection.execute(wanted.order_by(activity.c.day, activity.c.number))
    return tuple((day, level) for day, code in rows if (level := known_or_none(Autonomy, code)))


def _assessed(connection: Connection, id_: UUID) -> Iterator[Moment]:
    kept = assessment.c
    wanted = select(assessment).where(kept.beneficiary == id_, kept.deleted.is_(False), kept.day.is_not(None))
    for row in connection.execute(wanted.order_by(kept.day, kept.number)):
        yield Assessed(row.day, row.id, tuple(scoring.known(row.scores).items()), tuple(row.objectives or ()))


def _cases(connection: Connection, id_: UUID) -> Iterator[Moment]:
    kept = procedure_case.c
    wanted = select(procedure_case).where(kept.beneficiary == id_, kept.deleted.is_(False)).order_by(kept.number)
    for row in connection.execute(wanted):
        family, status = known_or_none(ProcedureFamily, row.family), known_or_none(CaseStatus, row.status)
        for day, is_end in ((row.closed_on, True), (row.opened_on, False)):
            if day is not None:
                yield CaseMoved(day, row.id, row.name or "", family, status, is_end)


def _mandates(connection: Connection, id_: UUID, today: date) -> Iterator[Moment]:
    for row in lists.rows_of(connection, id_, today):
        revoked: dict[date, list[MandateFamily]] = defaultdict(list)
        for family, day in row.revoked:
            revoked[day].append(family)
        for day, families in revoked.items():
            yield MandateEnded(day, row.id, tuple(families), is_over=not row.left and day == max(revoked))
        if row.expires_on < today and row.left:
            yield MandateEnded(row.expires_on, row.id, ())
        yield MandateSigned(row.starts_on, row.id, row.families, row.expires_on)


def _told(person: Beneficiary) -> Iterator[Moment]:
    if person.informed_on:
        yield Informed(person.informed_on)
    consent = known_or_none(Consent, person.consent)
    if consent and person.consent_on:
        yield Agreed(person.consent_on, consent)
