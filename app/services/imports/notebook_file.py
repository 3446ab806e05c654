"""Taking a whole notebook in: what this one does not know is created, with its history; what it knows is left alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from app import erasures, labels
from app.database import Database
from app.errors import KnownError
from app.forgetting import person
from app.models import OF_ONE_PERSON, RECORDS, Activity, Appointment, Beneficiary, Record, erased
from app.models.bulk import insert_all
from app.models.local import change, draft, import_batch, imported, lost_value
from app.models.patches import same
from app.services.exports.notebook_file import STATES
from app.services.imports.brought import remember, set_deleted
from app.services.imports.earlier import PART, Moment, moment_of, taken_away
from app.services.imports.json_lines import Line, Source, is_notebook
from app.services.imports.lines import FileKind
from app.services.imports.local_rows import row_of
from app.services.imports.plans import Outcome, PlanRow, Preview
from app.services.imports.soundness import is_sound
from app.services.progress import Progress
from app.work import Work, get_state
from protocol.vocabulary import ActivityKind, RecordKind

__all__ = ["NotebookPlan", "carry_out", "is_notebook", "plan", "plan_in"]

_KINDS = {kind.value: kind for kind in RecordKind}
_TABLES = {"change": change, "lost": lost_value, "draft": draft, "import": import_batch, "imported": imported}
_OWNERS = {RecordKind.MANDATE_ENTRY: "mandate", **{one.record_kind: "beneficiary" for one in OF_ONE_PERSON}}
"""What leaves with a person, and by which field it is theirs; presences stay as figures."""
_ERASED = "Cette personne a été effacée de ce carnet\u00a0: elle n’y revient pas."
_OF_ERASED = "C’est d’une personne effacée de ce carnet\u00a0: cela n’y revient pas."
_SHOWN = set(RecordKind) - {RecordKind.ATTENDANCE, RecordKind.COMPUTER}
"""The records that are a line of the preview; the others go along."""


@dataclass(frozen=True, slots=True)
class NotebookPlan:
    """What the advisor is asked to accept of a whole notebook; the file is read again to do it."""

    preview: Preview
    path: Path
    digest: bytes
    moment: Moment
    is_empty: bool
    noted: frozenset[UUID] = frozenset()
    """The people erased on this computer: a file made before does not bring them back."""


@dataclass(frozen=True, slots=True)
class _Step:
    """What a line adds to the notebook."""

    record: Record | None = None
    restored: tuple[RecordKind, UUID] | None = None
    table: str = ""
    row: Mapping[str, Any] = field(default_factory=dict)
    state: tuple[str, Any] | None = None


def plan(database: Database, path: Path, progress: Progress) -> NotebookPlan:
    """Say what each line of a notebook's file would do; raises UserError, KnownError or CancelledError."""
    with database.read() as connection:
        return plan_in(connection, path, frozenset(erasures.noted(database.path.parent)), progress)


def plan_in(connection: Connection, path: Path, noted: frozenset[UUID], progress: Progress) -> NotebookPlan:
    """The same, in one moment of the notebook; `noted` are those whom this computer erased."""
    source, reader = Source(path, progress), _Reader(connection, noted)
    rows: list[PlanRow] = []
    is_empty = True
    for line in source.lines():
        row, step = reader.take(line)
        is_empty = is_empty and step is None
        if row:
            rows.append(row)
    if not source.is_whole:
        why = "La fin du fichier manque\u00a0: ce qui précède peut être repris, le reste n’y est pas."
        rows.append(PlanRow("Fin du fichier", "", Outcome.REFUSED, why))
    preview = Preview(path.name, FileKind.NOTEBOOK, tuple(rows))
    return NotebookPlan(preview, path, source.digest, moment_of(connection), is_empty, noted)


def carry_out(work: Work, plan: NotebookPlan, batch: UUID, progress: Progress) -> int:
    """Take in what the file adds; answers how many records it created or brought back."""
    source, writer = Source(plan.path, progress), _Writer(work, batch)
    reader = _Reader(work.connection, plan.noted)
    for line in source.lines():
        _, step = reader.take(line)
        if step:
            writer.take(step)
    writer.flush()
    if reader.refused:
        person.keep_out(work, reader.erased_people, reader.refused)
    if source.digest != plan.digest:
        raise KnownError("Le fichier a changé depuis cet aperçu\u00a0: choisissez-le de nouveau.")
    return writer.records


