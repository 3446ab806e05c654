"""The id of an activity read in a file: always the same for the same activity."""

from collections import Counter
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
        recorded_at: int | None,
    ) -> UUID:
        """An id made from everything that is said, and from how many said exactly the same before."""
        told = {name: getattr(form, name) for name in _TOLD}
        sets = (sorted(value) if isinstance(value, frozenset) else value for value in told.values())
        content = repr((*sets, _group(form), [one.name for one in people], place, tags, recorded_at))
        self._seen[content] += 1
        return uuid5(_NAMESPACE, f"{content}#{self._seen[content]}")


def _group(form: RecordActivity) -> list[object]:
    group = form.anonymous
    return [
        group.total,
        group.already,
        *(sorted(part.items()) for part in (group.gender, group.age_band, group.status)),
    ]


_TOLD = (
    "kind", "day", "minutes", "place_kind", "municipality", "postal_code", "topics", "families", "procedures",
    "procedure_note", "equipment", "notes", "person", "autonomy", "referred", "referral", "level", "title",
)  # fmt: skip
