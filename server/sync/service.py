"""One sync: check the numbers, merge what is new, raise the version once, hand out the next page."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Connection, select

from protocol.columns import operations_of
from protocol.fields import SCHEMA_VERSION
from protocol.messages import (
    JOIN_ASKED,
    PROTOCOL_VERSION,
    TURN_KEY,
    AnyOperation,
    Limits,
    MalformedOperation,
    Mark,
    Operation,
    Result,
    SyncAnswer,
    SyncRequest,
)
from protocol.sealing import public_half
from protocol.vocabulary import RecordKind
from server.callers import Caller
from server.errors import Refusal
from server.models import installation
from server.sync import pages, store
from server.sync.digests import has_drifted
from server.sync.merge import MergedRecord, Source, Stamp, stamp_of
from server.sync.store import Key, Known, Writing
from server.sync.validation import fault, is_kind

MAX_PAGE_BYTES = 512 * 1024


@dataclass(slots=True)
class Push:
    """What one request's operations come to: rows to write, records merged, results to tell."""

    known: Known
    source: Source
    now_ms: int
    writing: Writing = field(default_factory=Writing)
    merged: dict[Key, MergedRecord] = field(default_factory=dict)
    unsettled: set[Key] = field(default_factory=set)
    results: list[Result] = field(default_factory=list)
    clock_off: bool = False
    erased: list[Key] = field(default_factory=list)

    def work_through(self, operations: Sequence[AnyOperation], new: Sequence[AnyOperation]) -> None:
        """Everything that a request brought, of which the last ones are new."""
        for operation in operations[: len(operations) - len(new)]:
            self.repeat(operation)
        for operation in new:
            self.take(operation)
        for key, record in self.merged.items():
            if record.is_retold:
                store.thin(self.writing, key, record.needed)

    def take(self, operation: AnyOperation) -> None:
        """One new operation: done before, refused, gone, or merged."""
        before = self.known.outcomes.get(operation.u)
        if before is not None:
            outcome, why = before
            self.writing.add(operation.s, operation.u, "known")
            self.results.append((operation.s, "known" if outcome == "kept" else outcome, why))
            return
        self.known.outcomes[operation.u] = ("kept", "")
        reason = fault(operation)
        if reason is not None or isinstance(operation, MalformedOperation):
            self._set_aside(operation, "refused", reason or "malformed")
        else:
            self._merge(operation)

    def repeat(self, operation: AnyOperation) -> None:
        """One that came before: what became of it is told again, since the first answer may have been lost."""
        outcome, reason = self.known.outcomes.get(operation.u, ("kept", ""))
        self.results.append((operation.s, "known" if outcome == "kept" else outcome, reason))

    def _merge(self, operation: Operation) -> None:
        key = (operation.kind, operation.id)
        record = self.known.records.setdefault(key, MergedRecord(RecordKind(operation.kind), operation.id))
        if record.is_erased and not operation.e:
            self._set_aside(operation, "gone", "erased")
            return
        stamp = stamp_of(operation, self.now_ms)
        is_clamped = stamp[0] != operation.h[0]
        self.clock_off |= is_clamped
        if operation.e:
            self._erase(key, record, stamp)
        elif not record.merge(operation, stamp, self.source) or is_clamped:
            self.unsettled.add(key)
        if not operation.e and (operation.f or operation.x):
            self.merged[key] = record
        self.writing.add(operation.s, operation.u, "kept", **store.content_of(operation, stamp[:2]))

    def _erase(self, key: Key, record: MergedRecord, stamp: Stamp) -> None:
        """For good: what this very push says of the record is forgotten too. Again, it changes nothing."""
        if not record.is_erased:
            record.erase(stamp)
            store.forget(self.writing, key)
            self.merged[key] = record
            self.erased.append(key)

    def _set_aside(self, operation: AnyOperation, outcome: str, reason: str) -> None:
        self.known.outcomes[operation.u] = (outcome, reason)
        self.writing.add(operation.s, operation.u, outcome, reason)
        self.results.append((operation.s, outcome, reason))

    def settled(self, seen: int, held: Set[int]) -> set[Key]:
        """The records of which the device already holds exactly what the server now does."""
        return {
            key
            for key, record in self.merged.items()
            if key not in self.unsettled
            and (record.version <= seen or record.version in held)
            and bool(record.fields.get("deleted")) == record.is_deleted
        }


@dataclass(frozen=True, slots=True)
class Served:
    """The answer, and what it erased for good: the journal of erasures must say so before the commit."""

    answer: SyncAnswer
    erased: list[Key]


