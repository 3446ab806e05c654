"""The rows of what is not a record, as a line of JSON says them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, Column, Table

from app.models.base import Code, from_wire, to_wire
from app.services.imports.soundness import is_sound


def row_of(table: Table, said: Mapping[str, Any]) -> dict[str, Any]:
    """A row for a table, every column of it; raises ValueError with a sentence."""
    names = {column.name for column in table.c}
    unknown = said.keys() - names - {"line"}
    if unknown:
        raise ValueError(f"Un champ est inconnu\u00a0: {', '.join(sorted(unknown))}.")
    return {column.name: _value(column, said.get(column.name)) for column in table.c if not _is_number(column)}


def _is_number(column: Column[Any]) -> bool:
    """Whether it is the number that this computer gives."""
    return column.name == "number"


def _value(column: Column[Any], value: Any) -> Any:
    try:
        if value is None and not column.nullable:
            raise ValueError(column.name)
        read = from_wire(column.type, value)
        if not isinstance(column.type, JSON) and (to_wire(read) != value or type(to_wire(read)) is not type(value)):
            raise ValueError(column.name)
        if not is_sound(column.name, value):
            raise ValueError(column.name)
        return column.type.words(read) if isinstance(column.type, Code) and read is not None else read
    except (TypeError, ValueError, AttributeError, OverflowError):
        raise ValueError(f"Un champ ne peut pas être lu\u00a0: {column.name}.") from None
