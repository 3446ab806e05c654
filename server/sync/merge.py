"""Merging operations into a record, field by field: the later clock wins, whatever the order of arrival.

A stamp is (milliseconds, counter, operation's UUID): the UUID breaks ties, not the device, because copies of a
disk share the device. Sets merge element by element. Deletion is a field; an edit later than it wins. A value that
loses to another, made by a device that did not know of it, stays named in `lost` until somebody settles the field.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from protocol.fields import FIELDS
from protocol.messages import MAX_AHEAD_MS, Operation
from protocol.vocabulary import RecordKind

Stamp = tuple[int, int, str]
MOST_LOST = 5
"""Values of one field that are remembered as lost, the newest ones."""
_NEVER = (0, -1)
_NO_STAMP: Stamp = (0, 0, "")
"""Of a record that nothing was ever said of but an empty change of a set."""


class Source(NamedTuple):
    """Under which version of the notebook an operation is merged, and which device made it."""

    version: int
    device: UUID


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
    changed: dict[str, Any] = field(default_factory=dict)
    """For each field, the version under which it last changed and the number of its author in `authors`."""
    authors: list[UUID] = field(default_factory=list)
    lost: dict[str, list[str]] = field(default_factory=dict)
    """For each field, the operations whose value lost without their author knowing of the other."""
    erased_at: Stamp | None = None
    is_retold: bool = False
    """Every sealed field was told at once: what was sealed before is not to be kept longer than it is needed."""

    def merge(self, operation: Operation, stamp: Stamp, source: Source) -> bool:
        """Lay one operation over the record; true when every change it carries won."""
        sets = FIELDS[self.kind].sets
        won = []
        for name, change in operation.f.items():
            if name in sets:
                won.append(self._merge_set(name, change, stamp, source))
            else:
                won.append(self._merge_value(name, change, operation, stamp, source))
        for name in operation.x.names if operation.x else ():
            won.append(self._stamp(name, operation, stamp, source, is_same=False))
        self.is_retold |= operation.x is not None and FIELDS[self.kind].sealed.issubset(operation.x.names)
        return all(won)

    def erase(self, stamp: Stamp) -> None:
        """Forget everything but that this record is gone."""
        self.fields, self.clocks, self.changed, self.lost, self.authors = {}, {}, {}, {}, []
        self.is_erased, self.erased_at = True, stamp

    @property
    def pieces(self) -> list[UUID]:
        """The operations whose sealed piece still holds the latest value of a field, oldest first."""
        sealed = FIELDS[self.kind].sealed
        return [UUID(op) for _, _, op in sorted({tuple(self.clocks[name]) for name in sealed if name in self.clocks})]

    @property
    def needed(self) -> set[UUID]:
        """The operations whose sealed piece may still be handed out: those of a latest value, and those that lost."""
        return {*self.pieces, *(UUID(op) for ops in self.lost.values() for op in ops)}

    @property
    def latest(self) -> tuple[int, int]:
        """The latest clock of anything in the record."""
        if self.erased_at is not None:
            return self.erased_at[:2]
        ms, counter, _ = max((stamp for _, stamp in self._stamps()), default=_NO_STAMP)
        return ms, counter

    @property
    def is_deleted(self) -> bool:
        """Deleted, and nothing was edited after."""
        if not self.fields.get("deleted"):
            return False
        own = tuple(self.clocks["deleted"])
        return all(stamp <= own for _, stamp in self._stamps())

    def _merge_value(self, name: str, value: Any, operation: Operation, stamp: Stamp, source: Source) -> bool:
        if not self._stamp(name, operation, stamp, source, is_same=self.fields.get(name) == value):
            return False
        self.fields[name] = value
        return True

    def _stamp(self, name: str, operation: Operation, stamp: Stamp, source: Source, is_same: bool) -> bool:
        before = self.clocks.get(name)
        wins = before is None or tuple(before) <= stamp
        if self._is_unaware(name, operation, source):
            if not is_same and name != "deleted":
                self._lose(name, before[2] if wins and before else stamp[2])
        elif wins:
            self.lost.pop(name, None)
        if wins:
            self.clocks[name] = stamp
            self._note(name, source)
        return wins

    def _is_unaware(self, name: str, operation: Operation, source: Source) -> bool:
        """Whether the device made this change without knowing of another device's, that came here before."""
        version, author = self.changed.get(name, _NEVER)
        if operation.b is None or version <= operation.b or author < 0:
            return False
        return bool(self.authors[author] != source.device)

    def _lose(self, name: str, op: str) -> None:
        kept = [one for one in self.lost.get(name, ()) if one != op]
        self.lost[name] = [*kept, op][-MOST_LOST:]

    def _note(self, name: str, source: Source) -> None:
        if source.device not in self.authors:
            self.authors.append(source.device)
        self.changed[name] = (source.version, self.authors.index(source.device))

    def _merge_set(self, name: str, change: dict[str, list[str]], stamp: Stamp, source: Source) -> bool:
        elements = self.clocks.setdefault(name, {})
        won = True
        for sign, element in _signed(change):
            if element in elements and tuple(elements[element][:3]) > stamp:
                won = False
            else:
                elements[element] = (*stamp, sign == "+")
        self.fields[name] = sorted(element for element, known in elements.items() if known[3])
        self._note(name, source)
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
