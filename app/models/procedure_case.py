"""The procedures (démarches) that people are helped with, each a small case."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Index, Text

from app.models.base import Code, Day, Uid
from app.models.record import Record, record_table
from protocol.vocabulary import CaseStatus, ProcedureFamily, RecordKind

procedure_case = record_table(
    "procedure_case",
    Column("beneficiary", Uid),
    Column("family", Code(ProcedureFamily)),
    Column("status", Code(CaseStatus)),
    Column("procedure", Text),
    Column("name", Text),
    Column("steps", JSON(none_as_null=True)),
    Column("reference", Text),
    Column("deadline", Day),
    Column("opened_on", Day),
    Column("closed_on", Day),
    Column("notes", Text),
)

Index("ix_procedure_case_beneficiary", procedure_case.c.beneficiary, procedure_case.c.deleted)
Index("ix_procedure_case_urgency", procedure_case.c.deleted, procedure_case.c.status, procedure_case.c.deadline)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Record):
    """One procedure of one person, from what to prepare to its end; activities name it in their `cases`."""

    record_kind = RecordKind.CASE
    table = procedure_case

    beneficiary: UUID | None = None
    family: ProcedureFamily | None = None
    status: CaseStatus = CaseStatus.TO_PREPARE
    procedure: str | None = None
    """Code of the catalogue, or the id of one of the advisor's own procedures, as text."""
    name: str | None = None
    """As it was called when the case was opened; sealed, since it can tell a life."""
    steps: list[dict[str, Any]] | None = None
    """What there is to do, in order: {"id": a few letters, "said": text}."""
    done: frozenset[str] = frozenset()
    """Ids of the steps that are done; a set, so that what two computers tick at once is all ticked."""
    reference: str | None = None
    """Number of the file, as the administration gave it."""
    deadline: date | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    notes: str | None = None
