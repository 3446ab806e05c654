"""The activities of an advisor (CRA) and the choices ticked on them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Boolean, Column, Index, Integer, Table, Text, UniqueConstraint

from app.models.base import Code, Day, Uid, metadata
from app.models.record import Record, record_table
from protocol.vocabulary import ActivityKind, Autonomy, PlaceKind, RecordKind, ReferralTarget, WorkshopLevel

activity = record_table(
    "activity",
    Column("kind", Code(ActivityKind)),
    Column("day", Day),
    Column("minutes", Integer),
    Column("place_kind", Code(PlaceKind)),
    Column("place", Uid),
    Column("municipality", Text),
    Column("postal_code", Text),
    Column("autonomy", Code(Autonomy)),
    Column("referred", Boolean),
    Column("referral", Code(ReferralTarget)),
    Column("level", Code(WorkshopLevel)),
    Column("anonymous", JSON(none_as_null=True)),
    Column("title", Text),
    Column("procedures", JSON(none_as_null=True)),
    Column("procedure_note", Text),
    Column("notes", Text),
    Column("people", Integer, nullable=False, server_default="0", info={"derived": True}),
    Column("headings", Text, info={"derived": True}),
)
"""`people` and `headings` are derived: how many accompaniments the activity counts for, and the headings that it counts
under, a letter each (`derived.py`).
"""

Index("ix_activity_list", *(activity.c[name] for name in (
    "deleted", "day", "number", "id", "kind", "place_kind", "place", "municipality", "minutes", "people", "created_at",
)))  # fmt: skip
Index("ix_activity_figures", *(activity.c[name] for name in (
    "deleted", "day", "id", "kind", "place_kind", "place", "municipality", "minutes", "people", "created_at",
    "autonomy", "headings", "anonymous",
)))  # fmt: skip
"""Holds all that the figures ask of an activity, whose notes they never read; apart from the list's, which is smaller
and read more often.
"""

activity_choice = Table(
    "activity_choice",
    metadata,
    Column("activity", Uid, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Index("ix_activity_choice_code", "field", "code", "activity"),
    sqlite_with_rowid=False,
)
"""One row for each topic, family, equipment, tag, case or sheet of an activity; `field` says which of these. The steps
done of a case are there too, under its id.
"""

heading = Table(
    "heading",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("field", Text, nullable=False),
    Column("code", Text, nullable=False),
    UniqueConstraint("field", "code"),
)
"""Derived: all that the figures ever count activities under, once; its number is the letter in `activity.headings`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Record):
    """One accompaniment or one workshop, as reported by the advisor."""

    record_kind = RecordKind.ACTIVITY
    table = activity

    kind: ActivityKind = ActivityKind.INDIVIDUAL
    day: date | None = None
    minutes: int | None = None
    place_kind: PlaceKind | None = None
    place: UUID | None = None
    municipality: str | None = None
    """INSEE code, where the place is not one of the advisor's own."""
    postal_code: str | None = None
    topics: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    equipment: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    """Ids of tags, as text."""
    cases: frozenset[str] = frozenset()
    """Ids of the procedures (`Case`) that it moved on, as text."""
    sheets: frozenset[str] = frozenset()
    """Codes of the learner sheets handed over; the id of one of the advisor's own, as text."""
    autonomy: Autonomy | None = None
    referred: bool | None = None
    referral: ReferralTarget | None = None
    level: WorkshopLevel | None = None
    anonymous: dict[str, Any] | None = None
    """The anonymous participants of a workshop: {"total", "already", "gender": {…}, "age_band": {…}, "status": {…}}."""
    title: str | None = None
    procedures: list[str] | None = None
    """Codes of common procedures; sealed, since some of them tell a life."""
    procedure_note: str | None = None
    notes: str | None = None