@dataclass(slots=True)
class _Reader:
    """Tells what each line adds to a notebook, as it was before the first of them."""

    connection: Connection
    noted: frozenset[UUID] = frozenset()
    erased: frozenset[UUID] = field(init=False)
    gone: frozenset[UUID] = field(init=False)
    known: dict[UUID, tuple[RecordKind, bool]] = field(default_factory=dict)
    """The kind of each record, and whether it is deleted here."""
    created: dict[UUID, RecordKind] = field(default_factory=dict)
    others: set[tuple[str, UUID]] = field(default_factory=set)
    """Drafts and imports that are there already."""
    said: set[object] = field(default_factory=set)
    """What the file said so far: by its id, or the key of its table."""
    refused: set[UUID] = field(default_factory=set)
    """What was erased here, or belongs to whoever was."""
    erased_people: list[Beneficiary] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.erased = self.noted | erased.known(self.connection)
        self.gone = taken_away(self.connection)
        for kind, cls in RECORDS.items():
            for id_, deleted in self.connection.execute(select(cls.table.c.id, cls.table.c.deleted)):
                self.known[id_] = (kind, deleted)
        for name in ("draft", "import"):
            self.others |= {(name, id_) for id_ in self.connection.scalars(select(_TABLES[name].c.id))}

    def take(self, line: Line) -> tuple[PlanRow | None, _Step | None]:
        """What a line does: its row of the preview, if it has one, and what it adds, if anything."""
        where = f"Ligne {labels.figure(line.number)}"
        if line.why:
            return PlanRow(where, "", Outcome.REFUSED, line.why), None
        name = line.said.get("line")
        try:
            if name in _KINDS:
                return self._record(where, _KINDS[str(name)], line.said)
            return None, self._other(str(name), line.said)
        except ValueError as error:
            return PlanRow(where, str(name), Outcome.REFUSED, str(error)), None

    def _record(self, where: str, kind: RecordKind, said: Mapping[str, Any]) -> tuple[PlanRow | None, _Step | None]:
        record = _record_of(kind, said)
        self._once(record.id)
        found = self.known.get(record.id)
        if found and found[0] is not kind:
            raise ValueError("Ce que le carnet connaît sous cet identifiant est autre chose.")
        if found is None and (why := self._why_refused(record)):
            self.refused.add(record.id)
            return PlanRow(where, _words(record), Outcome.REFUSED, why), None
        outcome, step = self._outcome(record, found)
        row = PlanRow(where, _words(record), outcome) if kind in _SHOWN else None
        return row, step

    def _why_refused(self, record: Record) -> str:
        """Why a record does not come back: whom it is of was erased; empty where it may."""
        if isinstance(record, Beneficiary):
            if record.id not in self.erased and record.merged_into not in self.erased:
                return ""
            self.erased_people.append(record)
            return _ERASED
        owner = getattr(record, _OWNERS.get(record.record_kind, ""), None)
        return _OF_ERASED if owner in self.erased or owner in self.refused else ""

    def _outcome(self, record: Record, found: tuple[RecordKind, bool] | None) -> tuple[Outcome, _Step | None]:
        kind = record.record_kind
        if found is None:
            self.created[record.id] = kind
            return Outcome.CREATED, _Step(record=record)
        comes_back = kind is RecordKind.ACTIVITY or record.id in self.gone
        if found[1] and not record.deleted and comes_back:
            return Outcome.RESTORED, _Step(restored=(kind, record.id))
        return Outcome.MATCHED, None

    def _other(self, name: str, said: Mapping[str, Any]) -> _Step | None:
        """What is not a record: only what goes with the records created, and what the notebook has not got."""
        if name == "state":
            return self._state(said)
        if name not in _TABLES:
            raise ValueError("Cette version du programme ne connaît pas cette sorte de ligne.")
        row = row_of(_TABLES[name], said)
        if row.get("record_id") in self.refused:
            return None
        if name in ("change", "lost"):
            if row["record_id"] not in self.known and row["record_id"] not in self.created:
                raise ValueError("Elle parle de quelque chose qui n’est ni dans le fichier ni dans le carnet.")
            if name == "lost":
                self._once((name, row["record_id"], row["field"], row["op_id"]))
            return _Step(table=name, row=row) if row["record_id"] in self.created else None
        self._once((name, *(row[column.name] for column in _TABLES[name].primary_key)))
        key = (name, row["id"]) if name != "imported" else ("import", row["batch"])
        return None if key in self.others else _Step(table=name, row=row)

    def _once(self, key: object) -> None:
        if key in self.said:
            raise ValueError("Le fichier le dit deux fois.")
        self.said.add(key)

    def _state(self, said: Mapping[str, Any]) -> _Step | None:
        key, value = said.get("key"), said.get("value")
        if key not in STATES or not isinstance(value, str):
            raise ValueError("Cette version du programme ne connaît pas ce réglage.")
        return None if get_state(self.connection, key) is not None else _Step(state=(key, value))


