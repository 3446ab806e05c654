"""The content of a form as JSON, so that a draft survives a crash."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

T = TypeVar("T")


def plain(value: Any) -> Any:
    """A form, or a part of one, as JSON values."""
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, frozenset | tuple):
        return sorted(plain(one) for one in value) if isinstance(value, frozenset) else [plain(one) for one in value]
    if isinstance(value, dict):
        return {plain(key): plain(one) for key, one in value.items()}
    if isinstance(value, UUID | date):
        return str(value)
    return value.value if isinstance(value, StrEnum) else value


def of_json(kind: type[T], content: Any) -> T:
    """The form of a kind; what another version wrote and this one does not know is left out."""
    form: T = _built(kind, content)
    return form


def _built(kind: Any, value: Any) -> Any:
    """The value of a declared type for its JSON; None for a word that this version does not know."""
    if value is None:
        return None
    origin, inside = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return _built(next(one for one in inside if one is not NoneType), value)
    if origin in (frozenset, tuple):
        return origin(one for one in (_built(inside[0], one) for one in value) if one is not None)
    if origin is dict:
        return {word: number for key, number in value.items() if (word := _built(inside[0], key)) is not None}
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        built = {name: _built(hints[name], one) for name, one in value.items() if name in hints}
        return kind(**{name: one for name, one in built.items() if one is not None})
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value) if value in kind._value2member_map_ else None
    return kind.fromisoformat(value) if kind in (date, datetime) else kind(value)
