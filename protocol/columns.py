"""Operations laid out by columns: what is alike lies side by side and compresses to little.

Operations follow each other without a gap. Those that change the same fields of the same kind share a *shape*; times
are told as differences, each identifier once (a UUID as the difference of its first six bytes with the operation's
clock, then what its version says, then how far its eight others are from those of one made in the same sitting), and a
presence's own id not at all: both sides can make it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from protocol.ids import presence_id
from protocol.messages import (
    MAX_OPERATIONS,
    AnyOperation,
    Columns,
    MalformedOperation,
    Operation,
    SealedChanges,
    SyncRequest,
    WireClock,
)
from protocol.sealing import HEADER_BYTES
from protocol.vocabulary import RecordKind

HEAD_BYTES, TAIL_BYTES = 6, 8
"""A UUID of version 7 begins with 48 bits of milliseconds; those made in one sitting end nearly alike."""
FARTHEST = 2**31
"""Tails farther apart than this are not of one sitting: such a one is told whole."""
VERSION_7 = 0x7000
"""What is between them is this, where no other was made within the millisecond; told as a difference with it."""
Shape = tuple[str, tuple[str, ...], tuple[str, ...]]
MARK = "#"
"""Before the number of an identifier told in `d`, and before a text that begins so itself."""
_CREATED = "created_at"
"""Told as a difference with the operation's clock."""


def to_columns(operations: Sequence[Operation]) -> Columns:
    """Lay out operations that follow each other, one at least."""
    return _Writer().write(operations)


def operations_of(request: SyncRequest) -> Sequence[AnyOperation]:
    """The operations of a request, as columns or, from a device of protocol 1, one by one."""
    return request.ops if request.cols is None else from_columns(request.cols)


def from_columns(columns: Columns) -> list[AnyOperation]:
    """Read them again; raises ValueError when the columns do not hold together."""
    count = len(columns.o)
    if not 0 < count <= MAX_OPERATIONS:
        raise ValueError("too many operations, or none")
    try:
        return _Reader(columns).read()
    except (IndexError, KeyError, TypeError, AttributeError, StopIteration, OverflowError) as error:
        raise ValueError("columns that do not hold together") from error


@dataclass(slots=True)
class _Writer:
    shapes: dict[Shape, int] = field(default_factory=dict)
    values: list[list[list[Any]]] = field(default_factory=list)
    numbers: dict[UUID, int] = field(default_factory=dict)
    heads: list[int | None] = field(default_factory=list)
    middles: list[int] = field(default_factory=list)
    tails: list[int | None] = field(default_factory=list)
    whole: bytearray = field(default_factory=bytearray)
    """The tails that are told whole, in the order they are met."""
    now: int = 0
    """The clock of the operation being written."""
    near: int = 0
    """The tail of its own UUID; before that is told, the tail of the operation before it."""
    before: UUID | None = None
    """The record of the operation before it."""

    def write(self, operations: Sequence[Operation]) -> Columns:
        order, records, tails = [], [], []
        for one in operations:
            self.now = one.h[0]
            tails.append(self._tail_of(one.u))
            self.near = _tail(one.u)
            order.append(self._shape_of(one))
            records.append(self._record_of(one))
            for name, column in zip(sorted(one.f), self.values[order[-1]], strict=True):
                column.append(self._value(name, one.f[name]))
            self.before = one.id
        counters = _unexpected([one.h for one in operations])
        bases = [one.b for one in operations]
        pieces = [one.x.piece for one in operations if one.x]
        header = _header(pieces)
        middles = [_middle(one.u) for one in operations]
        return Columns(
            s=operations[0].s,
            k=[(kind, list(open_), list(sealed)) for kind, open_, sealed in self.shapes],
            o=order,
            h=_differences([one.h[0] for one in operations]),
            c=counters if any(counters) else [],
            b=[] if set(bases) == {None} else (bases[:1] if len(set(bases)) == 1 else bases),
            e=[number for number, one in enumerate(operations) if one.e],
            u=[_head(one.u) - one.h[0] for one in operations],
            uv=middles if any(middles) else [],
            ut=tails,
            i=records,
            d=self.heads,
            dv=self.middles if any(self.middles) else [],
            dt=self.tails,
            t=bytes(self.whole),
            f=self.values,
            g=header,
            w=[len(piece) - len(header) for piece in pieces],
            x=b"".join(piece[len(header) :] for piece in pieces),
        )

    def _shape_of(self, one: Operation) -> int:
        shape = (one.kind, tuple(sorted(one.f)), tuple(one.x.names) if one.x else ())
        if shape not in self.shapes:
            self.shapes[shape] = len(self.shapes)
            self.values.append([[] for _ in one.f])
        return self.shapes[shape]

    def _record_of(self, one: Operation) -> int:
        """How far back the record's identifier was told; 0 for a new one."""
        if one.id in self.numbers:
            return len(self.numbers) - self.numbers[one.id]
        self._tell(one.id, is_made=_is_made(one))
        return 0

    def _tell(self, identifier: UUID, is_made: bool = False) -> int:
        self.numbers[identifier] = len(self.numbers)
        self.heads.append(None if is_made else _head(identifier) - self.now)
        if not is_made:
            self.middles.append(_middle(identifier))
            self.tails.append(self._tail_of(identifier))
        return self.numbers[identifier]

    def _tail_of(self, identifier: UUID) -> int | None:
        """How far it is from one made in the same sitting; None once it was told whole."""
        step = _tail(identifier) - self.near
        if abs(step) < FARTHEST:
            return step
        self.whole += identifier.bytes[-TAIL_BYTES:]
        return None

    def _value(self, name: str, value: Any) -> Any:
        if name == _CREATED and type(value) is int:
            return value - self.now
        return _each_text(value, self._text)

    def _text(self, text: str) -> str:
        identifier = _identifier(text)
        if identifier is not None and identifier == self.before:
            return MARK
        if identifier is not None:
            number = self.numbers.get(identifier)
            return f"{MARK}{self._tell(identifier) if number is None else number}"
        return MARK + text if text.startswith(MARK) else text


