"""Taking a merge back: what followed the other person goes back to them, what was filled in goes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from app.merges import drafts
from app.models import OF_ONE_PERSON, Appointment, Assessment, Attendance, Beneficiary, Case, Mandate
from app.models.base import Wire
from app.work import Work, find_all
from protocol.ids import presence_id

GROUPS = (
    ("last_name",), ("first_name",), ("birth_year", "age_band"), ("phone", "no_phone"), ("email",), ("address",),
    ("municipality", "postal_code"), ("gender",), ("status",), ("notes",), ("informed_on",),
    ("consent", "consent_on"), ("keep_until",),
)  # fmt: skip
"""Fields that go together; the first of each group says whether it is told, and is the one that is chosen."""
Changes = Mapping[str, list[Wire]]
"""What was before and after, by field."""
R = TypeVar("R", Attendance, Case | Mandate | Assessment | Appointment)
FOLLOWING: dict[str, type[Case] | type[Mandate] | type[Assessment] | type[Appointment]] = {
    f"{cls.record_kind.value}s": cls for cls in OF_ONE_PERSON
}
"""The records that name the person and keep their own id, by the word that the notes of a merge have for them."""
Notes = dict[str, Any]
"""What a merge moved: ids of records by their kind, so that it can be undone; it travels in `Beneficiary.merge`."""


def without(person: Beneficiary, filled: Changes) -> Beneficiary:
    """The person before the fields were filled in; those that were changed since stay, with what goes with them."""
    now = person.wire()
    since = {name for name, (_, after) in filled.items() if now.get(name) != after}
    stay = since.union(*(group for group in GROUPS if not since.isdisjoint(group)))
    back = {name: before for name, (before, _) in filled.items() if name not in stay}
    return type(person).of_wire(person.id, {**now, **back})


def move_back(work: Work, gone: UUID, kept: UUID, notes: Notes) -> None:
    """Undo `merge_moves.move`; what the advisor took away meanwhile stays away."""
    for presence in _records(work, Attendance, notes.get("moved")):
        made = work.find(Attendance, presence_id(activity_of(presence), kept))
        if made is not None and not made.deleted:
            work.save_all((replace(presence, deleted=False), replace(made, deleted=True)))
    work.save_all([replace(one, deleted=False) for one in _records(work, Attendance, notes.get("shared"))])
    for name, cls in FOLLOWING.items():
        found = _records(work, cls, notes.get(name))
        work.save_all([replace(one, beneficiary=gone) for one in found if one.beneficiary == kept])
    drafts.point_back(work.connection, notes.get("drafts", {}))


def untell_ages(work: Work, told: dict[str, list[Any]]) -> None:
    """Undo `merge_moves.tell_ages`; an age band that was changed since stays."""
    for presence in _records(work, Attendance, list(told)):
        before, after = told[str(presence.id)]
        if presence.age_band == after:
            work.save(Attendance.of_wire(presence.id, {**presence.wire(), "age_band": before}))


def activity_of(presence: Attendance) -> UUID:
    """The activity of a presence that has one, as all that move do."""
    assert presence.activity is not None
    return presence.activity


def _records(work: Work, cls: type[R], ids: list[str] | None) -> list[R]:
    return list(find_all(work.connection, cls, map(UUID, ids or ())).values())
