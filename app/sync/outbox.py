"""What waits to leave this computer: taken in order, closed, acknowledged by number and UUID, kept a while.

An operation that was once taken is never changed again; `sent` says so to `Work`.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, bindparam, delete, exists, func, or_, select, update

from app.forgetting import person
from app.models.local import outbox
from app.sync import cursor
from app.sync.identity import Identity
from app.work import Received, Work
from protocol.fields import FIELDS
from protocol.messages import MAX_OPERATIONS, ErrorAnswer, Mark, Operation, Result, SealedChanges, SyncAnswer
from protocol.sealing import Subject, seal

KEPT_DAYS = 45
"""Acknowledged operations are kept this long at most, in case the server is restored from an older backup."""
MIN_WEIGHT = 4
"""Bytes: what an operation says of itself, once compressed."""
_IS_WAITING = outbox.c.acked_at.is_(None)
_WAITING = select(outbox).where(_IS_WAITING).order_by(outbox.c.seq)
_KEEP_PIECE = (
    update(outbox).where(outbox.c.seq == bindparam("b_seq"), outbox.c.piece.is_(None)).values(piece=bindparam("closed"))
)


@dataclass(frozen=True, slots=True)
class Batch:
    """The operations of one request, and where this computer stands."""

    epoch: UUID
    prev: Mark | None
    operations: list[Operation] = field(default_factory=list)
    is_whole: bool = True
    """Whether nothing else waits behind."""


def take(work: Work, identity: Identity, max_bytes: int, after: Mark | None = None) -> Batch:
    """The next operations to send, about `max_bytes` of them once compressed and one at least; they are fixed now.

    `after` is the last one of the batch before, where several leave together before any answer.
    """
    waiting = _WAITING.where(outbox.c.seq > after[0]) if after else _WAITING
    taken: list[Operation] = []
    size = 0
    is_whole = True
    limit = min(MAX_OPERATIONS, 1 + max_bytes // MIN_WEIGHT)
    for row in work.connection.execute(waiting.limit(limit + 1)).all():
        operation = _closed(identity, row)
        size += _weight(operation)
        if taken and (size > max_bytes or len(taken) == limit):
            is_whole = False
            break
        taken.append(operation)
    if taken:
        _fix(work, taken)
    return Batch(epoch_of(work), after or acknowledged(work), taken, is_whole)


def settle(work: Work, ack: Mark | None, results: list[Result], now_ms: int) -> bool:
    """Keep what the server acknowledged; false when its last operation is not mine: then I am a copy, or restored.

    `now_ms` is the server's time: this computer's may be wrong by years, and be set right later.
    """
    before = acknowledged(work)
    if not _is_mine(work, ack, before):
        return False
    seq = ack[0] if ack else 0
    if before and seq < before[0]:  # the server went back in time: what it lost is sent again
        lost = update(outbox).where(outbox.c.seq > seq).values(acked_at=None, refusal=None)
        work.connection.execute(lost)
        cursor.doubt(work)
    kept = update(outbox).where(outbox.c.seq <= seq, _IS_WAITING).values(acked_at=now_ms, sent=True)
    work.connection.execute(kept)
    work.set_state("sync.acked", [seq, str(ack[1])] if ack else None)
    for refused, outcome, reason in results:
        _mark(work, refused, outcome, reason)
    return True


def note_versions(work: Work, first: int, answer: SyncAnswer) -> None:
    """What was merged, from a number on, is held under the version it took, unless the answer tells otherwise of it."""
    if answer.ack is None or not answer.took:
        return
    columns, otherwise = outbox.c, {seq for seq, _, _ in answer.res}
    found = select(columns.seq, columns.kind, columns.record_id).where(columns.seq.between(first, answer.ack[0]))
    for seq, kind, record in work.connection.execute(found).all():
        if seq not in otherwise:
            work.note_sent(kind, record, answer.took)


def recover(work: Work, error: ErrorAnswer) -> None:
    """Do what a `gap` or a `fork` asks for: go on from where the server stands, or else begin a new epoch."""
    is_mine = error.error == "gap" and settle(work, error.ack, [], error.t)
    if not is_mine or not continues(work):
        start_epoch(work)


def start_epoch(work: Work) -> None:
    """Begin again under a new epoch: same operations, same UUIDs, new numbers; the server skips those it knows."""
    seqs = work.connection.scalars(select(outbox.c.seq).order_by(outbox.c.seq)).all()
    moves = [{"old": old, "new": -new} for new, old in enumerate(seqs, start=1)]
    if moves:
        move = update(outbox).where(outbox.c.seq == bindparam("old"))
        work.connection.execute(move.values(seq=bindparam("new"), acked_at=None, refusal=None, sent=True), moves)
        work.connection.execute(update(outbox).values(seq=-outbox.c.seq))
    work.set_state("sync.next_seq", len(seqs) + 1)
    work.set_state("sync.acked", None)
    work.set_state("sync.epoch", str(uuid4()))


def left(work: Work) -> int:
    """How many operations are left to send."""
    return work.connection.execute(select(func.count()).where(_IS_WAITING)).scalar_one()


def continues(work: Work) -> bool:
    """Whether what waits follows what is acknowledged; not so when the server lost what was dropped here."""
    first = work.connection.execute(select(func.min(outbox.c.seq)).where(_IS_WAITING)).scalar_one()
    mark = acknowledged(work)
    return first is None or first == (mark[0] if mark else 0) + 1


def forget_old(work: Work, durable: int, now_ms: int) -> None:
    """Drop acknowledged operations that the server has in a verified backup, or that are older than `KEPT_DAYS`."""
    oldest = now_ms - KEPT_DAYS * 24 * 3600 * 1000
    done = or_(outbox.c.seq <= durable, outbox.c.acked_at < oldest)
    work.connection.execute(delete(outbox).where(outbox.c.acked_at.is_not(None), outbox.c.refusal.is_(None), done))


def epoch_of(work: Work) -> UUID:
    """This computer's epoch, begun if need be."""
    if work.get_state("sync.epoch") is None:
        work.set_state("sync.epoch", str(uuid4()))
    return UUID(work.get_state("sync.epoch"))


