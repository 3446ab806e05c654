"""What an advisor does with activities: record, change, delete and bring back."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from app.database import Database
from app.errors import UserError
from app.models import Activity, Attendance, Beneficiary
from app.models.attendance import attendance, attendance_id
from app.models.ids import new_id
from app.services import drafts
from app.services.activity_rules import check, tidy
from app.services.commands import AnonymousGroup, AnonymousPerson, RecordActivity
from app.work import Work, find
from protocol.vocabulary import (
    ActivityKind,
    AgeBand,
    Equipment,
    Gender,
    ProcedureFamily,
    SocialStatus,
    Topic,
)


def record(database: Database, command: RecordActivity, today: date | None = None, draft: UUID | None = None) -> UUID:
    """Keep an activity, new or changed, with the people who came; raises UserError if a rule is not met.

    The draft it comes from is forgotten in the same moment, so that a power cut cannot leave both.
    """
    command = tidy(command)
    check(command, today or date.today())
    with database.work() as work:
        kept = _activity(work, command)
        work.save(kept)
        _save_attendances(work, kept, command)
        if draft:
            drafts.forget(work.connection, draft)
    return kept.id


def delete(database: Database, id_: UUID) -> None:
    """Take an activity out of the lists and figures; `restore` brings it back."""
    _set_deleted(database, id_, True)


def restore(database: Database, id_: UUID) -> None:
    """Bring a deleted activity back."""
    _set_deleted(database, id_, False)


def form_of(database: Database, id_: UUID) -> RecordActivity:
    """The content of an activity as the form shows it."""
    with database.read() as connection:
        return form_in(connection, id_)


def duplicate_of(database: Database, id_: UUID, today: date | None = None) -> RecordActivity:
    """A new form with the content of an activity, on today's date; its notes stay with the first one."""
    return replace(form_of(database, id_), id=None, day=today or date.today(), notes="")


def form_in(connection: Connection, id_: UUID) -> RecordActivity:
    """The content of an activity as one moment of the notebook knows it; raises UserError if it is gone."""
    kept = find(connection, Activity, id_)
    if kept is None:
        raise UserError("Cette activité n’est plus dans le carnet.")
    rows = connection.execute(
        select(attendance).where(attendance.c.activity == id_, attendance.c.deleted.is_(False)).order_by("number")
    ).all()
    anonymous = next((row for row in rows if row.beneficiary is None), None)
    return RecordActivity(
        id=kept.id,
        kind=kept.kind,
        day=kept.day,
        minutes=kept.minutes,
        place_kind=kept.place_kind,
        place=kept.place,
        municipality=kept.municipality,
        postal_code=kept.postal_code,
        topics=frozenset(Topic(code) for code in kept.topics),
        families=frozenset(ProcedureFamily(code) for code in kept.families),
        procedures=frozenset(kept.procedures or ()),
        procedure_note=kept.procedure_note or "",
        equipment=frozenset(Equipment(code) for code in kept.equipment),
        tags=frozenset(UUID(code) for code in kept.tags),
        notes=kept.notes or "",
        participants=tuple(row.beneficiary for row in rows if row.beneficiary),
        person=_person(anonymous) if anonymous else AnonymousPerson(),
        anonymous=_group(kept.anonymous),
        autonomy=kept.autonomy,
        referred=kept.referred,
        referral=kept.referral,
        level=kept.level,
        title=kept.title or "",
    )


def age_band_at(birth_year: int | None, day: date) -> AgeBand | None:
    """The age band of a person in the year of an activity (difference of years, as « La Coop » counts)."""
    if birth_year is None:
        return None
    age = day.year - birth_year
    return next(band for youngest, band in _BANDS if age >= youngest)


_BANDS = (
    (70, AgeBand.OVER_70),
    (60, AgeBand.FROM_60_TO_69),
    (40, AgeBand.FROM_40_TO_59),
    (25, AgeBand.FROM_25_TO_39),
    (18, AgeBand.FROM_18_TO_24),
    (12, AgeBand.FROM_12_TO_17),
    (-1000, AgeBand.UNDER_12),
)


