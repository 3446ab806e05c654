"""The people followed by an advisor."""

from dataclasses import dataclass

from sqlalchemy import Boolean, Column, Index, Integer, Text

from app.models.base import Code
from app.models.record import Record, record_table
from protocol.vocabulary import AgeBand, Gender, RecordKind, SocialStatus

beneficiary = record_table(
    "beneficiary",
    Column("first_name", Text),
    Column("last_name", Text),
    Column("birth_year", Integer),
    Column("phone", Text),
    Column("no_phone", Boolean),
    Column("email", Text),
    Column("municipality", Text),
    Column("postal_code", Text),
    Column("gender", Code(Gender)),
    Column("age_band", Code(AgeBand)),
    Column("status", Code(SocialStatus)),
    Column("notes", Text),
    Column("accompaniments", Integer, nullable=False, server_default="0", info={"derived": True}),
)
"""`accompaniments` is derived: how many activities the person came to."""

Index("ix_beneficiary_accompaniments", beneficiary.c.deleted, beneficiary.c.accompaniments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beneficiary(Record):
    """A person followed by name; anonymous people are attendances without a beneficiary."""

    record_kind = RecordKind.BENEFICIARY
    table = beneficiary

    first_name: str | None = None
    last_name: str | None = None
    birth_year: int | None = None
    phone: str | None = None
    """Canonical, +33…"""
    no_phone: bool | None = None
    email: str | None = None
    municipality: str | None = None
    postal_code: str | None = None
    gender: Gender | None = None
    age_band: AgeBand | None = None
    """As told, where the year of birth is unknown."""
    status: SocialStatus | None = None
    notes: str | None = None
