"""The computers of the notebook, as their advisors call them: how one knows who wrote what."""

from dataclasses import dataclass

from sqlalchemy import Column, Text

from app.models.record import Record, record_table
from protocol.vocabulary import RecordKind

computer = record_table("computer", Column("name", Text), Column("advisor", Text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Computer(Record):
    """One computer that synchronises this notebook; its id is that of the device, its names are sealed."""

    record_kind = RecordKind.COMPUTER
    table = computer

    name: str | None = None
    advisor: str | None = None
    """Who works on it."""
