"""One writing transaction of the notebook: each record saved is kept, remembered in the history and queued."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Row, Select, Table, Update, bindparam, delete, func, insert, or_, select, update

from app.models import RECORDS, Record, erased, unsaid
from app.models.activity import activity_choice
from app.models.bulk import insert_all
from app.models.derived import Touched, forget, purge, refresh
from app.models.ids import listed, new_id, those_listed
from app.models.local import change, draft, held_row, lost_value, outbox, state
from app.models.patches import NEW, Fields, again, change_of, folded, same
from app.models.record import column_names
from app.models.unsaid import Clean
from protocol.clock import Clock
from protocol.fields import FIELDS
from protocol.vocabulary import RecordKind

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Received:
    """A record as the server sent it: the whole of its fields, its version, who made the latest change.

    `fields` is None when it was erased for good.
    """

    kind: RecordKind
    id: UUID
    fields: Mapping[str, Any] | None
    version: int = 0
    author: UUID | None = None


@dataclass(frozen=True, slots=True)
class _Saved:
    """A record that is not as it was: its fields that changed (none before, if it is new), and how it is told."""

    record: Record
    is_new: bool
    before: Fields
    after: Fields
    patch: Fields


class Work:
    """What may be done inside one writing transaction; nothing outside `Database` commits it."""

    def __init__(self, connection: Connection, here: bool, now_ms: Callable[[], int]) -> None:
        self.connection = connection
        self._here = here
        self._now_ms = now_ms
        self._touched: Touched = set()
        self._renamed: set[UUID] = set()
        self._is_erasing = False
        self.erased_people: list[UUID] = []
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
        self.save_all((record,))

    def save_all(self, records: Sequence[Record]) -> None:
        """Keep many records, each named once, as saving them one after the other would.

        The history of a new one begins when it says that it was created.
        """
        self._queue([(one.record, one.patch) for one in self._write(records)])

    def bring_in(self, records: Sequence[Record]) -> None:
        """Keep new records that come with a history of their own, and queue them; not the names of other computers."""
        written = self._write(records, is_told=False)
        ours = [one for one in written if one.record.record_kind is not RecordKind.COMPUTER]
        self._queue([(one.record, one.patch) for one in ours])

    def remember(self, lines: Sequence[Mapping[str, Any]]) -> None:
        """Add lines to the history, as they were told when they were made."""
        insert_all(self.connection, change, lines)

    def save_again(self, record: Record, version: int) -> None:
        """Queue the whole of a record that the server lost, as it was known under a version of the notebook.

        Its clock is before every change ever made: of the same field, whatever its author still sends again wins.
        """
        whole = {name: change_of(record.record_kind, name, NEW.get(name), value) for name, value in _said(record)}
        self._tick()
        content = {"op_id": new_id(), "clock_ms": version, "clock_counter": 0, "fields": whole}
        # closed at once: a later save of the record, which has a clock of its own, must not be folded into it
        self._append(record.record_kind, record.id, {**content, "base": None, "sent": True})
        self.note_version(record.record_kind, record.id, 0)

    def erase(self, kind: RecordKind, id_: UUID) -> None:
        """Erase a record for good, here and at its next synchronisation everywhere: fields, history, all."""
        self._forget(kind, id_)
        self._leave_unsaid(id_)
        waiting = self.connection.execute(_WAITING, {"ids": listed((id_,))}).one_or_none()
        clock = self._tick()
        values = {"op_id": new_id(), "clock_ms": clock.ms, "clock_counter": clock.counter, "erases": True, "fields": {}}
        if waiting:
            self.connection.execute(update(outbox).where(outbox.c.seq == waiting.seq).values(**values))
            return
        self._append(kind, id_, values)

    def retell(self, record: Record, clean: Clean, *, is_told: bool = True) -> None:
        """Keep a record, and all that was ever said of it here, without some of its words.

        It is told anew with every sealed field at once, upon which the server forgets how they were; unless another
        computer tells it (not `is_told`), which cannot know of a value that lost to it.
        """
        kind, id_ = record.record_kind, record.id
        values = {name: clean(name, value) for name, value in record.wire().items()}
        kept = type(record).of_wire(id_, values)
        written = self._write((kept,), is_told=False)
        unsaid.clean_history(self.connection, id_, clean)
        unsaid.clean_operations(self.connection, id_, clean, FIELDS[kind].sealed)
        self._leave_unsaid(id_)
        if unsaid.drop_lost(self.connection, id_, clean) or is_told:
            whole = {name: value for name, value in kept.wire().items() if name in FIELDS[kind].sealed}
            self._queue([(kept, {**whole, **(written[0].patch if written else {})})])

    def apply(self, received: Received) -> None:
        """Keep a record as received; an erased one goes with its history."""
        if received.fields is None:
            self._forget(received.kind, received.id)
            return
        self._write((RECORDS[received.kind].of_wire(received.id, received.fields),), received.author)
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
            told = {"sync.hlc": list(self._last_clock), "sync.next_seq": self._next_seq}
            self.connection.execute(_SET_STATE, [{"key": key, "value": value} for key, value in told.items()])

    def _write(self, records: Sequence[Record], author: UUID | None = None, is_told: bool = True) -> list[_Saved]:
        """Write the records that changed, and their history unless it `is_told` apart."""
        found, now = _found(self.connection, records), self._now_ms()
        compared = (_compared(record, found.get((record.record_kind, record.id)), now) for record in records)
        saved = [one for one in compared if one]
        _store(self.connection, saved)
        _store_choices(self.connection, saved)
        if is_told:
            self.remember([self._line(one, now, author) for one in saved])
        for one in saved:
            self._touched.add((one.record.record_kind, one.record.id))
            if one.record.record_kind is RecordKind.PLACE and "name" in one.patch:
                self._renamed.add(one.record.id)
        return saved

    def _line(self, saved: _Saved, now: int, author: UUID | None) -> dict[str, Any]:
        """A line of the history; what is created here was created when it says so, by default now."""
        return {
            "kind": saved.record.record_kind,
            "record_id": saved.record.id,
            "at": saved.record.created_at if saved.is_new and self._here else now,
            "here": self._here,
            "before": saved.before,
            "after": saved.after,
            "author": author,
        }

    def _queue(self, changes: Sequence[tuple[Record, Fields]]) -> None:
        """Queue what changed of records, in this order; what waits of one already takes its change in."""
        if not changes:
            return
        ids = {"ids": listed(record.id for record, _ in changes)}
        queued = self.connection.execute(_QUEUED, ids).all()
        waiting = {row.record_id: row for row in queued if row.refusal is None}
        folds, added = [], []
        for record, patch in self._with_refused(changes, [row for row in queued if row.refusal is not None]):
            clock, op_id, row = self._tick(), new_id(), waiting.get(record.id)
            if row:
                fields = folded(row.fields, patch)
                folds.append({"b_seq": row.seq, "op": op_id, "fields": fields, "ms": clock.ms, "n": clock.counter})
            else:
                values = {"op_id": op_id, "clock_ms": clock.ms, "clock_counter": clock.counter, "fields": patch}
                added.append(self._numbered(record.record_kind, record.id, values))
        if folds:
            self.connection.execute(_FOLD, folds)
        insert_all(self.connection, outbox, added)

    def _append(self, kind: RecordKind, id_: UUID, values: dict[str, Any]) -> None:
        """One more operation, the last one."""
        self.connection.execute(insert(outbox), self._numbered(kind, id_, values))

    def _numbered(self, kind: RecordKind, id_: UUID, values: dict[str, Any]) -> dict[str, Any]:
        """An operation with the next number."""
        place = {"seq": self._next_seq, "kind": kind, "record_id": id_, "base": self._base}
        self._next_seq += 1
        return {**place, **values}

    def _with_refused(
        self, changes: Sequence[tuple[Record, Fields]], rows: Sequence[Row[*tuple[Any, ...]]]
    ) -> Sequence[tuple[Record, Fields]]:
        """The patches with every field that the server refused before: what corrects one of them sends them all."""
        if not rows:
            return changes
        refused = {id_: [row.fields for row in group] for id_, group in groupby(rows, attrgetter("record_id"))}
        self.connection.execute(_SETTLE, [{"b_record": id_} for id_ in refused])
        return [(record, _repaired(record, patch, refused.get(record.id, ()))) for record, patch in changes]

    def _tick(self) -> Clock:
        if self._last_clock is None:
            told = {row.key: row.value for row in self.connection.execute(_TOLD)}
            self._last_clock = Clock(*(told.get("sync.hlc") or (0, 0)))
            self._next_seq = told.get("sync.next_seq") or 1
            self._base = (told.get("sync.cursor") or (None, 0))[1]
            self._offset_ms = told.get("sync.clock_offset_ms") or 0
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
        is_news = erased.note(self.connection, kind, id_)
        was_there = self.connection.execute(delete(table).where(table.c.id == id_)).rowcount > 0
        self._is_erasing |= was_there
        if kind is RecordKind.BENEFICIARY and (was_there or is_news):  # not there: a copy may know them all the same
            self.erased_people.append(id_)


def find(connection: Connection, cls: type[R], id_: UUID) -> R | None:
    """A record by its id, deleted or not; None where there is none."""
    return find_all(connection, cls, (id_,)).get(id_)


def find_all(connection: Connection, cls: type[R], ids: Iterable[UUID]) -> dict[UUID, R]:
    """Records by their ids, deleted or not; those that are not there are left out."""
    wanted = {"ids": listed(ids)}
    rows = connection.execute(_by_id(cls.table), wanted).mappings().all()
    if not rows:
        return {}
    choices = _choices(connection, cls, wanted) if FIELDS[cls.record_kind].sets else {}
    return {row["id"]: cls(**row, **choices.get(row["id"], {})) for row in rows}


def get_state(connection: Connection, key: str) -> Any:
    """What is remembered under a name, None if nothing is."""
    return connection.execute(_STATE, {"wanted": key}).scalar_one_or_none()


def set_state(connection: Connection, key: str, value: Any) -> None:
    """Remember a JSON value under a name."""
    connection.execute(_SET_STATE, {"key": key, "value": value})


def _found(connection: Connection, records: Sequence[Record]) -> dict[tuple[RecordKind, UUID], Record]:
    """The records as they are kept, of those that are."""
    ids: dict[type[Record], list[UUID]] = {}
    for record in records:
        ids.setdefault(type(record), []).append(record.id)
    return {
        (cls.record_kind, id_): one
        for cls, wanted in ids.items()
        for id_, one in find_all(connection, cls, wanted).items()
    }


def _choices(connection: Connection, cls: type[Record], ids: Mapping[str, str]) -> dict[UUID, dict[str, Any]]:
    """The sets of words of records that have any."""
    sets = FIELDS[cls.record_kind].sets
    found: dict[UUID, dict[str, set[str]]] = {}
    for id_, field, code in connection.execute(_CHOICES_OF, ids):
        if field in sets:
            found.setdefault(id_, {}).setdefault(field, set()).add(code)
    return {id_: {name: frozenset(codes) for name, codes in one.items()} for id_, one in found.items()}


def _compared(record: Record, found: Record | None, now: int) -> _Saved | None:
    """What a record changes of what is kept, None if nothing."""
    created = record.created_at or (found and found.created_at) or now
    record = record if created == record.created_at else replace(record, created_at=created)
    kept = found.wire() if found else NEW
    after = {
        name: value
        for name, value in record.wire().items()
        if kept.get(name) is not value and not same(kept.get(name), value)  # most often nothing, and nothing
    }
    if not after:
        return None
    sets = FIELDS[record.record_kind].sets
    changes = {name: change_of(record.record_kind, name, kept.get(name), after[name]) for name in sets & after.keys()}
    return _Saved(
        record=record,
        is_new=found is None,
        before={name: kept.get(name) for name in after} if found else {},
        after=after,
        patch=after | changes,
    )


def _store(connection: Connection, saved: Sequence[_Saved]) -> None:
    """Write the rows, those of one kind together."""
    rows: dict[tuple[Table, bool], list[dict[str, Any]]] = {}
    for one in saved:
        columns = one.record.columns()
        row = columns if one.is_new else {**columns, "wanted": one.record.id}
        rows.setdefault((one.record.table, one.is_new), []).append(row)
    for (table, is_new), values in rows.items():
        if is_new:
            insert_all(connection, table, values)
        else:
            connection.execute(_update(table), values)


def _store_choices(connection: Connection, saved: Sequence[_Saved]) -> None:
    changes = [
        (one.record.id, field, one.patch[field])
        for one in saved
        for field in FIELDS[one.record.record_kind].sets
        if field in one.patch
    ]
    gone = [{"b_activity": id_, "b_field": field, "b_code": code} for id_, field, one in changes for code in one["-"]]
    come = [{"activity": id_, "field": field, "code": code} for id_, field, one in changes for code in one["+"]]
    if gone:
        connection.execute(_DROP_CHOICE, gone)
    insert_all(connection, activity_choice, come)


def _repaired(record: Record, patch: Fields, refused: Iterable[Fields]) -> Fields:
    """A patch with what was refused of its record, as that stands now."""
    now = record.wire()
    for fields in refused:
        earlier = {name: again(change, now[name]) for name, change in fields.items() if name in now}
        patch = folded(earlier, patch)
    return patch


def _said(record: Record) -> list[tuple[str, Any]]:
    """The fields of a record that say something."""
    return [(name, value) for name, value in record.wire().items() if not same(NEW.get(name), value)]


@cache
def _note_version(table: Table) -> Update:
    return update(table).where(table.c.id == bindparam("wanted")).values(version=bindparam("seen"))


@cache
def _note_sent(table: Table) -> Update:
    return _note_version(table).where(table.c.version >= 0)


@cache
def _by_id(table: Table) -> Select[Any]:
    return select(*(table.c[name] for name in column_names(table))).where(table.c.id.in_(those_listed()))


@cache
def _update(table: Table) -> Update:
    changes: dict[str, Any] = {name: bindparam(name) for name in column_names(table) if name != "id"}
    return update(table).where(table.c.id == bindparam("wanted")).values(changes)


_STATE = select(state.c.value).where(state.c.key == bindparam("wanted"))
_SET_STATE = insert(state).prefix_with("OR REPLACE")
_TOLD = select(state).where(
    or_(*(state.c.key == key for key in ("sync.hlc", "sync.next_seq", "sync.cursor", "sync.clock_offset_ms")))
)
"""What the next operation's clock, number and base follow from."""
_CHOICES_OF = select(activity_choice).where(activity_choice.c.activity.in_(those_listed()))
_DROP_CHOICE = delete(activity_choice).where(
    activity_choice.c.activity == bindparam("b_activity"),
    activity_choice.c.field == bindparam("b_field"),
    activity_choice.c.code == bindparam("b_code"),
)
_WAITING = select(outbox.c.seq, outbox.c.record_id, outbox.c.fields).where(
    outbox.c.record_id.in_(those_listed()), outbox.c.sent.is_(False), outbox.c.refusal.is_(None)
)
_ON_ITS_WAY = select(outbox.c.seq).where(
    outbox.c.record_id == bindparam("record"), outbox.c.sent, outbox.c.acked_at.is_(None), ~outbox.c.erases
)
_QUEUED = (
    select(outbox.c.seq, outbox.c.record_id, outbox.c.fields, outbox.c.refusal)
    .where(outbox.c.record_id.in_(those_listed()), or_(outbox.c.sent.is_(False), outbox.c.refusal.is_not(None)))
    .order_by(outbox.c.record_id, outbox.c.seq)
)
"""What waits to be sent of records, and what was refused of them."""
_SETTLE = delete(outbox).where(outbox.c.record_id == bindparam("b_record"), outbox.c.refusal.is_not(None))
_FOLD = (
    update(outbox)
    .where(outbox.c.seq == bindparam("b_seq"))
    .values(op_id=bindparam("op"), fields=bindparam("fields"), clock_ms=bindparam("ms"), clock_counter=bindparam("n"))
)
"""A folded operation gets a new UUID: copies of one disk that fold differently must not speak of one operation."""
