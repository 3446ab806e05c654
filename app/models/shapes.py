"""What the lists and objects of records are made of: what is not made so is left out, since the screens trust it."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

from protocol.vocabulary import RecordKind

_MOST_PEOPLE = 100_000
_MOST_LEVELS = 8
IDENTIFIERS = frozenset({"tags", "cases"})
"""The sets whose words are identifiers."""


def has_shape(kind: RecordKind, name: str, value: Any) -> bool:
    """Whether a field of a kind of record may hold a value that travelled as a list or an object."""
    return (kind, name) not in _SHAPES or _SHAPES[kind, name](value)


def is_identifier(word: str) -> bool:
    """Whether a word of a set is an identifier."""
    try:
        UUID(word)
    except ValueError:
        return False
    return True


def _are_numbers(values: Iterable[Any], most: int) -> bool:
    return all(type(one) is int and 0 <= one <= most for one in values)


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_group(value: Any) -> bool:
    """The anonymous participants of a workshop: numbers, and numbers by their words."""
    if not isinstance(value, dict):
        return False
    numbers = chain.from_iterable(one.values() if isinstance(one, dict) else (one,) for one in value.values())
    parted = all(isinstance(one, dict) is _PARTED[name] for name, one in value.items() if name in _PARTED)
    return parted and _are_numbers(numbers, _MOST_PEOPLE)


def _is_list_of_steps(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_step, value))


def _is_step(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(name), str) for name in ("id", "said"))


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _are_days_by_name(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_day, value.values()))


def _is_day(value: Any) -> bool:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True


def _is_levels(value: Any) -> bool:
    return isinstance(value, dict) and _are_numbers(value.values(), _MOST_LEVELS)


_PARTED = {"total": False, "already": False, "gender": True, "age_band": True, "status": True}
"""Whether each part of a group is told by words."""
_SHAPES: dict[tuple[RecordKind, str], Callable[[Any], bool]] = {
    (RecordKind.ACTIVITY, "procedures"): _is_list_of_texts,
    (RecordKind.ACTIVITY, "anonymous"): _is_group,
    (RecordKind.BENEFICIARY, "distinct_from"): _is_list_of_texts,
    (RecordKind.BENEFICIARY, "merge"): _is_object,
    (RecordKind.CASE, "steps"): _is_list_of_steps,
    (RecordKind.PROCEDURE, "bring"): _is_list_of_texts,
    (RecordKind.PROCEDURE, "steps"): _is_list_of_texts,
    (RecordKind.MANDATE, "families"): _is_list_of_texts,
    (RecordKind.MANDATE, "revoked"): _are_days_by_name,
    (RecordKind.MANDATE_ENTRY, "previous"): _is_list_of_texts,
    (RecordKind.ASSESSMENT, "answers"): _is_object,
    (RecordKind.ASSESSMENT, "scores"): _is_levels,
    (RecordKind.ASSESSMENT, "finer"): _is_levels,
    (RecordKind.ASSESSMENT, "objectives"): _is_list_of_texts,
}
