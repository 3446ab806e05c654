"""What one device holds of a notebook: the server's rows, and its own operations above them."""

import secrets
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from nacl.exceptions import CryptoError

from tests.second_client.fields import SEALED, SETS
from tests.second_client.operations import Clock, Key, Operation
from tests.second_client.sealing import ZSTD, Keyring
from tests.second_client.wire import Message, data, now, text

Row = dict[str, Any]


def new_id() -> UUID:
    """An identifier that begins with the time, which the columns tell in the fewest bytes (version 7)."""
    number = int.from_bytes(now().to_bytes(6, "big") + secrets.token_bytes(10), "big")
    return UUID(int=number & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62)


@dataclass
class Notebook:
    """The records as rows of the wire, the operations not acknowledged, and those that the server may still lose."""

    keyring: Keyring
    rows: dict[Key, Row] = field(default_factory=dict)
    outbox: list[Operation] = field(default_factory=list)
    kept: dict[int, Operation] = field(default_factory=dict)
    """Acknowledged or refused, by number."""
    clock: Clock = (0, 0)
    offset: int = 0
    """How far the server's time is from ours."""
    version: int | None = None
    """The version of the notebook received so far."""

    def save(self, kind: str, id_: UUID, changes: Message, form: int = ZSTD) -> None:
        """Change a record; sets are given whole, and what was refused of the record before goes again."""
        before, shown = self.fields_of((kind, id_), refused=False) or {}, self.fields_of((kind, id_)) or {}
        operation = self._queue(kind, id_)
        if not shown:
            changes = {"created_at": operation.clock[0]} | changes
        for refused in self._refused((kind, id_)):
            changes = {name: shown[name] for name in [*refused.open, *refused.sealed]} | changes
            refused.refused = ""
        self._fill(operation, changes, before, form)

    def save_again(self, key: Key) -> None:
        """Send whole what the server lost, so that any real change wins."""
        fields, held_under = self.fields_of(key), self.rows[key]["v"] or 0
        if fields is not None:
            self.rows[key]["v"] = None
            self.outbox.append(Operation(new_id(), *key, (abs(held_under), 0), None))
            self._fill(self.outbox[-1], fields, {})

    def _fill(self, operation: Operation, changes: Message, before: Message, form: int = ZSTD) -> None:
        kind = operation.kind
        operation.sealed = {name: value for name, value in changes.items() if name in SEALED[kind]}
        operation.open = {name: value for name, value in changes.items() if name not in SEALED[kind]}
        for name in SETS & operation.open.keys():
            old, new = set(before.get(name, [])), set(operation.open[name])
            operation.open[name] = {"+": sorted(new - old), "-": sorted(old - new)}
        if operation.sealed:
            operation.piece = self.keyring.seal(operation.u, operation.key, operation.sealed, form)

    def erase(self, kind: str, id_: UUID) -> None:
        """Forget a record for good, here and everywhere."""
        self.forget((kind, id_))
        self._queue(kind, id_).erases = True

    def shown(self) -> dict[Key, Message]:
        """Every record that can be read and was not deleted."""
        keys = {*self.rows, *(one.key for one in [*self.kept.values(), *self.outbox])}
        found = {key: self.fields_of(key) for key in keys if key[0] in SEALED}
        return {key: fields for key, fields in found.items() if fields and not fields.get("deleted")}

    def fields_of(self, key: Key, refused: bool = True) -> Message | None:
        """A record under what waits here, deleted or not; None if there is none, or no key to open it."""
        row = self.rows.get(key)
        held = self._read(key, row) if row else {}
        if held is None:
            return None
        fields: Message = {}
        for operation in self._refused(key) if refused else ():
            fields = _laid(operation, fields, None) | operation.sealed
        fields |= held
        for operation in (one for one in self.outbox if one.key == key and one.says_something):
            fields = _laid(operation, fields, row) | operation.sealed
        return fields or None

    def lost(self, device: UUID) -> list[tuple[Key, Message]]:
        """The values of a device that lost to others without its knowing."""
        told = [(key, one) for key, row in self.rows.items() for one in row.get("lost", [])]
        mine = [(key, one, one.get("f", {}) | self._opened(key, one)) for key, one in told if _by(one) == device]
        return [(key, {name: values[name] for name in one["lost"]}) for key, one, values in mine]

    def take(self, row: Row) -> None:
        """Hold a record as the server sent it."""
        key = (row["kind"], UUID(bytes=data(row["id"])))
        self.clock = max(self.clock, (row["h"][0], row["h"][1]))
        if row.get("f") is None:
            self.forget(key)
        else:
            self.rows[key] = {"x": [], **row}

    def lay(self, operation: Operation, took: int) -> None:
        """Hold an operation of ours as the server now does; starting again, that proves nothing of the rest."""
        row = self.rows.setdefault(operation.key, {"v": None, "h": [-1, 0], "f": {}, "x": []})
        row["f"] = _laid(operation, row["f"], row)
        row["h"] = max(row["h"], list(operation.clock))
        if operation.piece:
            piece = {"u": text(operation.u.bytes), "names": sorted(operation.sealed), "piece": text(operation.piece)}
            row["x"] = [*row["x"], piece]
        if took and (row["v"] or 0) >= 0:
            row["v"] = took
        settled = {*operation.open, *operation.sealed}
        told = [{**one, "lost": [name for name in one["lost"] if name not in settled]} for one in row.get("lost", [])]
        row["lost"] = [one for one in told if one["lost"]]

    def forget(self, key: Key) -> None:
        """Nothing remains of a record but the places of what has left: the numbers have no gap."""
        self.rows.pop(key, None)
        self.outbox = [operation for operation in self.outbox if operation.left or operation.key != key]
        for operation in [*self.outbox, *self.kept.values()]:
            if operation.key == key:
                operation.open, operation.sealed, operation.piece, operation.refused = {}, {}, b"", ""

    def _queue(self, kind: str, id_: UUID) -> Operation:
        ms = now() + self.offset
        self.clock = (ms, 0) if ms > self.clock[0] else (self.clock[0], self.clock[1] + 1)
        self.outbox.append(Operation(new_id(), kind, id_, self.clock, self.version))
        return self.outbox[-1]

    def _refused(self, key: Key) -> list[Operation]:
        return [operation for operation in self.kept.values() if operation.refused and operation.key == key]

    def _read(self, key: Key, row: Row) -> Message | None:
        try:
            pieces = [self._opened(key, piece) for piece in row["x"]]
        except (KeyError, CryptoError):
            return None
        return {name: value for one in [row["f"], *pieces] for name, value in one.items()}

    def _opened(self, key: Key, piece: Row) -> Message:
        if not piece.get("piece"):
            return {}
        return self.keyring.open(UUID(bytes=data(piece["u"])), key, piece["names"], data(piece["piece"]))


def _by(told: Row) -> UUID:
    return UUID(bytes=data(told["by"]))


def _laid(operation: Operation, under: Message, row: Row | None) -> Message:
    """The open fields after an operation; one later than what is held makes a deleted record visible again."""
    fields = dict(under)
    if row is None or list(operation.clock) > row["h"]:
        fields["deleted"] = False
    for name, value in operation.open.items():
        if name in SETS:
            value = sorted((set(fields.get(name, [])) - set(value["-"])) | set(value["+"]))
        fields[name] = value
    return fields