@dataclass(slots=True)
class _Writer:
    """Writes what the lines add, many at a time."""

    work: Work
    batch: UUID
    records: int = 0
    _pending: list[Record] = field(default_factory=list)
    _rows: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    _restored: dict[RecordKind, list[UUID]] = field(default_factory=dict)
    _activities: set[UUID] = field(default_factory=set)

    def take(self, step: _Step) -> None:
        """One more line."""
        if step.record:
            self._pending.append(step.record)
        elif step.restored:
            kind, id_ = step.restored
            self._restored.setdefault(kind, []).append(id_)
        elif step.state:
            self.work.set_state(*step.state)
        else:
            self._rows.setdefault(step.table, []).append(step.row)
        if len(self._pending) + sum(map(len, self._rows.values())) >= PART:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        self.work.bring_in(self._pending)
        for kind in RecordKind:
            new = [one for one in self._pending if one.record_kind is kind]
            self._remember(kind, [one.id for one in new if self._is_undoable(one)])
            ids = self._restored.get(kind, [])
            set_deleted(self.work, kind, ids, False)
            self._remember(kind, ids)
        for name, rows in self._rows.items():
            insert_all(self.work.connection, _TABLES[name], rows)
        self._pending, self._rows, self._restored = [], {}, {}

    def _is_undoable(self, record: Record) -> bool:
        """Whether undoing takes it away by itself: a presence goes with its activity."""
        if record.deleted or record.record_kind is RecordKind.COMPUTER:
            return False
        if record.record_kind is RecordKind.ACTIVITY:
            self._activities.add(record.id)
        return getattr(record, "activity", None) not in self._activities

    def _remember(self, kind: RecordKind, ids: list[UUID]) -> None:
        remember(self.work, self.batch, kind, ids)
        self.records += len(ids)


def _record_of(kind: RecordKind, said: Mapping[str, Any]) -> Record:
    """The record that a line says, to the letter; raises ValueError with a sentence."""
    try:
        id_ = UUID(said["id"])
        record = RECORDS[kind].of_wire(id_, said)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ValueError("Son identifiant ne peut pas être lu.") from None
    wire = record.wire()
    fields = {name: value for name, value in said.items() if name not in ("line", "id")}
    bad = [name for name, value in fields.items() if name not in wire or not _is_right(name, wire[name], value)]
    if bad or record.created_at is None:
        raise ValueError(f"Un champ ne peut pas être lu\u00a0: {', '.join(bad) or 'created_at'}.")
    return record


def _is_right(name: str, kept: Any, said: Any) -> bool:
    return _alike(kept, said) and is_sound(name, said)


def _alike(kept: Any, said: Any) -> bool:
    """Whether a value was understood: 1 is not true, and 30 is not « 30 »."""
    return same(kept, said) and (kept is None or type(kept) is type(said) or said == [])


def _words(record: Record) -> str:
    parts: Iterator[str | None]
    if isinstance(record, Activity):
        topics = ", ".join(label for topic, label in labels.TOPICS.items() if topic in record.topics)
        kind = labels.KINDS.get(ActivityKind(record.kind)) if record.kind in set(ActivityKind) else str(record.kind)
        parts = iter((_day(record.day), record.title or kind, topics))
    elif isinstance(record, Beneficiary):
        parts = iter((f"{record.first_name or ''} {record.last_name or ''}".strip(),))
    elif isinstance(record, Appointment):
        parts = iter((labels.moment(record.starts) if record.starts else None, record.subject))
    else:
        parts = iter((getattr(record, "name", None),))
    return " · ".join(part for part in parts if part)


def _day(day: date | None) -> str:
    return labels.short_day(day) if day else ""
