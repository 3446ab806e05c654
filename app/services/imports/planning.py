"""What taking a file in would do to the notebook as it is, line by line; nothing is written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, select

from app import labels
from app.database import Database
from app.errors import UserError
from app.models import Record
from app.models.activity import activity, activity_choice
from app.models.attendance import attendance
from app.models.ids import listed, those_listed
from app.services.age_bands import age_band_at
from app.services.imports import collector
from app.services.imports.earlier import PART, Moment, moment_of, taken_away
from app.services.imports.known_people import Known, KnownPeople
from app.services.imports.known_words import KnownPlaces, KnownTags
from app.services.imports.lines import ActivityLine, PersonLine, PersonSaid, ReadFile
from app.services.imports.planned import PlannedActivity, alike
from app.services.imports.plans import Outcome, PlanRow, Preview
from app.services.progress import Progress
from protocol.vocabulary import ActivityKind, AgeBand, RecordKind, Topic

_FIGURES = re.compile(r"\d+")
_CAME_BACK = "Elle était partie avec un import retiré\u00a0: elle revient."
_DELETED_BY_HAND = "Elle a été supprimée du carnet\u00a0: elle revient."
_BACK = "Cette personne était partie avec un import retiré\u00a0: elle revient."


@dataclass(frozen=True, slots=True)
class Plan:
    """What the advisor is asked to accept, and what is needed to do it."""

    preview: Preview
    file: ReadFile
    moment: Moment
    """When it was made: what changed since is asked again."""
    created: tuple[Record, ...]
    """People, places and tags."""
    restored: tuple[tuple[RecordKind, UUID], ...]
    activities: tuple[PlannedActivity, ...]

    @property
    def is_empty(self) -> bool:
        """Whether it writes nothing."""
        return not (self.created or self.restored or self.activities)


def plan(database: Database, file: ReadFile, progress: Progress) -> Plan:
    """Say what each line of a file would do; raises CancelledError."""
    with collector.spared(), database.read() as connection:
        return plan_in(connection, file, progress)


def plan_in(connection: Connection, file: ReadFile, progress: Progress) -> Plan:
    """The same, in one moment of the notebook."""
    planner = _Planner(connection, file)
    total = len(file.activities) + len(file.people)
    lines: Sequence[ActivityLine | PersonLine] = (*file.activities, *file.people)
    for done, line in enumerate(lines):
        if done % PART == 0:
            progress.step(done, total)
        planner.rows.append(planner.planned(line))
    return planner.whole()


@dataclass(slots=True)
class _Planner:
    """Takes the lines one after the other; each sees what the ones before it bring."""

    connection: Connection
    file: ReadFile
    rows: list[PlanRow] = field(default_factory=list)
    activities: list[PlannedActivity] = field(default_factory=list)
    restored: dict[UUID, RecordKind] = field(default_factory=dict)
    gone: frozenset[UUID] = field(init=False)
    people: KnownPeople = field(init=False)
    places: KnownPlaces = field(init=False)
    tags: KnownTags = field(init=False)
    is_deleted: dict[UUID, bool] = field(init=False)
    """Whether an activity of the file, or of the notebook under the same id, is deleted."""
    seen: dict[UUID, str] = field(default_factory=dict)
    """On which line of the file a record is."""

    def __post_init__(self) -> None:
        self.gone = taken_away(self.connection)
        self.people = KnownPeople(self.connection, self.gone, date.today())
        self.places = KnownPlaces(self.connection, self.gone)
        self.tags = KnownTags(self.connection, self.gone)
        ids = {"ids": listed(line.id for line in self.file.activities)}
        wanted = select(activity.c.id, activity.c.deleted).where(activity.c.id.in_(those_listed()))
        self.is_deleted = {row.id: row.deleted for row in self.connection.execute(wanted, ids)}

    def planned(self, line: ActivityLine | PersonLine) -> PlanRow:
        """What a line does, once it is known to be possible."""
        what = _activity_words(line) if isinstance(line, ActivityLine) else _person_words(line)
        try:
            outcome, whys = self._activity(line) if isinstance(line, ActivityLine) else self._person(line)
        except UserError as error:
            return PlanRow(line.where, what, Outcome.REFUSED, str(error))
        return PlanRow(line.where, what, outcome, " ".join((*whys, *line.warnings)))

    def whole(self) -> Plan:
        """The plan, once every line was taken."""
        self._bring_along()
        refused = (PlanRow(one.where, one.said, Outcome.REFUSED, one.why) for one in self.file.refused)
        wanted = self.seen.keys() | {id_ for one in self.activities for id_, _ in one.people}  # not of a refused line
        people = [one for one in self.people.created.values() if one.id in wanted]
        preview = Preview(
            file=self.file.name,
            kind=self.file.kind,
            rows=tuple(sorted((*self.rows, *refused), key=_first_line)),
            new_places=tuple(one.name or "" for one in self.places.created.values()),
            new_tags=tuple(one.name or "" for one in self.tags.created.values()),
            new_people=len(people) if self.file.activities else 0,
        )
        created = (*self.places.created.values(), *self.tags.created.values(), *people)
        restored = tuple((kind, id_) for id_, kind in self.restored.items())
        records, activities = alike(self.connection, created, self.activities)
        return Plan(preview, self.file, moment_of(self.connection), records, restored, activities)

    def _person(self, line: PersonLine) -> tuple[Outcome, tuple[str, ...]]:
        known, doubt = self.people.of(line.person)
        if known.id in self.seen:
            return Outcome.MATCHED, (f"Même personne\u00a0: {_lower(self.seen[known.id])}.",)
        self.seen[known.id] = line.where
        if known.outcome is Outcome.RESTORED:
            self.restored[known.id] = RecordKind.BENEFICIARY
            return Outcome.RESTORED, (_BACK,)
        return known.outcome, (doubt,) if doubt else ()

    def _activity(self, line: ActivityLine) -> tuple[Outcome, tuple[str, ...]]:
        if line.id in self.seen:
            return Outcome.MATCHED, (f"Même accompagnement\u00a0: {_lower(self.seen[line.id])}.",)
        self.seen[line.id] = line.where
        if line.id not in self.is_deleted:
            return Outcome.CREATED, self._create(line)
        if not self.is_deleted[line.id]:
            return Outcome.MATCHED, ()
        self.restored[line.id] = RecordKind.ACTIVITY
        return Outcome.RESTORED, (_CAME_BACK if line.id in self.gone else _DELETED_BY_HAND,)

    def _create(self, line: ActivityLine) -> tuple[str, ...]:
        """Plan a new activity; answers what is to be said of the people it names."""
        found = [(*self.people.of(said.person), said) for said in line.people]
        for known, _, _ in found:
            if known.outcome is Outcome.RESTORED:
                self.restored[known.id] = RecordKind.BENEFICIARY
        # a person named twice came once
        came = {known.id: _age_band(line, known, said) for known, _, said in found}
        self.activities.append(
            PlannedActivity(
                line=line,
                place=self.places.of(line.place) if line.place else None,
                tags=tuple(dict.fromkeys(map(self.tags.of, line.tags))),
                people=tuple(came.items()),
            )
        )
        return tuple(dict.fromkeys(doubt for _, doubt, _ in found if doubt))

    def _bring_along(self) -> None:
        """What an activity that comes back speaks of comes back with it; not a tag that was deleted by hand."""
        for id_ in self.places.restored:
            self.restored[id_] = RecordKind.PLACE
        for id_ in self.tags.restored:
            self.restored[id_] = RecordKind.TAG
        ids = {"ids": listed(id_ for id_, kind in self.restored.items() if kind is RecordKind.ACTIVITY)}
        deleted = {
            RecordKind.BENEFICIARY: self.people.deleted,
            RecordKind.PLACE: self.places.deleted,
            RecordKind.TAG: self.gone & self.tags.deleted,
        }
        for kind, wanted in _SPOKEN_OF.items():
            said = self.connection.execute(wanted, ids).scalars()
            named = {UUID(one) if isinstance(one, str) else one for one in said}
            self.restored |= dict.fromkeys(named & deleted[kind], kind)


def _age_band(line: ActivityLine, known: Known, said: PersonSaid) -> AgeBand | None:
    day = line.form.day
    return said.age_band or (age_band_at(known.birth_year, day) if day else None) or known.age_band


def _activity_words(line: ActivityLine) -> str:
    """« 12/03/2024 · Jeanne Delmas · E-mail »."""
    return " · ".join(part for part in _activity_parts(line) if part)


def _activity_parts(line: ActivityLine) -> Iterator[str]:
    form = line.form
    yield labels.short_day(form.day) if form.day else ""
    if form.kind is ActivityKind.WORKSHOP:
        yield form.title or "Atelier"
        yield labels.count(len(line.people) + form.anonymous.total, "participant")
    else:
        yield line.people[0].name if line.people else "Bénéficiaire anonyme"
    yield _topic_words(form.topics)


@lru_cache(1_000)
def _topic_words(topics: frozenset[Topic]) -> str:
    return ", ".join(label for topic, label in labels.TOPICS.items() if topic in topics)


def _person_words(line: PersonLine) -> str:
    year = line.person.birth_year
    return f"{line.person.first_name} {line.person.last_name}".strip() + (f" · {year}" if year else "")


def _first_line(row: PlanRow) -> int:
    """Where a line is in the file, so that the preview follows the file: 12 for « Lignes 12 à 19 »."""
    found = _FIGURES.search(row.where)
    return int(found[0]) if found else 0


def _lower(where: str) -> str:
    return where[:1].lower() + where[1:]


_SPOKEN_OF: dict[RecordKind, Select[Any]] = {
    RecordKind.BENEFICIARY: (
        select(attendance.c.beneficiary)
        .where(~attendance.c.deleted, attendance.c.activity.in_(those_listed()))
        .distinct()
    ),
    RecordKind.PLACE: select(activity.c.place).where(activity.c.id.in_(those_listed())).distinct(),
    RecordKind.TAG: (
        select(activity_choice.c.code)
        .where(activity_choice.c.field == "tags", activity_choice.c.activity.in_(those_listed()))
        .distinct()
    ),
}
"""What activities speak of."""
