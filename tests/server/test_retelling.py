"""A word taken out of a record that stays: the server forgets how it was sealed."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from sqlalchemy import text

from protocol.fields import FIELDS
from protocol.messages import Operation, SealedChanges
from protocol.vocabulary import RecordKind
from tests.live_server import LiveServer
from tests.server.devices import DAY_MS, Device, an_operation

Another = Callable[[], Device]
SEALED = sorted(FIELDS[RecordKind.ACTIVITY].sealed)


def sealed(s: int, of: Operation | None = None, names: list[str] = SEALED, later: int = 0, **more: Any) -> Operation:
    return an_operation(
        s, of.id if of else uuid4(), ms=DAY_MS + later, x=SealedChanges(names=names, piece=bytes(40 + s)), **more
    )


def pieces(server: LiveServer, of: Operation) -> list[int]:
    """The lengths of the pieces kept of a record."""
    with server.database.transaction() as connection:
        query = text("SELECT length(piece) FROM operation WHERE record = :id AND piece IS NOT NULL ORDER BY piece")
        return list(connection.execute(query, {"id": of.id}).scalars())


def test_a_record_told_whole_keeps_no_earlier_piece(server: LiveServer, device: Device, another: Another) -> None:
    first = sealed(1, names=["notes", "title"])
    device.sync(first)
    device.sync(sealed(2, first, ["notes"], later=1))
    assert pieces(server, first) == [41, 42]
    device.sync(sealed(3, first, later=2))
    assert pieces(server, first) == [43]
    [row] = another().sync().rows
    assert (row.f["minutes"], [piece.names for piece in row.x]) == (30, [SEALED])


def test_not_even_those_of_the_same_push(server: LiveServer, device: Device) -> None:
    first = sealed(1, names=["notes"])
    device.sync(first, sealed(2, first, ["title"], later=1), sealed(3, first, later=2))
    assert pieces(server, first) == [43]


def test_one_that_holds_a_later_value_stays(server: LiveServer, device: Device, another: Another) -> None:
    first = sealed(1)
    device.sync(first)
    colleague = another()
    colleague.sync()
    colleague.sync(sealed(1, first, ["title"], later=9))
    device.sync(sealed(2, first, later=5))
    assert pieces(server, first) == [41, 42]


def test_a_value_that_lost_unaware_is_still_handed_out(server: LiveServer, device: Device, another: Another) -> None:
    first, colleague = sealed(1), another()
    device.sync(first)
    colleague.sync()
    colleague.sync(sealed(1, first, ["notes"], later=1, b=colleague.cursor[1]))
    seen = device.cursor[1]
    device.sync(sealed(2, first, later=5, b=seen), want=0)
    assert pieces(server, first) == [41, 42]
    device.sync()
    device.sync(sealed(3, first, later=6, b=device.cursor[1]))
    assert pieces(server, first) == [43], "told again by somebody who knew of both"
