"""A second client, written from docs/sync-protocol.md alone: one synchronisation of a notebook kept in memory."""

import uuid
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests.second_client.fields import SCHEMA, SEALED
from tests.second_client.notebook import Notebook
from tests.second_client.operations import Operation, columns
from tests.second_client.sealing import blake2b
from tests.second_client.wire import Link, Message, RefusedError, now, text

MOST_OPERATIONS = 5000
CLOCK_AHEAD_MS = 60_000
NO_SERVER = text(bytes(16))
"""The incarnation of no server: a cursor of it makes any server begin again from the start."""
KEPT_MS = 45 * 24 * 3600 * 1000


@dataclass
class Client:
    """A device: its notebook, and where it stands with the server."""

    link: Link
    notebook: Notebook
    epoch: UUID = field(default_factory=uuid.uuid4)
    acknowledged: int = 0
    last: str | None = None
    """The UUID of the last operation acknowledged, as on the wire."""
    cursor: list[Any] | None = None
    more: bool = False
    restarting: bool = False
    want: int = 64_000
    batch: int = 500
    most: int = MOST_OPERATIONS

    def sync(self, also: Message | None = None) -> None:
        """Send what waits and receive the rest; `also` goes with the first request."""
        self.more = True
        while self.more or self.notebook.outbox:
            self.turn(also or {})
            also = None

    def turn(self, also: Message) -> None:
        """One request and its answer."""
        message = self._request() | also
        try:
            answer = self.link.ask("/v1/sync", message)
        except RefusedError as refused:
            self._mend(refused)
        else:
            self._receive(answer, bool(message["want"]))

    def compare(self) -> None:
        """Let the server compare what we hold with what it holds, and start again if they differ."""
        self.sync()
        self.sync({"dig": self.digest()})

    def digest(self) -> Message:
        """How many records of each kind the server holds, and under which versions."""
        digest = {}
        for kind in SEALED:
            held = [
                (id_, row["v"]) for (its, id_), row in self.notebook.rows.items() if its == kind and (row["v"] or 0) > 0
            ]
            total = 0
            for id_, version in held:
                total ^= int.from_bytes(blake2b(id_.bytes + version.to_bytes(8, "big"), 8), "big")
            digest[kind] = [len(held), f"{total:016x}"]
        return digest

    def _request(self) -> Message:
        leaving = self.notebook.outbox[: min(self.batch, self.most)]
        is_last = len(leaving) == len(self.notebook.outbox)
        message: Message = {"schema": SCHEMA, "epoch": text(self.epoch.bytes), "want": self.want if is_last else 0}
        for operation in leaving:
            operation.left = True
        if leaving:
            message["cols"] = columns(self.acknowledged + 1, leaving)
        if self.acknowledged:
            message["prev"] = [self.acknowledged, self.last]
        if self.cursor:
            message["cur"] = self.cursor
        return message

    def _mend(self, refused: RefusedError) -> None:
        match refused.answer["error"]:
            case "fork":
                self._begin_epoch()
            case "gap":
                self._acknowledge(refused.answer)
            case "too_large" if self.batch > 1:
                self.batch //= 2
            case _:
                raise refused

    def _receive(self, answer: Message, has_rows: bool) -> None:
        self.most = answer.get("limits", {}).get("ops", MOST_OPERATIONS)
        self._set_clock(answer)
        if answer.get("reset"):
            self.restarting = True
            for row in self.notebook.rows.values():
                row["v"] = -abs(row["v"] or 0)
        if not self._acknowledge(answer):
            return
        for row in answer.get("rows", []):
            self.notebook.take(row)
        self.cursor, self.more = answer["cur"], answer.get("more", False)
        self.notebook.version = answer["cur"][1]
        if answer.get("generation", 1) > self.notebook.keyring.newest:
            self.notebook.keyring.learn(self.link.ask("/v1/devices", {})["keys"])
        if self.restarting and has_rows and not self.more:
            self._send_what_was_lost()

    def _set_clock(self, answer: Message) -> None:
        notebook, latest = self.notebook, answer["t"] + CLOCK_AHEAD_MS
        notebook.offset = self.link.offset
        if answer.get("clock_off") and notebook.clock[0] > latest:
            next_number = self.acknowledged + len(notebook.outbox) + 1
            notebook.clock = (latest, max(notebook.clock[1], next_number))

    def _acknowledge(self, answer: Message) -> bool:
        """Whether the rest of the answer holds: not if the server was restored and rows must come from the start."""
        number, last = answer.get("ack") or (0, None)
        if number < self.acknowledged:
            self._resend_after(number, last)
            return False
        if number and self._uuid_of(number) != last:
            self._begin_epoch()
            return True
        outcomes = {told[0]: told for told in answer.get("res", [])}
        while self.acknowledged < number:
            self.acknowledged += 1
            self._settle(self.notebook.outbox.pop(0), outcomes.get(self.acknowledged), answer.get("took", 0))
        self.last = last
        self._drop_durable(answer.get("durable", 0))
        return True

    def _uuid_of(self, number: int) -> str | None:
        place = number - self.acknowledged - 1
        if place < 0:
            return self.last
        return text(self.notebook.outbox[place].u.bytes) if place < len(self.notebook.outbox) else None

    def _settle(self, operation: Operation, told: list[Any] | None, took: int) -> None:
        outcome = told[1] if told else "done"
        self.notebook.kept[self.acknowledged] = operation
        operation.refused = told[2] if told and outcome == "refused" and operation.says_something else ""
        if outcome == "gone" or operation.erases:
            self.notebook.forget(operation.key)
        elif outcome == "done" and operation.says_something:
            self.notebook.lay(operation, took)

    def _drop_durable(self, durable: int) -> None:
        oldest = now() - KEPT_MS
        for number, operation in list(self.notebook.kept.items()):
            if not operation.refused and (number <= durable or operation.clock[0] < oldest):
                del self.notebook.kept[number]

    def _resend_after(self, number: int, last: str | None) -> None:
        """The server was restored: what it lost goes again, and everything is received again."""
        kept = self.notebook.kept
        again = [kept[one] for one in range(number + 1, self.acknowledged + 1) if one in kept]
        is_ours = not number or (number in kept and text(kept[number].u.bytes) == last)
        if is_ours and len(again) == self.acknowledged - number:
            self.notebook.outbox[:0] = again
            self.notebook.kept = {one: operation for one, operation in kept.items() if one <= number}
            self.acknowledged, self.last = number, last
        else:
            self._begin_epoch()
        self.more = True
        if self.cursor:
            self.cursor[0] = NO_SERVER

    def _begin_epoch(self) -> None:
        """All that is kept goes again, numbered from 1, in a name that the server has not met."""
        self.notebook.outbox[:0] = self.notebook.kept.values()
        self.notebook.kept = {}
        self.epoch, self.acknowledged, self.last = uuid.uuid4(), 0, None

    def _send_what_was_lost(self) -> None:
        self.restarting = False
        waiting = {operation.key for operation in self.notebook.outbox}
        for key, row in self.notebook.rows.items():
            held_under = row["v"] or 0
            if held_under < 0 or (held_under == 0 and key not in waiting):
                self.notebook.save_again(key)
