"""What changed of a record, field by field: how it is compared, said, and laid on what was said before."""

from typing import Any

from app.models.base import Wire
from protocol.fields import FIELDS
from protocol.vocabulary import RecordKind

Fields = dict[str, Wire]
NEW: Fields = {"deleted": False}
"""What a record that is not kept yet says."""
_NOTHING: tuple[Wire, ...] = (None, [])


def same(before: Wire, after: Wire) -> bool:
    """Whether a field says the same: nothing and an empty choice are one value; no is an answer."""
    return before == after or (before in _NOTHING and after in _NOTHING)


def change_of(kind: RecordKind, name: str, before: Wire, after: Wire) -> Wire:
    """What happened to one field: its new value, or for a set what was added and removed."""
    if name not in FIELDS[kind].sets:
        return after
    old, new = set(before or ()), set(after)
    return {"+": sorted(new - old), "-": sorted(old - new)}


def folded(first: Fields, second: Fields) -> Fields:
    """Two changes of one record that was never sent, as one change."""
    both = dict(first)
    for name, value in second.items():
        old = both.get(name)
        both[name] = _folded_set(old, value) if isinstance(old, dict) and "+" in old else value
    return both


def again(change: Wire, now: Wire) -> Wire:
    """A refused change of one field, as it stands now."""
    if isinstance(change, dict) and "+" in change:
        return {"+": now, "-": sorted(set(change["-"]) - set(now))}
    return now


def _folded_set(first: dict[str, Any], second: dict[str, Any]) -> dict[str, list[str]]:
    added, removed = set(second["+"]), set(second["-"])
    return {
        "+": sorted((set(first["+"]) - removed) | added),
        "-": sorted((set(first["-"]) - added) | removed),
    }
