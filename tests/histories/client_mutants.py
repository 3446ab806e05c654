"""The rules of the client, each switched off in turn: the histories must notice."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import select, update

from app import work as saving
from app.forgetting import person
from app.models.ids import those_listed
from app.models.local import outbox as outbox_table
from app.models.patches import change_of
from app.sync import client, drift, engine, outbox
from protocol.bodies import unpack
from protocol.clock import Clock
from protocol.messages import Answer
from tests.histories.switching import replaced

TOPICS = {"email", "sante"}


# What the client believes


def no_nonce() -> AbstractContextManager[object]:
    """Any well-made answer is believed, whoever it was for."""

    def changed(true: Any) -> Any:
        return lambda reply, _, kind: true(reply, _nonce_of(reply.body), kind)

    return replaced(client, "certain", changed)


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

    return replaced(outbox, "settle", changed)


def forgotten_at_once() -> AbstractContextManager[object]:
    """Acknowledged operations are not kept until a verified backup has them."""
    return replaced(outbox, "forget_old", lambda true: lambda work, _, now_ms: true(work, 2**60, now_ms))


def only_waiting_sent_again() -> AbstractContextManager[object]:
    """A new epoch sends what waits, and not what was acknowledged before."""

    def changed(true: Any) -> Any:
        def start(work: Any) -> None:
            work.connection.execute(outbox_table.delete().where(outbox_table.c.acked_at.is_not(None)))
            true(work)

        return start

    return replaced(outbox, "start_epoch", changed)


def gone_is_shown() -> AbstractContextManager[object]:
    """What was saved again after an erasure stays on the screen."""

    def changed(true: Any) -> Any:
        def mark(work: Any, seq: int, outcome: str, reason: str) -> None:
            if outcome == "gone":
                work.connection.execute(update(outbox_table).where(outbox_table.c.seq == seq).values(fields={}))
            else:
                true(work, seq, outcome, reason)

        return mark

    return replaced(outbox, "_mark", changed)


def nothing_said_again() -> AbstractContextManager[object]:
    """What a restored server lost for good is not sent to it by those who had received it."""
    return patch.object(drift, "finish_again", lambda _: None)


def said_again_is_newest() -> AbstractContextManager[object]:
    """What is said again for a server that lost it counts as written now."""

    def said_again(self: saving.Work, record: Any, _: int) -> None:
        values = [(name, value) for name, value in record.wire().items() if value not in (None, [])]
        whole = {name: change_of(record.record_kind, name, None, value) for name, value in values}
        self._queue([(record, whole)])

    return patch.object(saving.Work, "save_again", said_again)


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

    return replaced(engine, "SyncRequest", changed)


def clocks_not_followed() -> AbstractContextManager[object]:
    """A change is not later than what was on the screen when it was made."""
    return patch.object(Clock, "seen", lambda self, _: self)


@contextmanager
def sent_is_changed() -> Iterator[None]:
    """A save is folded into an operation that has left."""
    table = outbox_table.c
    unacknowledged = select(table.seq, table.record_id, table.fields, table.refusal).where(
        table.record_id.in_(those_listed()), table.acked_at.is_(None)
    )
    with patch.object(saving, "_QUEUED", unacknowledged.order_by(table.seq)), folded_is_same():  # the latest counts
        yield


def folded_is_same() -> AbstractContextManager[object]:
    """A folded operation keeps its UUID."""

    def changed(true: Any) -> Any:
        def queue(self: Any, changes: Any) -> None:
            query = select(outbox_table.c.seq, outbox_table.c.op_id)
            before = dict(tuple(row) for row in self.connection.execute(query))
            true(self, changes)
            for seq, op in self.connection.execute(query).all():
                if before.get(seq, op) != op:
                    same = update(outbox_table).where(outbox_table.c.seq == seq)
                    self.connection.execute(same.values(op_id=before[seq]))

        return queue

    return replaced(saving.Work, "_queue", changed)


def emptied_is_same() -> AbstractContextManager[object]:
    """What left and was emptied by an erasure keeps its UUID."""
    return patch.object(saving.Work, "_leave_unsaid", lambda *_: None)


def whole_sets() -> AbstractContextManager[object]:
    """A set is sent as it stands, not as what was added to it and removed."""

    def changed(true: Any) -> Any:
        def change_of(kind: Any, name: str, before: Any, after: Any) -> Any:
            is_set = name == "topics"
            return {"+": after, "-": sorted(TOPICS - set(after))} if is_set else true(kind, name, before, after)

        return change_of

    return replaced(saving, "change_of", changed)


def late_stays() -> AbstractContextManager[object]:
    """What comes of a person who was erased before is kept."""
    return patch.object(person, "follow_late", lambda *_: None)


def _nonce_of(body: bytes) -> bytes:
    try:
        return unpack(Answer, body).n
    except ValueError:
        return b""