def synchronise(
    connection: Connection, caller: Caller, request: SyncRequest, nonce: bytes, now_ms: int, limits: Limits
) -> Served:
    """Serve one request inside the caller's transaction; raises Refusal for what the device must do otherwise."""
    if request.schema_ > SCHEMA_VERSION:
        raise Refusal(426, "schema_too_new", str(SCHEMA_VERSION))
    operations = _operations(request)
    known = _known(connection, caller, request, operations)
    new = _new_operations(request, operations, known)
    push = Push(known, Source(caller.version + 1, caller.device), now_ms)
    push.work_through(operations, new)
    version = caller.version
    if new:
        version = store.write(connection, caller, request.epoch, push.writing, list(push.merged.values()))
    asked, reset = _asked(connection, caller, request, push)
    found = _page(connection, caller, request, push, asked, version)
    answer = SyncAnswer(
        p=min(request.p, PROTOCOL_VERSION),
        n=nonce,
        t=now_ms,
        inc=caller.incarnation,
        ack=(operations[-1].s, operations[-1].u) if operations else known.last,
        res=push.results,
        rows=found.rows,
        cur=(caller.incarnation, found.version, found.last),
        took=version if version > caller.version else 0,
        same=version > caller.version and asked.settled >= push.merged.keys(),
        more=found.left > 0,
        left=found.left,
        reset=reset,
        durable=known.durable,
        limits=limits,
        clock_off=push.clock_off,
        generation=caller.generation,
        notices=_notices(caller),
        server_key=_server_key(connection) if request.ask_key else b"",
    )
    return Served(answer, push.erased)


def _page(
    connection: Connection, caller: Caller, request: SyncRequest, push: Push, asked: pages.Asked, version: int
) -> pages.Page:
    """What the device has not seen; nothing to look for when only its own pushes are new, and it holds the result."""
    if not request.want:
        return pages.Page([], asked.after, asked.last)
    was_up_to_date = asked.after + len(asked.held) == caller.version and asked.last is None
    if was_up_to_date and asked.settled >= push.merged.keys():
        return pages.Page([], version)
    return pages.page(connection, caller, asked, version)


def _notices(caller: Caller) -> list[str]:
    said = {TURN_KEY: caller.is_turn_asked, JOIN_ASKED: caller.is_join_asked}
    return [notice for notice, is_true in said.items() if is_true]


def _server_key(connection: Connection) -> bytes:
    return public_half(connection.execute(select(installation.c.box_key)).scalar_one())


def _operations(request: SyncRequest) -> Sequence[AnyOperation]:
    try:
        return operations_of(request)
    except ValueError as error:
        raise Refusal(422, "invalid") from error


def _known(connection: Connection, caller: Caller, request: SyncRequest, operations: Sequence[AnyOperation]) -> Known:
    marks: list[Mark] = [(one.s, one.u) for one in operations]
    if request.prev:
        marks.append(request.prev)
    sound = [one for one in operations if isinstance(one, Operation) and is_kind(one.kind)]
    return store.read(connection, caller, request.epoch, marks, sound)


def _new_operations(request: SyncRequest, operations: Sequence[AnyOperation], known: Known) -> Sequence[AnyOperation]:
    """The operations after the last number kept; raises Refusal on a fork or a gap."""
    last = known.last[0] if known.last else 0
    if request.prev:
        _check_same(known, last, *request.prev)
        if request.prev[0] > last:
            raise Refusal(409, "gap", ack=known.last)
    new: list[AnyOperation] = []
    for one in operations:
        if one.s <= last:
            _check_same(known, last, one.s, one.u)
        elif one.s == last + len(new) + 1:
            new.append(one)
        else:
            raise Refusal(409, "gap", ack=known.last)
    return new


def _check_same(known: Known, last: int, seq: int, op: UUID) -> None:
    if seq <= last and known.log.get(seq) != op:
        raise Refusal(409, "fork")


def _asked(connection: Connection, caller: Caller, request: SyncRequest, push: Push) -> tuple[pages.Asked, bool]:
    """Where the device stands; at the start again when the server was restored since, or when the two differ."""
    incarnation, version, last = request.cur
    is_lost = incarnation is not None and (incarnation != caller.incarnation or version > caller.version)
    if is_lost or (request.dig and has_drifted(connection, caller, request)):
        version, last, is_lost = 0, None, True
    held = frozenset() if is_lost else {one for one in request.have if version < one <= caller.version}
    may_split = request.p >= PROTOCOL_VERSION
    want = min(request.want, MAX_PAGE_BYTES)
    return pages.Asked(version, last, want, may_split, push.settled(version, held), held), is_lost
