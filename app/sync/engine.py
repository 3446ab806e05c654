"""One run of the synchronisation: send what waits, receive the rest, batch by batch until there is no more.

Each turn is a short transaction, a request with no transaction open, and a short transaction. A cut anywhere
changes nothing: what was not acknowledged is sent again, and the server skips what it has.
"""

import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from app.database import Database, now_ms
from app.sync import arrival, batch_size, cursor, drift, inbox, keyring, outbox
from app.sync.client import Client, NotOurServer, Offline, Refused, Transport
from app.sync.identity import Identity, identity_in, remember_keys, remember_server, server_key_in
from app.sync.outbox import Batch
from app.sync.outcome import Ending, Notice, Outcome, Parting, Progress
from app.sync.standing import count_waiting
from app.work import Work
from protocol.columns import to_columns
from protocol.fields import SCHEMA_VERSION
from protocol.keys import UnprovedKeyError
from protocol.messages import (
    JOIN_ASKED,
    MAX_AHEAD_MS,
    PROTOCOL_VERSION,
    SYNC_PATH,
    TURN_KEY,
    Digest,
    ErrorAnswer,
    SyncAnswer,
    SyncRequest,
)
from protocol.sealing import NotebookKey

OFFSET_STEP_MS = 1000
MAX_SETBACKS = 4
"""Forks and gaps in one run after which it is left for the next one."""

FetchKeys = Callable[[Client, Identity], Sequence[NotebookKey]]


@dataclass(slots=True)
class Turn:
    """One request: what it takes, what it says, and once answered how long it took and when that was."""

    batch: Batch
    request: SyncRequest
    offset_ms: int
    took_s: float = 0.0
    asked_at: int = 0


class _Stopped(Exception):  # noqa: N818 - an order, not a fault
    """The run was asked to stop."""


