"""The learner sheets (fiches) that the advisor added to those of the library."""

from dataclasses import dataclass

from sqlalchemy import Boolean, Column, Text

from app.models.record import Record, record_table
from protocol.vocabulary import RecordKind

sheet = record_table("sheet", Column("archived", Boolean), Column("text", Text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Record):
    """A learner sheet of the advisor's own: Markdown with its header, as those of `resources/fiches`."""

    record_kind = RecordKind.SHEET
    table = sheet

    archived: bool | None = None
    text: str | None = None
