"""What an operation may say: known kinds and fields, readable values, and no sealed field in clear."""

import json
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from protocol.fields import FIELDS, Fields
from protocol.messages import MalformedOperation, Operation, SealedChanges
from protocol.sealing import HEADER_BYTES, TAG_BYTES
from protocol.vocabulary import (
    ActivityKind,
    AgeBand,
    AppointmentStatus,
    Autonomy,
    CaseStatus,
    Equipment,
    Gender,
    PlaceKind,
    ProcedureFamily,
    RecordKind,
    ReferralTarget,
    SocialStatus,
    Topic,
    WorkshopLevel,
)

MAX_TEXT = 500
MAX_PIECE_BYTES = 64 * 1024
MAX_NESTED_BYTES = 2000
MAX_ELEMENTS = 200
"""Changed at once in a set."""
WORDS: Mapping[tuple[RecordKind, str], type[StrEnum]] = {
    (RecordKind.ACTIVITY, "kind"): ActivityKind,
    (RecordKind.ACTIVITY, "place_kind"): PlaceKind,
    (RecordKind.ACTIVITY, "autonomy"): Autonomy,
    (RecordKind.ACTIVITY, "referral"): ReferralTarget,
    (RecordKind.ACTIVITY, "level"): WorkshopLevel,
    (RecordKind.ACTIVITY, "topics"): Topic,
    (RecordKind.ACTIVITY, "families"): ProcedureFamily,
    (RecordKind.ACTIVITY, "equipment"): Equipment,
    (RecordKind.ATTENDANCE, "age_band"): AgeBand,
    (RecordKind.ATTENDANCE, "gender"): Gender,
    (RecordKind.ATTENDANCE, "status"): SocialStatus,
    (RecordKind.BENEFICIARY, "age_band"): AgeBand,
    (RecordKind.BENEFICIARY, "gender"): Gender,
    (RecordKind.BENEFICIARY, "status"): SocialStatus,
    (RecordKind.CASE, "family"): ProcedureFamily,
    (RecordKind.CASE, "status"): CaseStatus,
    (RecordKind.PROCEDURE, "family"): ProcedureFamily,
    (RecordKind.APPOINTMENT, "status"): AppointmentStatus,
}
"""The fields whose values come from a closed list."""


def fault(operation: Operation | MalformedOperation) -> str | None:
    """Why an operation is refused, as a stable code; None when it is sound."""
    if isinstance(operation, MalformedOperation):
        return "malformed"
    if not is_kind(operation.kind):
        return "unknown_kind"
    kind = RecordKind(operation.kind)
    return _open_fault(kind, operation.f) or _sealed_fault(FIELDS[kind], operation.x)


def is_kind(name: str) -> bool:
    """Whether this server knows such a kind of record."""
    return name in _codes(RecordKind)


def _open_fault(kind: RecordKind, changes: Mapping[str, Any]) -> str | None:
    fields = FIELDS[kind]
    if changes.keys() & fields.sealed:
        return "sealed_in_clear"
    if changes.keys() - fields.open:
        return "unknown_field"
    for name, value in changes.items():
        words = WORDS.get((kind, name))
        if not (_is_set_change(value, words) if name in fields.sets else _is_value(value, words)):
            return f"invalid:{name}"
    return None


def _sealed_fault(fields: Fields, sealed: SealedChanges | None) -> str | None:
    if sealed is None:
        return None
    if not sealed.names or sealed.names != sorted(set(sealed.names)) or set(sealed.names) - fields.sealed:
        return "unknown_field"
    is_piece = HEADER_BYTES + TAG_BYTES < len(sealed.piece) <= MAX_PIECE_BYTES
    return None if is_piece else "invalid_piece"


def _is_set_change(value: object, words: type[StrEnum] | None) -> bool:
    if not isinstance(value, dict) or value.keys() - {"+", "-"}:
        return False
    lists = list(value.values())
    if sum(len(one) for one in lists if isinstance(one, list)) > MAX_ELEMENTS:
        return False
    return all(isinstance(one, list) and all(_is_word(element, words) for element in one) for one in lists)


def _is_word(value: object, words: type[StrEnum] | None) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MAX_TEXT and _is_value(value, words)


def _is_value(value: object, words: type[StrEnum] | None) -> bool:
    if value is None:
        return True
    if words is not None:
        return isinstance(value, str) and value in _codes(words)
    if isinstance(value, str):
        return len(value) <= MAX_TEXT and "\0" not in value
    if isinstance(value, bool):
        return True
    if isinstance(value, int | float):
        return abs(value) < 2**53
    return _is_small_object(value)


def _is_small_object(value: object) -> bool:
    """Counters of anonymous people: an object of objects of numbers."""
    if not isinstance(value, dict):
        return False
    text = json.dumps(value)
    return len(text) <= MAX_NESTED_BYTES and "\\u0000" not in text and _has_only_numbers(value)


def _has_only_numbers(value: object) -> bool:
    if isinstance(value, dict):
        return all(_has_only_numbers(one) for one in value.values())
    return isinstance(value, int) and abs(value) < 2**53


@cache
def _codes(words: type[StrEnum]) -> frozenset[str]:
    return frozenset(word.value for word in words)
