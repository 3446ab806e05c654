"""The id of an activity read in a file: always the same for the same activity."""

import json
from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from app.services.commands import RecordActivity
from app.services.imports.lines import PersonSaid, PlaceSaid

_NAMESPACE = UUID("5d1c3f0e-7a53-4b0c-9c6e-2f4d8b1a6e70")
"""It never changes: ids that were made from it are in notebooks."""


class Identities:
    """Gives the ids of one file."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def of(self, said: str) -> UUID | None:
        """The id that the file says, or the one that stands for it; None if it says none."""
        if not said:
            return None
        try:
            return UUID(said)
        except ValueError:
            return uuid5(_NAMESPACE, said)

    def of_content(
        self,
        form: RecordActivity,
        people: tuple[PersonSaid, ...],
        place: PlaceSaid | None,
        tags: tuple[str, ...],
    ) -> UUID:
        """An id made from everything that is said, and from how many said exactly the same before.

        Not from when it was recorded, which depends on this computer's clock.
        """
        person, group = form.person, form.anonymous
        told = [
            *(_plain(getattr(form, name)) for name in _TOLD),
            *(_plain(getattr(person, name)) for name in _TOLD_OF_A_PERSON),
            *(_plain(getattr(group, name)) for name in _TOLD_OF_A_GROUP),
            [place.name, place.address, place.municipality, place.postal_code] if place else None,
            [one.name for one in people],
            tags,
        ]
        content = json.dumps(told, ensure_ascii=False)
        self._seen[content] += 1
        return uuid5(_NAMESPACE, f"{content}#{self._seen[content]}")


def _plain(value: Any) -> Any:
    """The same in JSON, always written alike."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, dict):
        return sorted(value.items())
    return value.isoformat() if isinstance(value, date) else value


_TOLD = (
    "kind", "day", "minutes", "place_kind", "municipality", "postal_code", "topics", "families", "procedures",
    "procedure_note", "equipment", "notes", "autonomy", "referred", "referral", "level", "title",
)  # fmt: skip
_TOLD_OF_A_PERSON = "already", "municipality", "postal_code", "gender", "age_band", "status"
_TOLD_OF_A_GROUP = "total", "already", "gender", "age_band", "status"
