"""What is known of one person once two files are made one: the file kept wins, what it does not say is filled in."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

from app.merges.taking_back import GROUPS, Changes
from app.models import Beneficiary
from app.models.base import Wire
from app.services.activity_rules import LONGEST_NOTES
from protocol.vocabulary import Consent

FILLED = tuple(name for group in GROUPS for name in group)
_LATEST = "informed_on", "keep_until"
_DECIDED = "consent", "consent_on"
CHOSEN = tuple(group[0] for group in GROUPS if group[0] not in (*_LATEST, *_DECIDED))
"""The fields of which one may choose the other file's; what the person was told and decided is not chosen between."""


def combined(kept: Beneficiary, gone: Beneficiary, take: Collection[str]) -> Beneficiary:
    """The person kept, with what the other file says more, and instead where `take` names the field.

    A blank text says nothing, a no is an answer; notes are never chosen between by default: one follows the other.
    The later decision of the person counts, whichever file it is in.
    """
    values: dict[str, Any] = {}
    for group in GROUPS:
        if group[0] in CHOSEN:
            values |= _of_group(group, kept, gone, group[0] in take)
    if "notes" not in take:
        values["notes"] = _notes(kept.notes, gone.notes)
    decided = max((kept, gone), key=_decision)
    values |= {name: getattr(decided, name) for name in _DECIDED}
    values |= {name: max(filter(None, (getattr(one, name) for one in (kept, gone))), default=None) for name in _LATEST}
    apart = {*(kept.distinct_from or ()), *(gone.distinct_from or ())} - {str(kept.id), str(gone.id)}
    created = min(one.created_at or 0 for one in (kept, gone))
    return replace(kept, **values, distinct_from=sorted(apart) or None, created_at=created)


def changes(before: Beneficiary, after: Beneficiary) -> dict[str, list[Wire]]:
    """The fields that differ, as they travel."""
    old, new = before.wire(), after.wire()
    return {name: [old[name], new[name]] for name in new if old[name] != new[name]}


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


def _decision(person: Beneficiary) -> tuple[bool, date, bool]:
    """What tells the decision that counts: made, later, and of the same day a refusal (RGPD, article 7-3)."""
    return person.consent is not None, person.consent_on or date.min, person.consent != Consent.GIVEN


def _notes(mine: str | None, theirs: str | None) -> str | None:
    """Both, unless one holds the other or they would be too long together: then those of the file kept."""
    first, second = (mine or "").strip(), (theirs or "").strip()
    if not first or not second or second in first:
        return mine if first else theirs
    both = f"{first}\n\n{second}"
    return both if len(both) <= LONGEST_NOTES else mine


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