class _Reader:
    """Reads columns back in the order in which they were written."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._heads = iter(columns.d)
        self._rests = zip(_middles(columns.dv), columns.dt, strict=False)
        self._whole = _cut(columns.t, TAIL_BYTES)
        self._known: list[UUID] = []
        self._before: UUID | None = None
        self._now, self._near = 0, 0
        self._pieces = _pieces(columns.g, columns.x, columns.w)
        self._values = [[iter(column) for column in shape] for shape in columns.f]

    def read(self) -> list[AnyOperation]:
        columns, count = self._columns, len(self._columns.o)
        clocks = _clocks(_sums(columns.h), columns.c)
        bases = columns.b * count if len(columns.b) == 1 else columns.b or [None] * count
        rests = zip(_middles(columns.uv), columns.ut, strict=False)
        erasing = set(columns.e)
        read: list[AnyOperation] = []
        for number, shape in enumerate(columns.o):
            self._now = clocks[number][0]
            u = self._told(columns.u[number], *next(rests))
            self._near = _tail(u)
            content = self._content(columns.k[shape], self._values[shape], columns.i[number])
            said = {"h": clocks[number], "b": bases[number], "e": number in erasing, **content}
            read.append(_operation(columns.s + number, u, said))
            self._before = content["id"]
        return read

    def _content(
        self, shape: tuple[str, list[str], list[str]], values: list[Iterator[Any]], back: int
    ) -> dict[str, Any]:
        kind, names, sealed = shape
        place = len(self._known)
        if back == 0:
            head = next(self._heads)
            self._known.append(UUID(int=0) if head is None else self._told(head, *next(self._rests)))
        else:
            place -= back
        is_made = back == 0 and head is None
        fields = {name: self._value(name, next(column)) for name, column in zip(names, values, strict=True)}
        if is_made:
            self._known[place] = _presence(kind, fields)
        piece = SealedChanges(names=sealed, piece=next(self._pieces)) if sealed else None
        return {"kind": kind, "id": self._known[place], "f": fields, "x": piece}

    def _value(self, name: str, value: Any) -> Any:
        if name == _CREATED and type(value) is int:
            return value + self._now
        return _each_text(value, self._text)

    def _text(self, text: str) -> str:
        if not text.startswith(MARK):
            return text
        if text[1:2] == MARK:
            return text[1:]
        if text == MARK and self._before is not None:
            return str(self._before)
        number = int(text[1:])
        if number < 0:
            raise ValueError("no identifier has such a place")
        if number == len(self._known):
            head = next(self._heads)
            if head is None:
                raise ValueError("only a presence has an identifier of its own making")
            self._known.append(self._told(head, *next(self._rests)))
        return str(self._known[number])

    def _told(self, head: int, middle: int, step: int | None) -> UUID:
        tail = next(self._whole) if step is None else (self._near + step).to_bytes(TAIL_BYTES)
        return UUID(bytes=(head + self._now).to_bytes(HEAD_BYTES) + (middle + VERSION_7).to_bytes(2) + tail)


def _operation(seq: int, u: UUID, content: dict[str, Any]) -> AnyOperation:
    """The operation, or what can be read of it when its clock or its base is no number of ours."""
    try:
        return Operation(s=seq, u=u, **content)
    except ValidationError:
        return MalformedOperation(s=seq, u=u)


def _each_text(value: Any, call: Callable[[str], str]) -> Any:
    """The same value with each of its texts changed, inside lists and objects too."""
    if isinstance(value, str):
        return call(value)
    if isinstance(value, list):
        return [_each_text(one, call) for one in value]
    if isinstance(value, dict):
        return {name: _each_text(one, call) for name, one in value.items()}
    return value


def _is_made(one: Operation) -> bool:
    """Whether the reader can make the record's identifier out of its fields, which do not name it themselves."""
    try:
        return _presence(one.kind, one.f) == one.id and str(one.id) not in str(one.f)
    except (KeyError, ValueError, TypeError, AttributeError):
        return False


