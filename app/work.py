"""One writing transaction of the notebook: each record saved is kept, remembered in the history and queued."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Insert, Select, Table, Update, bindparam, delete, func, insert, select, update

from app.models import RECORDS, Record
from app.models.activity import activity_choice
from app.models.base import Wire
from app.models.derived import Touched, forget, purge, refresh
from app.models.ids import new_id
from app.models.local import change, draft, held_row, lost_value, outbox, state
from app.models.record import column_names
from protocol.clock import Clock
from protocol.fields import FIELDS
from protocol.vocabulary import RecordKind

R = TypeVar("R", bound=Record)
Fields = dict[str, Wire]


@dataclass(frozen=True, slots=True)
class Received:
    """A record as the server sent it: the whole of its fields, its version, who made the latest change.

    `fields` is None when it was erased for good.
    """

    kind: RecordKind
    id: UUID
    fields: Mapping[str, Wire] | None
    version: int = 0
    author: UUID | None = None


class Work:
    """What may be done inside one writing transaction; nothing outside `Database` commits it."""

    def __init__(self, connection: Connection, here: bool, now_ms: Callable[[], int]) -> None:
        self.connection = connection
        self._here = here
        self._now_ms = now_ms
        self._touched: Touched = set()
        self._renamed: set[UUID] = set()
        self._is_erasing = False
        self._last_clock: Clock | None = None
        self._next_seq = 1
        self._offset_ms = 0
        self._base = 0

    @property
    def changes(self) -> frozenset[str]:
        """The kinds of record changed so far."""
        return frozenset(kind.value for kind, _ in self._touched)

    def find(self, cls: type[R], id_: UUID) -> R | None:
        """The record as it stands in this transaction, deleted or not."""
        return find(self.connection, cls, id_)

    def save(self, record: Record) -> None:
        """Keep a record, new or changed, and queue what changed; saving it unchanged does nothing."""
        patch = self._write(record)
        if patch:
            self._queue(record, patch)

    def save_again(self, record: Record, version: int) -> None:
        """Queue the whole of a record that the server lost, as it was known under a version of the notebook.

        Its clock is before every change ever made: of the same field, whatever its author still sends again wins.
        """
        whole = {name: _change_of(record.record_kind, name, _NEW.get(name), value) for name, value in _said(record)}
        self._tick()
        content = {"op_id": new_id(), "clock_ms": version, "clock_counter": 0, "fields": whole}
        # closed at once: a later save of the record, which has a clock of its own, must not be folded into it
        self._append(record.record_kind, record.id, {**content, "base": None, "sent": True})
        self.note_version(record.record_kind, record.id, 0)

    def erase(self, kind: RecordKind, id_: UUID) -> None:
        """Erase a record for good, here and at its next synchronisation everywhere: fields, history, all."""
        self._forget(kind, id_)
        self._leave_unsaid(id_)
        waiting = self.connection.execute(_WAITING, {"record": id_}).one_or_none()
        clock = self._tick()
        values = {"op_id": new_id(), "clock_ms": clock.ms, "clock_counter": clock.counter, "erases": True, "fields": {}}
        if waiting:
            self.connection.execute(update(outbox).where(outbox.c.seq == waiting.seq).values(**values))
            return
        self._append(kind, id_, values)

    def apply(self, received: Received) -> None:
        """Keep a record as received; an erased one goes with its history."""
        if received.fields is None:
            self._forget(received.kind, received.id)
            return
        self._write(RECORDS[received.kind].of_wire(received.id, received.fields), received.author)
        self.note_version(received.kind, received.id, received.version)

    def note_version(self, kind: RecordKind, id_: UUID, version: int) -> None:
        """Remember under which version of the notebook the server holds a record."""
        self.connection.execute(_note_version(RECORDS[kind].table), {"wanted": id_, "seen": version})

    def note_sent(self, kind: RecordKind, id_: UUID, version: int) -> None:
        """The same of a change just sent; unless the server may have lost the rest of the record (`sync/drift.py`)."""
        self.connection.execute(_note_sent(RECORDS[kind].table), {"wanted": id_, "seen": version})

    def get_state(self, key: str) -> Any:
        """What is remembered under a name, None if nothing is."""
        return get_state(self.connection, key)

    def set_state(self, key: str, value: Any) -> None:
        """Remember a JSON value under a name."""
        set_state(self.connection, key, value)

    def finish(self) -> None:
        """Bring what is derived in line and remember the clock, just before the commit."""
        if self._touched:
            refresh(self.connection, self._touched, self._renamed)
        if self._is_erasing:
            purge(self.connection)
        if self._last_clock:
            self.set_state("sync.hlc", list(self._last_clock))
            self.set_state("sync.next_seq", self._next_seq)

    def _write(self, record: Record, author: UUID | None = None) -> Fields:
        """Write the record and its history; answers what changed, as an operation says it."""
        found = self.find(type(record), record.id)
        record = replace(record, created_at=record.created_at or (found and found.created_at) or self._now_ms())
        before, after = found.wire() if found else dict(_NEW), record.wire()
        changed = [name for name, value in after.items() if not _same(before.get(name), value)]
        if not changed:
            return {}
        _store(self.connection, record, known=found is not None)
        patch = {name: _change_of(record.record_kind, name, before.get(name), after[name]) for name in changed}
        _store_choices(self.connection, record, patch)
        values = {
            "kind": record.record_kind,
            "record_id": record.id,
            "at": self._now_ms(),
            "here": self._here,
            "before": {name: before.get(name) for name in changed},
            "after": {name: after[name] for name in changed},
            "author": author,
        }
        self.connection.execute(insert(change), values)
        self._touched.add((record.record_kind, record.id))
        if record.record_kind is RecordKind.PLACE and "name" in patch:
            self._renamed.add(record.id)
        return patch

    def _queue(self, record: Record, patch: Fields) -> None:
        waiting = self.connection.execute(_WAITING, {"record": record.id}).one_or_none()
        patch = self._with_refused(record, patch)
        clock = self._tick()
        if waiting:
            values: dict[str, Any] = {
                "b_seq": waiting.seq,
                "op": new_id(),
                "fields": _folded(waiting.fields, patch),
                "ms": clock.ms,
                "n": clock.counter,
            }
            self.connection.execute(_FOLD, values)
            return
        values = {"op_id": new_id(), "clock_ms": clock.ms, "clock_counter": clock.counter, "fields": patch}
        self._append(record.record_kind, record.id, values)

    def _append(self, kind: RecordKind, id_: UUID, values: dict[str, Any]) -> None:
        """One more operation, the last one."""
        place = {"seq": self._next_seq, "kind": kind, "record_id": id_, "base": self._base}
        self.connection.execute(insert(outbox), {**place, **values})
        self._next_seq += 1

    def _with_refused(self, record: Record, patch: Fields) -> Fields:
        """The patch with every field that the server refused before: what corrects one of them sends them all."""
        refused = self.connection.execute(_REFUSED, {"record": record.id}).scalars().all()
        if not refused:
            return patch
        self.connection.execute(_SETTLE, {"b_record": record.id})
        now = record.wire()
        for fields in refused:
            again = {name: _again(change, now[name]) for name, change in fields.items() if name in now}
            patch = _folded(again, patch)
        return patch

    def _tick(self) -> Clock:
        if self._last_clock is None:
            self._last_clock = Clock(*(self.get_state("sync.hlc") or (0, 0)))
            self._next_seq = self.get_state("sync.next_seq") or 1
            self._base = (self.get_state("sync.cursor") or (None, 0))[1]
            self._offset_ms = self.get_state("sync.clock_offset_ms") or 0
        self._last_clock = self._last_clock.next(self._now_ms() + self._offset_ms)
        return self._last_clock

    def _leave_unsaid(self, id_: UUID) -> None:
        """Give another UUID to what left, arrived or not, and is empty from now on.

        A copy of this disk, or a backup put back, may have to say it whole under its own, and be believed.
        """
        for seq in self.connection.execute(_ON_ITS_WAY, {"record": id_}).scalars().all():
            self.connection.execute(update(outbox).where(outbox.c.seq == seq).values(op_id=new_id()))

    def _forget(self, kind: RecordKind, id_: UUID) -> None:
        """Drop a record, its history, and what was to be said of it: an operation keeps its number only."""
        self._touched |= {(kind, id_), *forget(self.connection, kind, id_)}
        said = update(outbox).where(outbox.c.record_id == id_)
        self.connection.execute(said.values(fields={}, piece=None, refusal=None))
        self.connection.execute(delete(activity_choice).where(activity_choice.c.activity == id_))
        for table in (change, lost_value, held_row):
            self.connection.execute(delete(table).where(table.c.record_id == id_))
        typed = draft.c.form["person"]["id"].as_string() == str(id_)
        self.connection.execute(update(draft).where(typed).values(form=func.json_remove(draft.c.form, "$.person")))
        table = RECORDS[kind].table
        self._is_erasing |= self.connection.execute(delete(table).where(table.c.id == id_)).rowcount > 0


def find(connection: Connection, cls: type[R], id_: UUID) -> R | None:
    """A record by its id, deleted or not; None where there is none."""
    row = connection.execute(_by_id(cls.table), {"wanted": id_}).mappings().one_or_none()
    if row is None:
        return None
    values: dict[str, Any] = dict(row)
    if FIELDS[cls.record_kind].sets:
        values.update(_choices(connection, cls, id_))
    return cls(**values)


def get_state(connection: Connection, key: str) -> Any:
    """What is remembered under a name, None if nothing is."""
    return connection.execute(_STATE, {"wanted": key}).scalar_one_or_none()


def set_state(connection: Connection, key: str, value: Any) -> None:
    """Remember a JSON value under a name."""
    connection.execute(_SET_STATE, {"key": key, "value": value})


def _choices(connection: Connection, cls: type[Record], id_: UUID) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {name: set() for name in FIELDS[cls.record_kind].sets}
    for field, code in connection.execute(_CHOICES_OF, {"wanted": id_}):
        if field in found:
            found[field].add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


def _store(connection: Connection, record: Record, known: bool) -> None:
    if known:
        connection.execute(_update(record.table), {**record.columns(), "wanted": record.id})
    else:
        connection.execute(_insert(record.table), record.columns())


def _store_choices(connection: Connection, record: Record, patch: Fields) -> None:
    changes = [(field, patch[field]) for field in FIELDS[record.record_kind].sets if field in patch]
    gone = [{"b_activity": record.id, "b_field": field, "b_code": code} for field, one in changes for code in one["-"]]
    come = [{"activity": record.id, "field": field, "code": code} for field, one in changes for code in one["+"]]
    if gone:
        connection.execute(_DROP_CHOICE, gone)
    if come:
        connection.execute(insert(activity_choice), come)


def _same(before: Wire, after: Wire) -> bool:
    """Nothing and an empty choice are one value; no is an answer."""
    return before == after or (before in _NOTHING and after in _NOTHING)


def _change_of(kind: RecordKind, name: str, before: Wire, after: Wire) -> Wire:
    """What happened to one field: its new value, or for a set what was added and removed."""
    if name not in FIELDS[kind].sets:
        return after
    old, new = set(before or ()), set(after)
    return {"+": sorted(new - old), "-": sorted(old - new)}


def _folded(first: Fields, second: Fields) -> Fields:
    """Two changes of one record that was never sent, as one change."""
    folded = dict(first)
    for name, value in second.items():
        old = folded.get(name)
        folded[name] = _folded_set(old, value) if isinstance(old, dict) and "+" in old else value
    return folded


def _folded_set(first: dict[str, list[str]], second: dict[str, list[str]]) -> dict[str, list[str]]:
    added, removed = set(second["+"]), set(second["-"])
    return {
        "+": sorted((set(first["+"]) - removed) | added),
        "-": sorted((set(first["-"]) - added) | removed),
    }


def _again(change: Wire, now: Wire) -> Wire:
    """A refused change of one field, as it stands now."""
    if isinstance(change, dict) and "+" in change:
        return {"+": now, "-": sorted(set(change["-"]) - set(now))}
    return now


def _said(record: Record) -> list[tuple[str, Wire]]:
    """The fields of a record that say something."""
    return [(name, value) for name, value in record.wire().items() if not _same(_NEW.get(name), value)]


@cache
def _note_version(table: Table) -> Update:
    return update(table).where(table.c.id == bindparam("wanted")).values(version=bindparam("seen"))


@cache
def _note_sent(table: Table) -> Update:
    return _note_version(table).where(table.c.version >= 0)


@cache
def _by_id(table: Table) -> Select[Any]:
    return select(*(table.c[name] for name in column_names(table))).where(table.c.id == bindparam("wanted"))


@cache
def _insert(table: Table) -> Insert:
    return insert(table)


@cache
def _update(table: Table) -> Update:
    changes: dict[str, Any] = {name: bindparam(name) for name in column_names(table) if name != "id"}
    return update(table).where(table.c.id == bindparam("wanted")).values(changes)


_NEW: Fields = {"deleted": False}
_NOTHING: tuple[Wire, ...] = (None, [])
_STATE = select(state.c.value).where(state.c.key == bindparam("wanted"))
_SET_STATE = insert(state).prefix_with("OR REPLACE")
_CHOICES_OF = select(activity_choice.c.field, activity_choice.c.code).where(
    activity_choice.c.activity == bindparam("wanted")
)
_DROP_CHOICE = delete(activity_choice).where(
    activity_choice.c.activity == bindparam("b_activity"),
    activity_choice.c.field == bindparam("b_field"),
    activity_choice.c.code == bindparam("b_code"),
)
_WAITING = select(outbox.c.seq, outbox.c.fields).where(
    outbox.c.record_id == bindparam("record"), outbox.c.sent.is_(False), outbox.c.refusal.is_(None)
)
_ON_ITS_WAY = select(outbox.c.seq).where(
    outbox.c.record_id == bindparam("record"), outbox.c.sent, outbox.c.acked_at.is_(None), ~outbox.c.erases
)
_REFUSED = (
    select(outbox.c.fields)
    .where(outbox.c.record_id == bindparam("record"), outbox.c.refusal.is_not(None))
    .order_by(outbox.c.seq)
)
_SETTLE = delete(outbox).where(outbox.c.record_id == bindparam("b_record"), outbox.c.refusal.is_not(None))
_FOLD = (
    update(outbox)
    .where(outbox.c.seq == bindparam("b_seq"))
    .values(op_id=bindparam("op"), fields=bindparam("fields"), clock_ms=bindparam("ms"), clock_counter=bindparam("n"))
)
"""A folded operation gets a new UUID: copies of one disk that fold differently must not speak of one operation."""
