"""The digital assessments (diagnostics) of the people followed."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Boolean, Column, Index, Text

from app.models.base import Day, Uid
from app.models.record import Record, record_table
from protocol.vocabulary import RecordKind

assessment = record_table(
    "assessment",
    Column("beneficiary", Uid),
    Column("day", Day),
    Column("answers", JSON(none_as_null=True)),
    Column("scores", JSON(none_as_null=True)),
    Column("internet_use", Boolean),
    Column("finer", JSON(none_as_null=True)),
    Column("objectives", JSON(none_as_null=True)),
    Column("notes", Text),
)

Index("ix_assessment_beneficiary", assessment.c.beneficiary, assessment.c.deleted, assessment.c.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Record):
    """What one person can do with digital tools on one day, told in a short interview."""

    record_kind = RecordKind.ASSESSMENT
    table = assessment

    beneficiary: UUID | None = None
    day: date | None = None
    answers: dict[str, Any] | None = None
    """By the code of the question."""
    scores: dict[str, int] | None = None
    """0, 1 or 2 by SkillDomain code (Eurostat: none, basic, above basic)."""
    internet_use: bool | None = None
    """Whether the person used the internet in the last three months."""
    finer: dict[str, int] | None = None
    """Level by competence of the CRCN (« 1.1 » …), for those who want it."""
    objectives: list[str] | None = None
    """What was agreed to learn next, in words."""
    notes: str | None = None
