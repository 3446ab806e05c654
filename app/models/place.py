"""The places where the advisor receives people."""

from dataclasses import dataclass

from sqlalchemy import Boolean, Column, Float, Text

from app.models.record import Record, record_table
from protocol.vocabulary import RecordKind

place = record_table(
    "place",
    Column("name", Text),
    Column("address", Text),
    Column("municipality", Text),
    Column("postal_code", Text),
    Column("typology", Text),
    Column("siret", Text),
    Column("itinerant", Boolean),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("source", Text),
    Column("source_id", Text),
    Column("archived", Boolean),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Record):
    """A place of digital mediation (« lieu d’activité »); field names follow the national standard v1.0.2."""

    record_kind = RecordKind.PLACE
    table = place

    name: str | None = None
    address: str | None = None
    municipality: str | None = None
    """INSEE code."""
    postal_code: str | None = None
    typology: str | None = None
    siret: str | None = None
    itinerant: bool | None = None
    latitude: float | None = None
    longitude: float | None = None
    source: str | None = None
    source_id: str | None = None
    archived: bool | None = None