def _activity(work: Work, command: RecordActivity) -> Activity:
    found = work.find(Activity, command.id) if command.id else None
    group = command.anonymous
    return replace(
        found or Activity(id=command.id or new_id()),
        kind=command.kind,
        day=command.day,
        minutes=command.minutes,
        place_kind=command.place_kind,
        place=command.place,
        municipality=command.municipality,
        postal_code=command.postal_code,
        topics=frozenset(command.topics),
        families=frozenset(command.families),
        procedures=sorted(command.procedures) or None,
        procedure_note=command.procedure_note or None,
        equipment=frozenset(command.equipment),
        tags=frozenset(str(tag) for tag in command.tags),
        notes=command.notes or None,
        anonymous=_group_wire(group) if group.total else None,
        autonomy=command.autonomy,
        referred=command.referred,
        referral=command.referral,
        level=command.level,
        title=command.title or None,
        deleted=False,
    )


def _save_attendances(work: Work, kept: Activity, command: RecordActivity) -> None:
    wanted = {one.id: one for one in _attendances(work, kept, command)}
    there = work.connection.execute(select(attendance.c.id).where(attendance.c.activity == kept.id)).scalars().all()
    for id_ in there:
        if id_ not in wanted and (gone := work.find(Attendance, id_)):
            work.save(replace(gone, deleted=True))
    for id_, one in wanted.items():
        found = work.find(Attendance, id_)
        work.save(replace(one, created_at=found.created_at) if found else one)


def _attendances(work: Work, kept: Activity, command: RecordActivity) -> list[Attendance]:
    if kept.kind is ActivityKind.INDIVIDUAL and not command.participants:
        return [_anonymous_attendance(kept, command.person)]
    return [_attendance(work, kept, beneficiary_id) for beneficiary_id in command.participants]


def _attendance(work: Work, kept: Activity, beneficiary_id: UUID) -> Attendance:
    person = work.find(Beneficiary, beneficiary_id)
    if person is None or kept.day is None:
        raise UserError("Cette personne n’est plus dans le carnet\u00a0: choisissez-la à nouveau.")
    return Attendance(
        id=attendance_id(kept.id, beneficiary_id),
        activity=kept.id,
        beneficiary=beneficiary_id,
        age_band=age_band_at(person.birth_year, kept.day) or person.age_band,
    )


def _anonymous_attendance(kept: Activity, person: AnonymousPerson) -> Attendance:
    return Attendance(
        id=attendance_id(kept.id, None),
        activity=kept.id,
        already=person.already or None,
        municipality=person.municipality,
        postal_code=person.postal_code,
        gender=person.gender,
        age_band=person.age_band,
        status=person.status,
    )


def _person(row: Any) -> AnonymousPerson:
    return AnonymousPerson(
        already=bool(row.already),
        municipality=row.municipality,
        postal_code=row.postal_code,
        gender=row.gender,
        age_band=row.age_band,
        status=row.status,
    )


def _group_wire(group: AnonymousGroup) -> dict[str, Any]:
    return {
        "total": group.total,
        "already": group.already,
        "gender": {code.value: number for code, number in group.gender.items() if number},
        "age_band": {code.value: number for code, number in group.age_band.items() if number},
        "status": {code.value: number for code, number in group.status.items() if number},
    }


def _group(wire: dict[str, Any] | None) -> AnonymousGroup:
    wire = wire or {}
    return AnonymousGroup(
        total=wire.get("total", 0),
        already=wire.get("already", 0),
        gender={Gender(code): number for code, number in wire.get("gender", {}).items()},
        age_band={AgeBand(code): number for code, number in wire.get("age_band", {}).items()},
        status={SocialStatus(code): number for code, number in wire.get("status", {}).items()},
    )


def _set_deleted(database: Database, id_: UUID, deleted: bool) -> None:
    with database.work() as work:
        kept = work.find(Activity, id_)
        if kept is None:
            raise UserError("Cette activité n’est plus dans le carnet.")
        work.save(replace(kept, deleted=deleted))
