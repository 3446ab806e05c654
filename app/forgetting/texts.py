"""The free texts of the notebook, told without a person: here, in their history, and in what was sent of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Text, bindparam, func, select, type_coerce

from app.forgetting.identity import Identity
from app.forgetting.spotting import Spotter
from app.models import RECORDS, Assessment, unsaid
from app.models.activity import activity
from app.models.assessment import assessment
from app.models.attendance import attendance
from app.models.base import Wire
from app.models.local import change, lost_value, outbox
from app.models.unsaid import Clean
from app.work import Work, find_all
from protocol.vocabulary import ActivityKind, RecordKind

Key = tuple[RecordKind, UUID]
TEXTS: dict[RecordKind, tuple[str, ...]] = {
    RecordKind.ACTIVITY: ("title", "procedure_note", "notes"),
    RecordKind.BENEFICIARY: ("notes", "merge"),
    RecordKind.CASE: ("name", "steps", "notes"),
    RecordKind.ASSESSMENT: ("objectives", "notes"),
    RecordKind.APPOINTMENT: ("place_note", "subject"),
}
"""Where an advisor may have written of anybody; a merge holds the notes of both files.

A mandate and its journal are not among them: they are signed, and never changed.
"""
_TOLD_IN_CONFIDENCE = "answers", "finer", "objectives", "notes"
"""Of an assessment: what no figure reads."""
_OF_ONE_PERSON = "procedure_note", "notes"
"""What is said of an individual accompaniment speaks of who came, named or not."""


@dataclass(frozen=True, slots=True)
class _Without:
    """What is left of a field once nothing says of whom it was."""

    kind: RecordKind
    who: Identity
    is_theirs: bool = False
    is_alone: bool = False

    def __call__(self, name: str, value: Wire) -> Wire:
        if value is None or name not in TEXTS[self.kind]:
            return value
        if self.is_alone and name in _OF_ONE_PERSON:
            return None
        return self.who.out_of_value(value, is_theirs=self.is_theirs)


@dataclass(frozen=True, slots=True)
class _Each:
    """What is left once each of several people was taken out."""

    cleans: tuple[Clean, ...]

    def __call__(self, name: str, value: Wire) -> Wire:
        for clean in self.cleans:
            value = clean(name, value)
        return value


@dataclass(frozen=True, slots=True)
class _FiguresOnly:
    """What is left of an assessment: its day, its levels, the use of the internet."""

    def __call__(self, name: str, value: Wire) -> Wire:
        return None if name in _TOLD_IN_CONFIDENCE else value


def tell_without(work: Work, people: Mapping[UUID, Identity], heard: int | None) -> None:
    """Take people out of every text, read once for all; of what they came to alone, the texts go whole.

    What another computer tells, which `heard` says under which version of the notebook, is not told again; unless this
    computer wrote of the person without knowing, and the other cannot know of it: what is told again wins over what a
    third one is writing meanwhile.
    """
    unsent = waiting(work)
    for (kind, id_), clean in _to_clean(work, people).items():
        record = work.find(RECORDS[kind], id_)
        if record is not None and id_ not in people:
            if heard is not None and not unsaid.is_said(work.connection, record, clean):
                continue  # nothing is to be taken out of what this computer may have to say again
            is_told = heard is None or id_ in unsent or _is_ours_since(work, kind, id_, heard)
            work.retell(record, clean, is_told=is_told)


def tell_figures_only(work: Work, people: Iterable[UUID]) -> None:
    """Keep of the assessments of people who are gone what the figures read."""
    clean = _FiguresOnly()
    ids = [id_ for person in people for id_ in work.connection.execute(_ASSESSED, {"person": person}).scalars()]
    for one in find_all(work.connection, Assessment, ids).values():
        if unsaid.is_said(work.connection, one, clean):
            work.retell(one, clean)


def _to_clean(work: Work, people: Mapping[UUID, Identity]) -> dict[Key, Clean]:
    """For each record that says anything of somebody, what to take out of it: of each person once."""
    cleans: dict[Key, dict[UUID, Clean]] = {}
    for person, who in people.items():
        for key, clean in _theirs(work, person, who):
            cleans.setdefault(key, {})[person] = clean
    for key, person in _naming(work, people) if people else ():
        cleans.setdefault(key, {}).setdefault(person, _Without(key[0], people[person]))
    return {key: _Each(tuple(of_person.values())) for key, of_person in cleans.items()}


def _theirs(work: Work, person: UUID, who: Identity) -> Iterator[tuple[Key, Clean]]:
    """The activities that the person came to, even those deleted since or that they were taken out of; assessments."""
    came = (
        select(activity.c.id, activity.c.kind, func.min(attendance.c.deleted))
        .join(attendance, attendance.c.activity == activity.c.id)
        .where(attendance.c.beneficiary == person)
        .group_by(activity.c.id, activity.c.kind)
    )
    for id_, kind, was_taken_out in work.connection.execute(came).all():
        is_alone = kind != ActivityKind.WORKSHOP and not was_taken_out
        yield (RecordKind.ACTIVITY, id_), _Without(RecordKind.ACTIVITY, who, is_theirs=True, is_alone=is_alone)
    for id_ in work.connection.execute(_ASSESSED, {"person": person}).scalars().all():
        yield (RecordKind.ASSESSMENT, id_), _FiguresOnly()


def _naming(work: Work, people: Mapping[UUID, Identity]) -> Iterator[tuple[Key, UUID]]:
    """The records of which a text names a person, now or earlier, and whom."""
    spotter = Spotter(people)
    for key, text in _texts(work):
        yield from ((key, person) for person in spotter.named_in(text))


def _texts(work: Work) -> Iterator[tuple[Key, str]]:
    """All that may have been written of anybody, as it is and as it was."""
    for kind, names in TEXTS.items():
        table = RECORDS[kind].table
        said = func.concat_ws(" ", *(table.c[name] for name in names))
        yield from (((kind, id_), text) for id_, text in work.connection.execute(select(table.c.id, said)) if text)
    for table, columns in _SAID:
        kinds = table.c.kind.in_([kind.value for kind in TEXTS])
        told = func.concat_ws(" ", *(type_coerce(table.c[name], Text) for name in columns))
        rows = work.connection.execute(select(table.c.kind, table.c.record_id, told).where(kinds))
        yield from (((kind, id_), _ESCAPED.sub(" ", text)) for kind, id_, text in rows)


def _is_ours_since(work: Work, kind: RecordKind, id_: UUID, version: int) -> bool:
    """Whether the server has a record as it was last written here, and took it after that version."""
    table = RECORDS[kind].table
    last = select(change.c.here).where(change.c.record_id == id_).order_by(change.c.number.desc()).limit(1)
    taken = select(table.c.version).where(table.c.id == id_)
    return bool(work.connection.scalar(last)) and work.connection.scalars(taken).one() > version


def waiting(work: Work) -> frozenset[UUID]:
    """The records of which something is still to be told, or was refused."""
    is_left = outbox.c.acked_at.is_(None) | outbox.c.refusal.is_not(None)
    return frozenset(work.connection.execute(select(outbox.c.record_id).where(is_left)).scalars())


_ASSESSED = select(assessment.c.id).where(assessment.c.beneficiary == bindparam("person"))
_ESCAPED = re.compile(r"\\[nrt\"]")
"""How JSON writes the end of a line or a quotation mark, which a word follows."""
_SAID: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (change, ("before", "after")),
    (lost_value, ("value",)),
    (outbox, ("fields",)),
)
