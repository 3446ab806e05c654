"""The appointments of a person, of some days, and those that another one would run into."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, func, select

from app.database import Database
from app.errors import UserError
from app.models import Appointment
from app.models.activity import activity
from app.models.appointment import appointment
from app.models.base import known_or_none
from app.models.beneficiary import beneficiary
from app.models.ids import listed, those_listed
from app.models.local import change
from app.models.place import place
from app.models.procedure_case import procedure_case
from app.services import colleagues
from app.services.appointments import making, rules
from app.services.appointments.rows import AppointmentRow
from app.work import find_all, get_state
from protocol.vocabulary import AppointmentStatus

_DAY = timedelta(days=1)


def of_person(database: Database, id_: UUID) -> tuple[AppointmentRow, ...]:
    """The appointments of one person, the first to begin first."""
    with database.read() as connection:
        return of_person_in(connection, id_)


def of_person_in(connection: Connection, id_: UUID) -> tuple[AppointmentRow, ...]:
    """The same, in one moment of the notebook."""
    return _rows(connection, appointment.c.beneficiary == id_)


def between(database: Database, since: date, until: date) -> tuple[AppointmentRow, ...]:
    """The appointments that begin on these days, both included, the first to begin first."""
    with database.read() as connection:
        return _rows(connection, *_begin(datetime.combine(since, time()), datetime.combine(until + _DAY, time())))


def coming(database: Database, today: date) -> tuple[AppointmentRow, ...]:
    """Today's, and those until the next working day, both included."""
    return between(database, today, rules.next_working_day(today))


def overlapping(
    database: Database, starts: datetime, minutes: int, besides: UUID | None = None
) -> tuple[AppointmentRow, ...]:
    """The expected appointments of this advisor that a time runs into; one that begins as another ends does not."""
    ends = starts + timedelta(minutes=minutes)
    with database.read() as connection:
        near = _rows(connection, *_begin(starts - _DAY, ends))
    mine = (row for row in near if row.is_expected and not row.by and row.id != besides)
    return tuple(row for row in mine if row.starts < ends and starts < row.ends)


def one(database: Database, id_: UUID) -> AppointmentRow:
    """One appointment; raises UserError if it is gone."""
    with database.read() as connection:
        rows = _rows(connection, appointment.c.id == id_)
    if not rows:
        raise UserError(making.GONE)
    return rows[0]


def _begin(since: datetime, before: datetime) -> tuple[ColumnElement[bool], ...]:
    return appointment.c.starts >= since, appointment.c.starts < before


def _rows(connection: Connection, *conditions: ColumnElement[bool]) -> tuple[AppointmentRow, ...]:
    """The appointments of the people who are in the notebook."""
    people = beneficiary.c.id == appointment.c.beneficiary
    there = appointment.c.deleted.is_(False), beneficiary.c.deleted.is_(False), beneficiary.c.merged_into.is_(None)
    timed = appointment.c.starts.is_not(None)
    wanted = select(appointment.c.id, beneficiary.c.last_name, beneficiary.c.first_name).join(beneficiary, people)
    names = {
        id_: f"{last or ''} {first or ''}".strip()
        for id_, last, first in connection.execute(wanted.where(*there, timed, *conditions))
    }
    kept = list(find_all(connection, Appointment, names).values()) if names else []
    said = {
        **_named(connection, place, (one.place for one in kept)),
        **_named(connection, procedure_case, (one.case for one in kept)),
    }
    activities = _there(connection, [one.activity for one in kept if one.activity])
    authors = _authors(connection, tuple(names))
    rows = [_row(one, names[one.id], said, activities, authors.get(one.id, "")) for one in kept]
    return tuple(sorted(rows, key=lambda row: (row.starts, row.person, str(row.id))))


def _row(kept: Appointment, person: str, said: dict[UUID, str], activities: set[UUID], by: str) -> AppointmentRow:
    assert kept.beneficiary is not None
    assert kept.starts is not None
    return AppointmentRow(
        id=kept.id,
        beneficiary=kept.beneficiary,
        person=person,
        starts=kept.starts,
        minutes=kept.minutes or 0,
        place=said.get(kept.place, "") if kept.place else "",
        place_note=kept.place_note or "",
        subject=kept.subject or "",
        case=kept.case if kept.case in said else None,
        case_name=said.get(kept.case, "") if kept.case else "",
        status=known_or_none(AppointmentStatus, kept.status) or AppointmentStatus.EXPECTED,
        activity=kept.activity if kept.activity in activities else None,
        by=by,
    )


def _named(connection: Connection, table: Any, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    wanted = select(table.c.id, table.c.name).where(table.c.id.in_(those_listed()), ~table.c.deleted)
    rows = connection.execute(wanted, {"ids": listed([id_ for id_ in ids if id_])})
    return {row.id: row.name or "" for row in rows}


def _there(connection: Connection, ids: Sequence[UUID]) -> set[UUID]:
    wanted = select(activity.c.id).where(activity.c.id.in_(those_listed()), ~activity.c.deleted)
    return set(connection.execute(wanted, {"ids": listed(ids)}).scalars())


def _authors(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, str]:
    """The colleague who gave each, by the first line of its history; the others are this advisor's."""
    first = select(func.min(change.c.number)).where(change.c.record_id.in_(those_listed())).group_by(change.c.record_id)
    wanted = select(change.c.record_id, change.c.author).where(change.c.number.in_(first), ~change.c.here)
    rows = connection.execute(wanted, {"ids": listed(ids)}).all()
    if not rows:
        return {}
    names, mine = colleagues.names_in(connection), get_state(connection, "advisor.name")
    told = {row.record_id: names.get(row.author, "") for row in rows}
    return {id_: name for id_, name in told.items() if name != mine}