def acknowledged(work: Work) -> Mark | None:
    """The last operation that the server acknowledged."""
    mark = work.get_state("sync.acked")
    return (mark[0], UUID(mark[1])) if mark else None


def pending(connection: Connection, records: Collection[UUID]) -> dict[tuple[str, UUID], list[Row[Any]]]:
    """The operations on these records that the server does not have, refused ones too, by record, oldest first."""
    found: dict[tuple[str, UUID], list[Row[Any]]] = {}
    missing = or_(_IS_WAITING, outbox.c.refusal.is_not(None))
    wanted = select(outbox).where(missing, outbox.c.record_id.in_(records)).order_by(outbox.c.seq)
    for row in connection.execute(wanted):
        found.setdefault((row.kind, row.record_id), []).append(row)
    return found


def _fix(work: Work, taken: list[Operation]) -> None:
    """They are about to leave: from now on they stay as they are, their sealed part too."""
    pieces = [{"b_seq": one.s, "closed": one.x.piece} for one in taken if one.x]
    if pieces:
        work.connection.execute(_KEEP_PIECE, pieces)
    work.connection.execute(
        update(outbox).where(outbox.c.seq <= taken[-1].s, outbox.c.sent.is_(False)).values(sent=True)
    )


def _closed(identity: Identity, row: Row[Any]) -> Operation:
    """An outbox row as it travels: open fields as they are, sealed ones as one piece."""
    names = FIELDS[row.kind].sealed
    sealed = {name: value for name, value in row.fields.items() if name in names}
    piece = SealedChanges(names=sorted(sealed), piece=_piece(identity, row, sealed)) if sealed else None
    return Operation(
        s=row.seq,
        u=row.op_id,
        kind=row.kind,
        id=row.record_id,
        h=(row.clock_ms, row.clock_counter),
        b=row.base,
        e=row.erases,
        f={name: value for name, value in row.fields.items() if name not in names},
        x=piece,
    )


def _piece(identity: Identity, row: Row[Any], sealed: dict[str, Any]) -> bytes:
    """The sealed part, closed once only: its nonce is made from the UUID, and two contents must never share one."""
    if row.piece is not None:
        return bytes(row.piece)
    return seal(identity.key, Subject(identity.notebook, row.kind, row.record_id), row.op_id, sealed)


def _weight(operation: Operation) -> int:
    """About what an operation weighs once compressed: pieces do not compress, words do."""
    return MIN_WEIGHT + len(json.dumps(operation.f)) // 32 + (len(operation.x.piece) if operation.x else 0)


def _is_mine(work: Work, ack: Mark | None, before: Mark | None) -> bool:
    """Whether the server's last operation is this computer's: the same UUID under the number.

    Of a number that is here no more, only one that was dropped with all before it can be ours. One that left alone, a
    refused operation that was corrected, say, tells nothing: another copy of this disk may have taken its number.
    """
    if ack is None or ack == before:
        return True
    known = work.connection.execute(select(outbox.c.op_id).where(outbox.c.seq == ack[0])).scalar_one_or_none()
    if known is not None or before is None or ack[0] >= before[0]:
        return known == ack[1]
    return not work.connection.scalar(select(exists().where(outbox.c.seq < ack[0])))


def _mark(work: Work, seq: int, outcome: str, reason: str) -> None:
    """Set aside what was refused; forget what was erased meanwhile, even if it was saved again since."""
    found = work.connection.execute(select(outbox).where(outbox.c.seq == seq)).one_or_none()
    if found is None:
        return
    if outcome == "gone":
        person.follow(work, Received(found.kind, found.record_id, None))
    elif outcome == "refused" and (found.fields or found.erases):  # nothing is left to check of what was erased
        work.connection.execute(update(outbox).where(outbox.c.seq == seq).values(refusal=reason))
