"""Operations, and how a request carries them by columns."""

import re
import uuid
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from uuid import UUID

from tests.second_client.wire import Message, text

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

Key = tuple[str, UUID]
Clock = tuple[int, int]


@dataclass
class Operation:
    """What one save changed in one record; `sealed` is what `piece` holds, `refused` why the server refused it.

    One that has `left` the device, received or not, is never changed again.
    """

    u: UUID
    kind: str
    id: UUID
    clock: Clock
    base: int | None
    open: Message = field(default_factory=dict)
    sealed: Message = field(default_factory=dict)
    piece: bytes = b""
    erases: bool = False
    left: bool = False
    refused: str = ""

    @property
    def key(self) -> Key:
        """The record."""
        return self.kind, self.id

    @property
    def says_something(self) -> bool:
        """False for one that erases, and for one of an erased record, of which only the place remains."""
        return bool(self.open or self.sealed)


def columns(first: int, operations: list[Operation]) -> Message:
    """The operations from number `first` on, by columns."""
    table = _Identifiers()
    shapes: dict[str, int] = {}
    said: Message = {"s": first, "k": [], "o": [], "h": [], "i": [], "u": [], "ut": [], "f": []}
    for operation in operations:
        shape = [operation.kind, sorted(operation.open), sorted(operation.sealed)]
        place = shapes.setdefault(repr(shape), len(shapes))
        if place == len(said["k"]):
            said["k"].append(shape)
            said["f"].append([[] for _ in operation.open])
        said["o"].append(place)
        said["ut"].append(table.end_of(operation.u))
        table.near = _end(operation.u)
        said["u"].append(_start(operation.u) - operation.clock[0])
        said["i"].append(table.back_to(operation))
        for values, name in zip(said["f"][place], sorted(operation.open), strict=True):
            values.append(table.told(_less(name, operation), operation.clock[0]))
        table.before = operation.id
    return said | _clocks(operations) | _rest(operations) | table.said()


def _clocks(operations: list[Operation]) -> Message:
    times = [operation.clock[0] for operation in operations]
    bases = [operation.base for operation in operations]
    said: Message = {"h": [times[0], *(after - before for before, after in pairwise(times))]}
    if counters := _unless_all_0(_beyond_those_that_follow([operation.clock for operation in operations])):
        said["c"] = counters
    if bases != [None] * len(bases):
        said["b"] = bases[:1] if len(set(bases)) == 1 else bases
    return said


def _beyond_those_that_follow(clocks: list[Clock]) -> list[int]:
    pairs = pairwise([(-1, 0), *clocks])
    return [after[1] - (before[1] + 1 if before[0] == after[0] else 0) for before, after in pairs]


def _rest(operations: list[Operation]) -> Message:
    pieces = [operation.piece for operation in operations if operation.piece]
    heads = {piece[:2] for piece in pieces}
    shared = heads.pop() if len(heads) == 1 else b""
    said: Message = {
        "uv": _unless_all_0([_middle(operation.u) for operation in operations]),
        "e": [place for place, operation in enumerate(operations) if operation.erases],
        "g": text(shared),
        "w": [len(piece) - len(shared) for piece in pieces],
        "x": text(b"".join(piece.removeprefix(shared) for piece in pieces)),
    }
    return {name: value for name, value in said.items() if value}


def _start(identifier: UUID) -> int:
    return int.from_bytes(identifier.bytes[:6], "big")


def _end(identifier: UUID) -> int:
    return int.from_bytes(identifier.bytes[8:], "big")


def _middle(identifier: UUID) -> int:
    return int.from_bytes(identifier.bytes[6:8], "big") - 0x7000


def _unless_all_0(numbers: list[int]) -> list[int]:
    return numbers if any(numbers) else []


def _less(name: str, operation: Operation) -> Any:
    value = operation.open[name]
    return value - operation.clock[0] if name == "created_at" and type(value) is int else value


@dataclass
class _Identifiers:
    """The table of the identifiers, told once each in the order met."""

    places: dict[UUID, int] = field(default_factory=dict)
    starts: list[int | None] = field(default_factory=list)
    middles: list[int] = field(default_factory=list)
    ends: list[int | None] = field(default_factory=list)
    whole: bytearray = field(default_factory=bytearray)
    near: int = 0
    """The end of the `u` told last."""
    before: UUID | None = None
    """The record of the operation before."""

    def back_to(self, operation: Operation) -> int:
        """How far back the record was told, 0 when it was not."""
        if operation.id in self.places:
            return len(self.places) - self.places[operation.id]
        if _can_be_made(operation):
            self.places[operation.id] = len(self.places)
            self.starts.append(None)
        else:
            self._place(operation.id, operation.clock[0])
        return 0

    def told(self, value: Any, ms: int) -> Any:
        """A value with the identifiers in it replaced by their places."""
        if isinstance(value, str):
            if _UUID.fullmatch(value):
                return "#" if UUID(value) == self.before else f"#{self._place(UUID(value), ms)}"
            return "#" + value if value.startswith("#") else value
        if isinstance(value, list):
            return [self.told(one, ms) for one in value]
        return {name: self.told(one, ms) for name, one in value.items()} if isinstance(value, dict) else value

    def said(self) -> Message:
        """The columns of the table, and the ends told whole."""
        said: Message = {"dv": _unless_all_0(self.middles), "t": text(bytes(self.whole))}
        return {"d": self.starts, "dt": self.ends} | {name: value for name, value in said.items() if value}

    def end_of(self, identifier: UUID) -> int | None:
        """How far its last eight bytes are from those near, None when they are told whole."""
        far = _end(identifier) - self.near
        if -(2**31) < far < 2**31:
            return far
        self.whole += identifier.bytes[8:]
        return None

    def _place(self, identifier: UUID, ms: int) -> int:
        place = self.places.setdefault(identifier, len(self.places))
        if place == len(self.starts):
            self.starts.append(_start(identifier) - ms)
            self.middles.append(_middle(identifier))
            self.ends.append(self.end_of(identifier))
        return place


def presence_id(activity: str, beneficiary: str | None) -> UUID:
    """The id of a presence that every device makes alike."""
    return uuid.uuid5(UUID(activity), beneficiary or "anonyme")


def _can_be_made(operation: Operation) -> bool:
    activity, beneficiary = operation.open.get("activity"), operation.open.get("beneficiary")
    if operation.kind != "attendance" or not (isinstance(activity, str) and _UUID.fullmatch(activity)):
        return False
    if beneficiary is not None and not (isinstance(beneficiary, str) and _UUID.fullmatch(beneficiary)):
        return False
    return presence_id(activity, beneficiary) == operation.id
