"""The appointments (rendez-vous) that are given to people."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Index, Integer, Text

from app.models.base import CivilTime, Code, Uid
from app.models.record import Record, record_table
from protocol.vocabulary import AppointmentStatus, RecordKind

appointment = record_table(
    "appointment",
    Column("beneficiary", Uid),
    Column("status", Code(AppointmentStatus)),
    Column("activity", Uid),
    Column("starts", CivilTime),
    Column("minutes", Integer),
    Column("place", Uid),
    Column("place_note", Text),
    Column("subject", Text),
    Column("case", Uid),
)

Index("ix_appointment_beneficiary", appointment.c.beneficiary, appointment.c.deleted)
Index("ix_appointment_starts", appointment.c.deleted, appointment.c.starts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment(Record):
    """When and where a person is expected, and how it ended."""

    record_kind = RecordKind.APPOINTMENT
    table = appointment

    beneficiary: UUID | None = None
    status: AppointmentStatus = AppointmentStatus.EXPECTED
    activity: UUID | None = None
    """The accompaniment that was recorded from it."""
    starts: datetime | None = None
    """Day and hour on the wall, one value: two computers that move it at once must not make a third time of it."""
    minutes: int | None = None
    place: UUID | None = None
    """One of the advisor's places."""
    place_note: str | None = None
    """Where else, or where exactly."""
    subject: str | None = None
    case: UUID | None = None
    """The case that it is to move on."""
