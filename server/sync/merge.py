"""Merging operations into a record, field by field: the later clock wins, whatever the order of arrival.

A stamp is (milliseconds, counter, operation's UUID): the UUID breaks ties, not the device, because copies of a
disk share the device. Sets merge element by element. Deletion is a field; an edit later than it wins.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from protocol.fields import FIELDS
from protocol.messages import MAX_AHEAD_MS, Operation
from protocol.vocabulary import RecordKind

Stamp = tuple[int, int, str]


def stamp_of(operation: Operation, now_ms: int) -> Stamp:
    """When the operation counts as made."""
    ms, counter = operation.h
    if ms > now_ms + MAX_AHEAD_MS:  # the running number keeps the order of one device's own changes
        return now_ms + MAX_AHEAD_MS, operation.s, operation.u.hex
    return ms, counter, operation.u.hex


@dataclass(slots=True)
class MergedRecord:
    """A record while operations are laid over it; `clocks` keeps a stamp for each field or element of a set."""

    kind: RecordKind
    id: UUID
    version: int = 0
    fields: dict[str, Any] = field(default_factory=dict)
    clocks: dict[str, Any] = field(default_factory=dict)
    is_erased: bool = False

    def merge(self, operation: Operation, stamp: Stamp) -> bool:
        """Lay one operation over the record; true when every change it carries won."""
        sets = FIELDS[self.kind].sets
        won = [
            self._merge_set(name, change, stamp) if name in sets else self._merge_value(name, change, stamp)
            for name, change in operation.f.items()
        ]
        won += [self._stamp(name, stamp) for name in (operation.x.names if operation.x else ())]
        return all(won)

    @property
    def pieces(self) -> list[UUID]:
        """The operations whose sealed piece still holds the latest value of a field, oldest first."""
        sealed = FIELDS[self.kind].sealed
        return [UUID(op) for _, _, op in sorted({tuple(self.clocks[name]) for name in sealed if name in self.clocks})]

    @property
    def latest(self) -> tuple[int, int]:
        """The latest clock of anything in the record."""
        ms, counter, _ = max(stamp for _, stamp in self._stamps())
        return ms, counter

    @property
    def is_deleted(self) -> bool:
        """Deleted, and nothing was edited after."""
        if not self.fields.get("deleted"):
            return False
        own = tuple(self.clocks["deleted"])
        return all(stamp <= own for _, stamp in self._stamps())

    def _merge_value(self, name: str, value: Any, stamp: Stamp) -> bool:
        if not self._stamp(name, stamp):
            return False
        self.fields[name] = value
        return True

    def _stamp(self, name: str, stamp: Stamp) -> bool:
        if name in self.clocks and tuple(self.clocks[name]) > stamp:
            return False
        self.clocks[name] = stamp
        return True

    def _merge_set(self, name: str, change: dict[str, list[str]], stamp: Stamp) -> bool:
        elements = self.clocks.setdefault(name, {})
        won = True
        for sign, element in _signed(change):
            if element in elements and tuple(elements[element][:3]) > stamp:
                won = False
            else:
                elements[element] = (*stamp, sign == "+")
        self.fields[name] = sorted(element for element, known in elements.items() if known[3])
        return won

    def _stamps(self) -> Iterator[tuple[str, Stamp]]:
        for name, clock in self.clocks.items():
            for ms, counter, op, *_ in clock.values() if isinstance(clock, dict) else (clock,):
                yield name, (ms, counter, op)


def _signed(change: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Removals first: an element both removed and added by one operation stays."""
    for sign in ("-", "+"):
        for element in change.get(sign, ()):
            yield sign, element
