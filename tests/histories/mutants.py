"""The rules of the synchronisation, each switched off in turn in the real code: the histories must notice."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from sqlalchemy import bindparam, select, text, update

from app import work as saving
from app.models.local import outbox as outbox_table
from app.sync import client, drift, engine, outbox
from protocol.bodies import unpack
from protocol.clock import Clock
from protocol.messages import Answer
from server.erasures import Journal
from server.errors import Refusal
from server.sync import endpoints, pages, service, store
from server.sync.merge import MergedRecord

Mutant = Callable[[], AbstractContextManager[object]]
TOPICS = {"email", "sante"}


def _replaced(owner: Any, name: str, change: Callable[[Any], Any]) -> AbstractContextManager[object]:
    """A function of the program, made anew from the true one."""
    return patch.object(owner, name, change(getattr(owner, name)))


# What the server checks


def no_fork_check() -> AbstractContextManager[object]:
    """A number that holds another operation is taken for the same one."""

    def changed(true: Any) -> Any:
        def unchecked(request: Any, operations: Any, known: Any) -> Any:
            return true(request, operations, replace(known, log=known.log | {one.s: one.u for one in operations}))

        return unchecked

    return _replaced(service, "_new_operations", changed)


def no_prev() -> AbstractContextManager[object]:
    """What the device believes acknowledged is not compared with what is."""

    def changed(true: Any) -> Any:
        def unchecked(request: Any, operations: Any, known: Any) -> Any:
            log = known.log | ({request.prev[0]: request.prev[1]} if request.prev else {})
            return true(request, operations, replace(known, log=log))

        return unchecked

    return _replaced(service, "_new_operations", changed)


def no_gap() -> AbstractContextManager[object]:
    """Numbers may be missing."""

    def unchecked(request: Any, operations: Sequence[Any], known: Any) -> list[Any]:
        last = known.last[0] if known.last else 0
        for one in operations:
            service._check_same(known, last, one.s, one.u)
        return [one for one in operations if one.s > last]

    return patch.object(service, "_new_operations", unchecked)


def no_incarnation() -> AbstractContextManager[object]:
    """The cursor of before a restore is still good."""

    def changed(true: Any) -> Any:
        def unchecked(connection: Any, caller: Any, request: Any, push: Any) -> Any:
            cursor = (caller.incarnation, *request.cur[1:])
            return true(connection, caller, request.model_copy(update={"cur": cursor}), push)

        return unchecked

    return _replaced(service, "_asked", changed)


def known_is_new() -> AbstractContextManager[object]:
    """An operation sent again under a new epoch is merged again."""
    return _replaced(store, "read", lambda true: lambda *given: replace(true(*given), outcomes={}))


def acknowledged_beyond() -> AbstractContextManager[object]:
    """The answer acknowledges all that the server has, even what the request did not bring."""

    def changed(true: Any) -> Any:
        def beyond(connection: Any, caller: Any, request: Any, *given: Any) -> Any:
            served = true(connection, caller, request, *given)
            query = text("SELECT last_seq, last_op FROM device_epoch WHERE device = :device AND epoch = :epoch")
            last = connection.execute(query, {"device": caller.device, "epoch": request.epoch}).one_or_none()
            return replace(served, answer=served.answer.model_copy(update={"ack": last and tuple(last)}))

        return beyond

    return _replaced(endpoints, "synchronise", changed)


def told_once() -> AbstractContextManager[object]:
    """What became of an operation is not told again after a lost answer."""
    return patch.object(service.Push, "repeat", lambda *_: None)


def refusals_block() -> AbstractContextManager[object]:
    """One bad operation turns the whole request away."""

    def refuse(*_: Any) -> None:
        raise Refusal(422, "invalid")

    return patch.object(service.Push, "_set_aside", refuse)


def settled_always() -> AbstractContextManager[object]:
    """A device is spared the rows that it just wrote to, even where it lost."""
    return patch.object(service.Push, "settled", lambda self, _: set(self.merged))


def cut_versions() -> AbstractContextManager[object]:
    """A page may end inside a version, and the next one begins after it."""
    return patch.object(pages, "_is_ended", lambda *_: True)


# How the server merges


def last_to_arrive_wins() -> AbstractContextManager[object]:
    """The order of arrival decides, not the clocks."""

    def changed(true: Any) -> Any:
        def stamp(self: MergedRecord, name: str, *given: Any, **more: Any) -> Any:
            self.clocks.pop(name, None)
            return true(self, name, *given, **more)

        return stamp

    return _replaced(MergedRecord, "_stamp", changed)


def no_clamp() -> AbstractContextManager[object]:
    """A clock years ahead is believed."""
    return patch.object(service, "stamp_of", lambda operation, _: (*operation.h, operation.u.hex))


def deleted_for_good() -> AbstractContextManager[object]:
    """An edit later than a deletion does not bring the record back."""
    return patch.object(MergedRecord, "is_deleted", property(lambda self: bool(self.fields.get("deleted"))))


def resurrected() -> AbstractContextManager[object]:
    """An edit brings an erased record back."""

    def changed(true: Any) -> Any:
        return lambda kind, id_, version, fields, clocks, _, *more: true(
            kind, id_, version, fields, clocks, False, *more
        )

    return _replaced(store, "_record", changed)


def no_journal() -> AbstractContextManager[object]:
    """A restored server does not erase again what was erased since its backup."""
    return patch.object(Journal, "replay", lambda *_: None)


# What the client believes


def no_nonce() -> AbstractContextManager[object]:
    """Any well-made answer is believed, whoever it was for."""

    def changed(true: Any) -> Any:
        return lambda reply, _, kind: true(reply, _nonce_of(reply.body), kind)

    return _replaced(client, "_certain", changed)


def blind_acknowledgement() -> AbstractContextManager[object]:
    """An acknowledgement is believed by its number alone."""
    return patch.object(outbox, "_is_mine", lambda *_: True)


def going_back_unnoticed() -> AbstractContextManager[object]:
    """A server that acknowledges less than before is not sent again what it lost."""

    def changed(true: Any) -> Any:
        def settle(work: Any, ack: Any, results: Any, now_ms: int) -> Any:
            before = outbox.acknowledged(work)
            is_back = before and (ack[0] if ack else 0) < before[0]
            return true(work, before if is_back else ack, results, now_ms)

        return settle

    return _replaced(outbox, "settle", changed)


def forgotten_at_once() -> AbstractContextManager[object]:
    """Acknowledged operations are not kept until a verified backup has them."""
    return _replaced(outbox, "forget_old", lambda true: lambda work, _, now_ms: true(work, 2**60, now_ms))


def only_waiting_sent_again() -> AbstractContextManager[object]:
    """A new epoch sends what waits, and not what was acknowledged before."""

    def changed(true: Any) -> Any:
        def start(work: Any) -> None:
            work.connection.execute(outbox_table.delete().where(outbox_table.c.acked_at.is_not(None)))
            true(work)

        return start

    return _replaced(outbox, "start_epoch", changed)


def gone_is_shown() -> AbstractContextManager[object]:
    """What was saved again after an erasure stays on the screen."""

    def changed(true: Any) -> Any:
        def mark(work: Any, seq: int, outcome: str, reason: str) -> None:
            if outcome == "gone":
                work.connection.execute(update(outbox_table).where(outbox_table.c.seq == seq).values(fields={}))
            else:
                true(work, seq, outcome, reason)

        return mark

    return _replaced(outbox, "_mark", changed)


def nothing_said_again() -> AbstractContextManager[object]:
    """What a restored server lost for good is not sent to it by those who had received it."""
    return patch.object(drift, "finish_again", lambda _: None)


# What the client does with rows and saves


def unsent_is_overwritten() -> AbstractContextManager[object]:
    """What arrives hides what waits here."""
    return patch.object(outbox, "pending", lambda *_: {})


def acknowledged_is_laid_over() -> AbstractContextManager[object]:
    """What arrives is hidden under what was acknowledged, as if it still waited."""

    def pending(connection: Any, records: Any) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for row in connection.execute(select(outbox_table).where(outbox_table.c.record_id.in_(records))):
            found.setdefault((row.kind, row.record_id), []).append(row)
        return found

    return patch.object(outbox, "pending", pending)


def rows_with_any_batch() -> AbstractContextManager[object]:
    """Rows are asked for before everything that waits is sent."""

    def changed(true: Any) -> Any:
        return lambda **given: true(**{**given, "want": given["want"] or 1})

    return _replaced(engine, "SyncRequest", changed)


def clocks_not_followed() -> AbstractContextManager[object]:
    """A change is not later than what was on the screen when it was made."""
    return patch.object(Clock, "seen", lambda self, _: self)


def sent_is_changed() -> AbstractContextManager[object]:
    """A save is folded into an operation that has left."""
    waiting = select(outbox_table.c.seq, outbox_table.c.fields).where(
        outbox_table.c.record_id == bindparam("record"), outbox_table.c.acked_at.is_(None)
    )
    return _both(
        patch.object(saving, "_WAITING", waiting.order_by(outbox_table.c.seq.desc()).limit(1)), folded_is_same()
    )


def folded_is_same() -> AbstractContextManager[object]:
    """A folded operation keeps its UUID."""

    def changed(true: Any) -> Any:
        def queue(self: Any, record: Any, patch: Any) -> None:
            query = select(outbox_table.c.seq, outbox_table.c.op_id)
            before = dict(tuple(row) for row in self.connection.execute(query))
            true(self, record, patch)
            for seq, op in self.connection.execute(query).all():
                if before.get(seq, op) != op:
                    same = update(outbox_table).where(outbox_table.c.seq == seq)
                    self.connection.execute(same.values(op_id=before[seq]))

        return queue

    return _replaced(saving.Work, "_queue", changed)


def whole_sets() -> AbstractContextManager[object]:
    """A set is sent as it stands, not as what was added to it and removed."""

    def changed(true: Any) -> Any:
        def change_of(kind: Any, name: str, before: Any, after: Any) -> Any:
            is_set = name == "topics"
            return {"+": after, "-": sorted(TOPICS - set(after))} if is_set else true(kind, name, before, after)

        return change_of

    return _replaced(saving, "_change_of", changed)


@contextmanager
def _both(*mutants: AbstractContextManager[object]) -> Iterator[None]:
    first, second = mutants
    with first, second:
        yield


def _nonce_of(body: bytes) -> bytes:
    try:
        return unpack(Answer, body).n
    except ValueError:
        return b""
