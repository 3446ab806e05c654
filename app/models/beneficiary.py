"""The people followed by an advisor."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Boolean, Column, Index, Integer, Text

from app.models.base import Code, Day, Uid
from app.models.record import Record, record_table
from protocol.vocabulary import AgeBand, Consent, Gender, RecordKind, SocialStatus

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
    Column("address", Text),
    Column("informed_on", Day),
    Column("consent", Code(Consent)),
    Column("consent_on", Day),
    Column("keep_until", Day),
    Column("distinct_from", JSON(none_as_null=True)),
    Column("merged_into", Uid),
    Column("merge", JSON(none_as_null=True)),
    Column("accompaniments", Integer, nullable=False, server_default="0", info={"derived": True}),
    Column("sorted_as", Text, info={"derived": True}),
)
"""`accompaniments` and `sorted_as` are derived: how many activities the person came to, the name as lists sort it."""

Index("ix_beneficiary_merged_into", beneficiary.c.merged_into, sqlite_where=beneficiary.c.merged_into.is_not(None))
Index("ix_beneficiary_accompaniments", beneficiary.c.deleted, beneficiary.c.accompaniments)
Index("ix_beneficiary_sorted_as", beneficiary.c.deleted, beneficiary.c.sorted_as)


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
    address: str | None = None
    informed_on: date | None = None
    """When the information sheet was handed over (RGPD, article 13)."""
    consent: Consent | None = None
    consent_on: date | None = None
    keep_until: date | None = None
    """The advisor asked to keep the person until then, past the year after the last contact."""
    distinct_from: list[str] | None = None
    """Ids of the people whom the advisor told apart from this one, as text."""
    merged_into: UUID | None = None
    """The person with whom this one, then deleted, was found to be the same."""
    merge: dict[str, Any] | None = None
    """What that merge moved and filled in, so that it can be undone."""
