"""The activities that a file brings, and the ids of the people, places and tags that it makes known with them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from app.models import Record
from app.services.imports.lines import ActivityLine
from app.work import find_all
from protocol.ids import first_named_id
from protocol.vocabulary import AgeBand, RecordKind

_First = tuple[date, UUID, int]
"""Day and id of an activity, and which one of its people, or of its tags."""


@dataclass(frozen=True, slots=True)
class PlannedActivity:
    """An activity to create, with the ids of what it speaks of."""

    line: ActivityLine
    place: UUID | None
    tags: tuple[UUID, ...]
    people: tuple[tuple[UUID, AgeBand | None], ...]
    """Each with the age band of that day."""


def alike(
    connection: Connection, created: Sequence[Record], activities: Sequence[PlannedActivity]
) -> tuple[tuple[Record, ...], tuple[PlannedActivity, ...]]:
    """The same, under ids that another computer gives too to what it takes in from the same file.

    Two computers of one notebook may both take it in before either has heard of the other.
    """
    first = _first_named({one.id for one in created}, activities)
    wanted = {one.id: _id_by(one.record_kind, first[one.id]) for one in created if one.id in first}
    known = _known(connection, created, wanted)
    become = {id_: other for id_, other in wanted.items() if other not in known}
    records = tuple(replace(one, id=become.get(one.id, one.id)) for one in created)
    return records, tuple(_renamed(one, become) for one in activities)


def _first_named(new: set[UUID], activities: Iterable[PlannedActivity]) -> dict[UUID, _First]:
    """By which activity each is known first: the earliest, wherever it is in the file."""
    first: dict[UUID, _First] = {}
    for one in activities:
        for id_, rank in _named(one):
            if id_ in new:
                here = one.line.form.day or date.max, one.line.id, rank
                first[id_] = min(first.get(id_, here), here)
    return first


def _named(one: PlannedActivity) -> Iterator[tuple[UUID, int]]:
    if one.place:
        yield one.place, 0
    yield from ((id_, rank) for rank, id_ in enumerate(one.tags))
    yield from ((id_, rank) for rank, (id_, _) in enumerate(one.people))


def _id_by(kind: RecordKind, first: _First) -> UUID:
    _, activity, rank = first
    return first_named_id(activity, kind, rank)


def _known(connection: Connection, created: Sequence[Record], wanted: Mapping[UUID, UUID]) -> set[UUID]:
    """The ids that the notebook has already: of somebody who bears another name by now."""
    classes = {type(one) for one in created}
    return {id_ for cls in classes for id_ in find_all(connection, cls, wanted.values())}


def _renamed(one: PlannedActivity, become: Mapping[UUID, UUID]) -> PlannedActivity:
    return PlannedActivity(
        line=one.line,
        place=become.get(one.place, one.place) if one.place else None,
        tags=tuple(become.get(id_, id_) for id_ in one.tags),
        people=tuple((become.get(id_, id_), band) for id_, band in one.people),
    )