def _presence(kind: str, fields: dict[str, Any]) -> UUID:
    """The id that both sides make for a presence; KeyError or ValueError when these are not the fields of one."""
    if kind != RecordKind.ATTENDANCE:
        raise ValueError("not a presence")
    beneficiary = fields.get("beneficiary")
    return presence_id(UUID(fields["activity"]), UUID(beneficiary) if beneficiary else None)


def _identifier(text: str) -> UUID | None:
    """The UUID that a text is, written in the ordinary way."""
    if len(text) != 36 or text.count("-") != 4:
        return None
    try:
        identifier = UUID(text)
    except ValueError:
        return None
    return identifier if str(identifier) == text else None


def _head(identifier: UUID) -> int:
    return int.from_bytes(identifier.bytes[:HEAD_BYTES])


def _middle(identifier: UUID) -> int:
    return int.from_bytes(identifier.bytes[HEAD_BYTES:-TAIL_BYTES]) - VERSION_7


def _middles(said: list[int]) -> Iterator[int]:
    return iter(said) if said else repeat(0)


def _tail(identifier: UUID) -> int:
    return int.from_bytes(identifier.bytes[-TAIL_BYTES:])


def _unexpected(clocks: Sequence[WireClock]) -> list[int]:
    """How far each counter is from the one that follows the clock before."""
    return [counter - _expected(ms, before) for (ms, counter), before in zip(clocks, (None, *clocks), strict=False)]


def _clocks(milliseconds: Sequence[int], unexpected: Sequence[int]) -> list[WireClock]:
    clocks: list[WireClock] = []
    for ms, difference in zip(milliseconds, unexpected or repeat(0), strict=False):
        clocks.append((ms, difference + _expected(ms, clocks[-1] if clocks else None)))
    return clocks


def _expected(ms: int, before: WireClock | None) -> int:
    """A counter rises within a millisecond, and begins again with the next one."""
    return before[1] + 1 if before and before[0] == ms else 0


def _header(pieces: Sequence[bytes]) -> bytes:
    """What all pieces begin with: format and generation of the key, mostly."""
    headers = {piece[:HEADER_BYTES] for piece in pieces}
    return headers.pop() if len(headers) == 1 else b""


def _differences(numbers: Sequence[int]) -> list[int]:
    return [number - before for number, before in zip(numbers, (0, *numbers), strict=False)]


def _sums(differences: Sequence[int]) -> list[int]:
    total, sums = 0, []
    for difference in differences:
        total += difference
        sums.append(total)
    return sums


def _cut(content: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(content) - size + 1, size):
        yield content[start : start + size]


def _pieces(header: bytes, content: bytes, lengths: Sequence[int]) -> Iterator[bytes]:
    start = 0
    for length in lengths:
        if length < 0 or start + length > len(content):
            raise ValueError("a piece longer than what was sent")
        yield header + content[start : start + length]
        start += length
