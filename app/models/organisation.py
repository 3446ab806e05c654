"""The structures that employ the advisor, one after the other (« structure employeuse »)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, Text

from app.models.base import Day
from app.models.record import Record, record_table
from protocol.vocabulary import RecordKind

organisation = record_table(
    "organisation",
    Column("name", Text),
    Column("siret", Text),
    Column("municipality", Text),
    Column("postal_code", Text),
    Column("since", Day),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Record):
    """An employer of the advisor; an activity is of the one whose contract had last begun on its day."""

    record_kind = RecordKind.ORGANISATION
    table = organisation

    name: str | None = None
    siret: str | None = None
    municipality: str | None = None
    """INSEE code."""
    postal_code: str | None = None
    since: date | None = None
    """First day of the contract; None: since always."""
