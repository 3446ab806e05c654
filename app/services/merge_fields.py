"""What is known of one person once two files are made one: the file kept wins, what it does not say is filled in."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from app.models import Beneficiary
from app.models.base import Wire
from app.services.activity_rules import LONGEST_NOTES

_GROUPS = (
    ("last_name",), ("first_name",), ("birth_year", "age_band"), ("phone", "no_phone"), ("email",), ("address",),
    ("municipality", "postal_code"), ("gender",), ("status",), ("notes",), ("informed_on",),
    ("consent", "consent_on"), ("keep_until",),
)  # fmt: skip
"""Fields that go together; the first of each group says whether it is told, and is the one that is chosen."""
FILLED = tuple(name for group in _GROUPS for name in group)
CHOSEN = tuple(group[0] for group in _GROUPS)
"""The fields of which one may choose the other file's."""
Changes = Mapping[str, list[Wire]]
"""What was before and after, by field."""


def combined(kept: Beneficiary, gone: Beneficiary, take: Collection[str]) -> Beneficiary:
    """The person kept, with what the other file says more, and instead where `take` names the field.

    A blank text says nothing, a no is an answer; notes are never chosen between by default: one follows the other.
    """
    values: dict[str, Any] = {}
    for group in _GROUPS:
        values |= _of_group(group, kept, gone, group[0] in take)
    if "notes" not in take:
        values["notes"] = _notes(kept.notes, gone.notes)
    apart = {*(kept.distinct_from or ()), *(gone.distinct_from or ())} - {str(kept.id), str(gone.id)}
    created = min(one.created_at or 0 for one in (kept, gone))
    return replace(kept, **values, distinct_from=sorted(apart) or None, created_at=created)


def changes(before: Beneficiary, after: Beneficiary) -> dict[str, list[Wire]]:
    """The fields that differ, as they travel."""
    old, new = before.wire(), after.wire()
    return {name: [old[name], new[name]] for name in new if old[name] != new[name]}


def without(person: Beneficiary, filled: Changes) -> Beneficiary:
    """The person before the fields were filled in; what was changed since stays."""
    now = person.wire()
    back = {name: before for name, (before, after) in filled.items() if now.get(name) == after}
    return type(person).of_wire(person.id, {**now, **back})


def taken_since(kept: Beneficiary, gone: Beneficiary, filled: Changes) -> frozenset[str]:
    """The fields that came from the other file, and that were changed there since, unaware of the merge."""
    now, other = kept.wire(), gone.wire()
    return frozenset(
        name
        for name, (_, after) in filled.items()
        if name in CHOSEN and name != "notes" and now[name] == after != other[name] and not _is_blank(other[name])
    )


def _of_group(group: tuple[str, ...], kept: Beneficiary, gone: Beneficiary, is_taken: bool) -> dict[str, Any]:
    mine = [getattr(kept, name) for name in group]
    theirs = [getattr(gone, name) for name in group]
    is_more = (_is_blank(mine[0]) and not _is_blank(theirs[0])) or all(map(_is_blank, mine))
    return dict(zip(group, theirs if is_taken or is_more else mine, strict=True))


def _notes(mine: str | None, theirs: str | None) -> str | None:
    """Both, unless one holds the other or they would be too long together: then those of the file kept."""
    first, second = (mine or "").strip(), (theirs or "").strip()
    if not first or not second or second in first:
        return mine if first else theirs
    both = f"{first}\n\n{second}"
    return both if len(both) <= LONGEST_NOTES else mine


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
