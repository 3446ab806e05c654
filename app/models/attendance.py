"""The presence of one person at one activity: what statistics call an accompaniment."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Boolean, Column, Index, Integer, Text

from app.models.base import Code, Uid
from app.models.record import Record, record_table
from protocol.vocabulary import AgeBand, Gender, RecordKind, SocialStatus

attendance = record_table(
    "attendance",
    Column("activity", Uid),
    Column("beneficiary", Uid),
    Column("age_band", Code(AgeBand)),
    Column("gender", Code(Gender)),
    Column("status", Code(SocialStatus)),
    Column("municipality", Text),
    Column("postal_code", Text),
    Column("already", Boolean),
    Column("first", Boolean, nullable=False, server_default="0", info={"derived": True}),
    Column("moment", Integer, info={"derived": True}),
)
"""`first` and `moment` are derived: the person's first accompaniment in this notebook; the day of the activity and the
level of autonomy reached, in one number, None for an activity that was deleted or is not here yet (`derived.py`).
"""

Index("ix_attendance_activity", attendance.c.activity)
Index("ix_attendance_beneficiary", *(attendance.c[name] for name in (
    "beneficiary", "deleted", "moment", "activity", "first", "already", "age_band", "gender", "status", "municipality",
)))  # fmt: skip
"""Holds all that the figures ask of a presence, so that they read it in the order of the people and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance(Record):
    """One person at one activity; an anonymous person has no beneficiary and is described here."""

    record_kind = RecordKind.ATTENDANCE
    table = attendance

    activity: UUID | None = None
    beneficiary: UUID | None = None
    age_band: AgeBand | None = None
    """At the date of the activity."""
    gender: Gender | None = None
    status: SocialStatus | None = None
    municipality: str | None = None
    postal_code: str | None = None
    already: bool | None = None
    """« Déjà accompagné », told for an anonymous person."""
