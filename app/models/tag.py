"""The advisor's own tags."""

from dataclasses import dataclass

from sqlalchemy import Boolean, Column, Text

from app.models.record import Record, record_table
from protocol.vocabulary import RecordKind

tag = record_table("tag", Column("name", Text), Column("description", Text), Column("archived", Boolean))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag(Record):
    """A word of the advisor's own that gathers activities."""

    record_kind = RecordKind.TAG
    table = tag

    name: str | None = None
    description: str | None = None
    archived: bool | None = None