class SyncEngine:
    """Synchronises one notebook over one transport; call `run` from one thread at a time."""

    def __init__(
        self,
        database: Database,
        transport: Transport,
        clock: Callable[[], int] = now_ms,
        on_progress: Callable[[Progress], None] = lambda _: None,
    ) -> None:
        """`clock` is the computer's own, in milliseconds; `on_progress` is called in the thread of `run`."""
        self._database = database
        self._transport = transport
        self._clock = clock
        self._on_progress = on_progress
        self._door = threading.Lock()
        self._is_stopped = False

    def stop(self) -> None:
        """Leave the notebook alone for good, from any thread: once this returns it is not touched any more."""
        with self._door:
            self._is_stopped = True

    def run(self) -> Outcome:
        """Synchronise until nothing waits on either side, or until the world does not allow it."""
        progress, backoff, ending = Progress(), 0, Ending.DONE
        try:
            ending, backoff = self._attempt(progress)
        except _Stopped:
            ending = Ending.STOPPED
        except Offline:
            ending = Ending.OFFLINE
        except NotOurServer:
            ending = Ending.PORTAL
        return Outcome(ending, progress.sent, progress.received, backoff, frozenset(progress.notices))

    def _attempt(self, progress: Progress) -> tuple[Ending, int]:
        """One run: how it ends, and the seconds the server asks to be left alone."""
        with self._notebook() as work:
            identity = identity_in(work.connection)
            progress.to_send = outbox.left(work)
        if identity is None:
            return Ending.NOT_ENROLLED, 0
        self._on_progress(replace(progress))
        try:
            return Ending.DONE, self._exchange(identity, progress)
        except Refused as refused:
            with self._notebook() as work:
                if arrival.is_out(work, refused.answer.error, self._clock()):
                    arrival.leave(work, Parting.TAKEN_OUT)
            return _ENDINGS.get(refused.answer.error, Ending.UNAVAILABLE), refused.answer.backoff

    def _exchange(self, identity: Identity, progress: Progress) -> int:
        """Turn after turn until both sides have everything; answers the seconds the server asks to be left alone."""
        setbacks = 0
        while True:
            turn = self._prepare(identity)
            try:
                answer = self._ask(identity, turn)
            except Offline as cut:
                if cut.was_under_way:
                    self._shrink_batch()
                raise
            except Refused as refused:
                setbacks += refused.answer.error != "too_large"  # that ends by itself: the batch cannot shrink for ever
                if setbacks > MAX_SETBACKS or not self._recover(refused.answer):
                    raise
                continue
            if answer.generation > identity.key.generation and Notice.UNPROVED_KEY not in progress.notices:
                identity = self._with_keys(identity, keyring.learn, progress)
            is_mine = self._receive(identity, turn, answer, progress)
            setbacks += not is_mine
            if setbacks > MAX_SETBACKS:
                raise NotOurServer
            self._on_progress(replace(progress))
            if is_mine and turn.batch.is_whole and not answer.more and self._is_finished():
                self._heed(identity, answer, progress)
                return answer.backoff

    def _heed(self, identity: Identity, answer: SyncAnswer, progress: Progress) -> None:
        """Everything was exchanged: see to what the server notices."""
        if JOIN_ASKED in answer.notices:
            progress.notices.add(Notice.JOIN_ASKED)
        if TURN_KEY in answer.notices or answer.generation < identity.key.generation:
            self._with_keys(identity, keyring.turn, progress)

    def _with_keys(self, identity: Identity, fetch: FetchKeys, progress: Progress) -> Identity:
        """This computer with the keys it learns or makes; rows that waited for one of them are read."""
        try:
            keys = fetch(self._client(identity), identity)
        except UnprovedKeyError:
            progress.notices.add(Notice.UNPROVED_KEY)
            return identity
        except keyring.UnknownComputerError:
            progress.notices.add(Notice.UNKNOWN_COMPUTER)
            return identity
        with self._notebook(identity) as work:
            remember_keys(work, keys)
            known = identity_in(work.connection) or identity
            progress.received += inbox.receive_held(work, known)
        return known

    def _client(self, identity: Identity, offset_ms: int = 0) -> Client:
        return Client(self._transport, identity.device, identity.sign_key, self._clock, offset_ms)

    def _ask(self, identity: Identity, turn: Turn) -> SyncAnswer:
        client = self._client(identity, turn.offset_ms)
        begun, begun_at = time.monotonic(), self._clock()
        answer = client.ask(SYNC_PATH, turn.request, SyncAnswer)
        turn.took_s = time.monotonic() - begun
        turn.asked_at = (begun_at + self._clock()) // 2
        return answer

    def _prepare(self, identity: Identity) -> Turn:
        with self._notebook() as work:
            size = batch_size.current(work)
            batch = outbox.take(work, identity, size)
            request = SyncRequest(
                p=PROTOCOL_VERSION,
                schema=SCHEMA_VERSION,
                epoch=batch.epoch,
                prev=batch.prev,
                cols=to_columns(batch.operations) if batch.operations else None,
                cur=cursor.current(work),
                have=cursor.held_beyond(work),
                want=size if batch.is_whole else 0,  # no row may be laid under what the server already has
                dig=self._digests(work, batch),
                ask_key=server_key_in(work.connection) is None,
            )
            return Turn(batch, request, work.get_state("sync.clock_offset_ms") or 0)

    def _receive(self, identity: Identity, turn: Turn, answer: SyncAnswer, progress: Progress) -> bool:
        """Keep an answer in one transaction; false when it showed that this computer is a copy."""
        with self._notebook(identity) as work:
            if not outbox.settle(work, answer.ack, answer.res, answer.t):
                outbox.start_epoch(work)
                return False
            progress.sent += len(turn.batch.operations)
            progress.to_send = outbox.left(work)
            if answer.reset:
                drift.start_again(work)
            if turn.batch.operations:
                outbox.note_versions(work, turn.batch.operations[0].s, answer)
            cursor.move(work, answer, drift.is_starting_again(work))  # what is said of the rows is said knowing of them
            progress.received += inbox.receive(work, identity, answer.rows)
            progress.left = answer.left
            if turn.request.dig and (answer.reset or answer.cur == turn.request.cur):
                drift.compared(work, self._clock())
            if turn.request.want and not answer.more:
                drift.finish_again(work)
            is_full = not turn.batch.is_whole or answer.more
            batch_size.answered(work, turn.took_s, is_full, answer.limits.bytes // 2)
            outbox.forget_old(work, answer.durable, answer.t)
            arrival.note_known(work)
            _learn_clock(work, answer, turn)
            remember_server(work, answer.server_key)
        return True

    def _digests(self, work: Work, batch: Batch) -> dict[str, Digest]:
        """What this notebook holds, once a week, when there is nothing to send."""
        is_due = not batch.operations and drift.is_due(work, self._clock())
        return drift.digests(work) if is_due else {}

    def _recover(self, answer: ErrorAnswer) -> bool:
        """Do what the server's error asks for; false when there is nothing to do but wait."""
        if answer.error == "too_large":
            return self._shrink_batch()
        if answer.error not in ("fork", "gap"):
            return False
        with self._notebook() as work:
            outbox.recover(work, answer)
        return True

    def _shrink_batch(self) -> bool:
        """Halve the next batch; false when it is as small as it gets."""
        with self._notebook() as work:
            return batch_size.cut(work)

    def _is_finished(self) -> bool:
        """Whether nothing was saved meanwhile, and the weekly comparison is not due."""
        with self._notebook() as work:
            batch_size.finished(work)
            return count_waiting(work.connection) == 0 and not drift.is_due(work, self._clock())

    @contextmanager
    def _notebook(self, identity: Identity | None = None) -> Generator[Work]:
        """One short transaction, or none at all once the run was asked to stop, or this computer is no longer that."""
        self._database.wait_for_long_work()  # outside the door: stopping never waits for an import
        with self._door:
            if self._is_stopped:
                raise _Stopped
            with self._database.receive() as work:
                if identity is not None and work.get_state("sync.device") != str(identity.device):
                    raise _Stopped
                yield work


_ENDINGS = {
    "revoked": Ending.NOT_ALLOWED,
    "unknown_device": Ending.NOT_ALLOWED,
    "pending": Ending.NOT_ALLOWED,
    "bad_signature": Ending.NOT_ALLOWED,
    "schema_too_new": Ending.UPDATE_NEEDED,
    "protocol_too_new": Ending.UPDATE_NEEDED,
}


def _learn_clock(work: Work, answer: SyncAnswer, turn: Turn) -> None:
    """Remember how wrong this computer's clock is; changes to come follow those that the server brought back.

    The server's time is that of some moment of the request: the longer it took, the less it says against what a
    quicker one taught.
    """
    offset_ms = answer.t - turn.asked_at
    doubt_ms = OFFSET_STEP_MS + 1000 * turn.took_s / 2
    if abs(offset_ms - (work.get_state("sync.clock_offset_ms") or 0)) > doubt_ms:
        work.set_state("sync.clock_offset_ms", offset_ms)
    ms, counter = work.get_state("sync.hlc") or (0, 0)
    latest = answer.t + MAX_AHEAD_MS
    if answer.clock_off and ms > latest:
        work.set_state("sync.hlc", [latest, max(counter, work.get_state("sync.next_seq"))])
