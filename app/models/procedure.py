"""The procedures (démarches) that the advisor added to those of the catalogue."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import JSON, Boolean, Column, Text

from app.models.base import Code, Day
from app.models.record import Record, record_table
from protocol.vocabulary import ProcedureFamily, RecordKind

procedure = record_table(
    "procedure",
    Column("family", Code(ProcedureFamily)),
    Column("archived", Boolean),
    Column("name", Text),
    Column("bring", JSON(none_as_null=True)),
    Column("steps", JSON(none_as_null=True)),
    Column("site", Text),
    Column("address", Text),
    Column("delay", Text),
    Column("phone", Text),
    Column("source", Text),
    Column("checked_on", Day),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure(Record):
    """A procedure of the advisor's own, told as those of the catalogue are (`services/procedure_guides.py`)."""

    record_kind = RecordKind.PROCEDURE
    table = procedure

    family: ProcedureFamily | None = None
    archived: bool | None = None
    name: str | None = None
    bring: list[str] | None = None
    """What to bring."""
    steps: list[str] | None = None
    site: str | None = None
    """Name of the official site."""
    address: str | None = None
    """Its address, https://…"""
    delay: str | None = None
    phone: str | None = None
    source: str | None = None
    """Where this was read; empty: to verify."""
    checked_on: date | None = None
