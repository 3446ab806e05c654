"""The mandates by which people let the advisor act in their place, and the journal of their use.

Source: Code civil, articles 1984 and following; Aidants Connect (fact sheet programme.md §5.1).
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import JSON, Column, Index, Integer, Text

from app.models.base import Code, Day, Uid
from app.models.record import Record, record_table
from protocol.vocabulary import MandateAct, MandateDuration, MandateFamily, RecordKind, Signing

mandate = record_table(
    "mandate",
    Column("beneficiary", Uid),
    Column("duration", Code(MandateDuration)),
    Column("starts_on", Day),
    Column("expires_on", Day),
    Column("families", JSON(none_as_null=True)),
    Column("revoked", JSON(none_as_null=True)),
    Column("acts", Text),
    Column("made_at", Text),
    Column("signing", Code(Signing)),
    Column("person_signature", Text),
    Column("advisor_signature", Text),
)

Index("ix_mandate_beneficiary", mandate.c.beneficiary, mandate.c.deleted)

mandate_entry = record_table(
    "mandate_entry",
    Column("mandate", Uid),
    Column("at", Integer),
    Column("act", Code(MandateAct)),
    Column("family", Code(MandateFamily)),
    Column("said", Text),
    Column("author", Text),
    Column("previous", JSON(none_as_null=True)),
    Column("digest", Text),
)

Index("ix_mandate_entry_mandate", mandate_entry.c.mandate, mandate_entry.c.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate(Record):
    """A written mandate of one person, for some families of procedures and a duration."""

    record_kind = RecordKind.MANDATE
    table = mandate

    beneficiary: UUID | None = None
    duration: MandateDuration | None = None
    starts_on: date | None = None
    expires_on: date | None = None
    """The last day on which it may be used."""
    families: list[str] | None = None
    """Codes of MandateFamily."""
    revoked: dict[str, str] | None = None
    """Families taken back, with the day (ISO) on which they were."""
    acts: str | None = None
    """The precise acts that are wanted, in words."""
    made_at: str | None = None
    """The place where it was signed (« Fait à »)."""
    signing: Signing | None = None
    person_signature: str | None = None
    """Drawn on the screen: strokes as text (`services/signatures.py`); None on paper."""
    advisor_signature: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateEntry(Record):
    """One line of the journal of a mandate: never changed, chained to those before it by their digests."""

    record_kind = RecordKind.MANDATE_ENTRY
    table = mandate_entry

    mandate: UUID | None = None
    at: int | None = None
    """Milliseconds since 1970."""
    act: MandateAct | None = None
    family: MandateFamily | None = None
    said: str | None = None
    """What was done, in words."""
    author: str | None = None
    """Name of the advisor who did it."""
    previous: list[str] | None = None
    """Digests of the latest entries known when it was written: one, or more where two computers wrote at once."""
    digest: str | None = None
    """SHA-256, in hexadecimal, of all the rest of the entry."""
