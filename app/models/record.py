"""What every record of the notebook has, and how its fields travel."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, Self
from uuid import UUID

from sqlalchemy import Boolean, Column, Integer, Table, Text
from sqlalchemy.types import TypeEngine

from app.models.base import PLAIN, Uid, Wire, from_wire, metadata, to_wire
from app.models.ids import new_id
from app.models.shapes import IDENTIFIERS, has_shape, is_identifier
from protocol.fields import FIELDS
from protocol.vocabulary import RecordKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A thing that the notebook keeps and synchronises; sets of words live beside its table, in `activity_choice`."""

    record_kind: ClassVar[RecordKind]
    table: ClassVar[Table]

    id: UUID = field(default_factory=new_id)
    created_at: int | None = None
    """Milliseconds since 1970; set by the first save."""
    deleted: bool = False

    def wire(self) -> dict[str, Wire]:
        """Every field as it travels."""
        named = zip(field_names(self.record_kind), _fields(self.record_kind)(self), strict=True)
        return {name: value if type(value) in PLAIN else to_wire(value) for name, value in named}

    @classmethod
    def of_wire(cls, id_: UUID, values: Mapping[str, Wire]) -> Self:
        """The record for fields received; a field that is missing or cannot be read takes its default."""
        read: dict[str, Any] = {"id": id_}
        for name in field_names(cls.record_kind):
            if values.get(name) is not None:
                value = _readable(cls, name, values[name])
                if value is not None:
                    read[name] = value
        return cls(**read)

    def columns(self) -> dict[str, Any]:
        """The values of its table's row, sets left out."""
        return dict(zip(column_names(self.table), _columns(self.table)(self), strict=True))


def record_table(name: str, *columns: Column[Any]) -> Table:
    """The table of a kind of record: a local number (for the search index), the id, then its own columns.

    `version` is the server's: under which version of the notebook it came, or was acknowledged; 0 before; below zero
    while the server, which may have lost it, sends everything again.
    """
    return Table(
        name,
        metadata,
        Column("number", Integer, primary_key=True),
        Column("id", Uid, nullable=False, unique=True),
        Column("created_at", Integer, nullable=False),
        Column("deleted", Boolean, nullable=False),
        Column("version", Integer, nullable=False, server_default="0", info={"derived": True}),
        *columns,
    )


@cache
def field_names(kind: RecordKind) -> tuple[str, ...]:
    """The fields of a kind, in a fixed order."""
    return tuple(sorted(FIELDS[kind].names))


@cache
def column_names(table: Table) -> tuple[str, ...]:
    """The columns of a kind's table that are fields of its records: neither its local number nor what is derived."""
    return tuple(one.name for one in table.c if one.name != "number" and not one.info.get("derived"))


@cache
def _fields(kind: RecordKind) -> Callable[[Record], tuple[Any, ...]]:
    """What reads every field of a record of this kind at once, much quicker than one after the other."""
    return attrgetter(*field_names(kind))


@cache
def _columns(table: Table) -> Callable[[Record], tuple[Any, ...]]:
    """The same for the columns of its table."""
    return attrgetter(*column_names(table))


def laid_over(fields: Mapping[str, Any], kind: RecordKind, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The fields once an operation changed them."""
    result = dict(fields)
    for name, change in changes.items():
        result[name] = _changed_set(result.get(name), change) if name in FIELDS[kind].sets else change
    return result


def _changed_set(elements: list[str] | None, change: Mapping[str, list[str]]) -> list[str]:
    return sorted(set(elements or ()) - set(change["-"]) | set(change["+"]))


def _readable(cls: type[Record], name: str, value: Wire) -> Any:
    """The Python value of one received field, None where it cannot be read."""
    try:
        if name in FIELDS[cls.record_kind].sets:
            words = frozenset(from_wire(Text(), str(one)) for one in value)
            return frozenset(filter(is_identifier, words)) if name in IDENTIFIERS else words
        column_type: TypeEngine[Any] = cls.table.c[name].type
        return from_wire(column_type, value) if has_shape(cls.record_kind, name, value) else None
    except (TypeError, ValueError, AttributeError, OverflowError):
        return None
