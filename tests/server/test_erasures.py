"""An operation that erases: the server forgets all but that this record is gone, whoever insists."""

import json
from collections.abc import Callable
from uuid import uuid4

from sqlalchemy import text

from protocol.messages import Operation, SealedChanges
from tests.live_server import LiveServer
from tests.server.devices import DAY_MS, Device, an_operation

Another = Callable[[], Device]
NOTE = SealedChanges(names=["notes"], piece=bytes(40))


def an_erasure(s: int, of: Operation, ms: int = DAY_MS) -> Operation:
    return an_operation(s, of.id, ms=ms, f={}, e=True)


def contents(server: LiveServer, of: Operation) -> list[tuple[object, ...]]:
    with server.database.transaction() as connection:
        query = text("SELECT outcome, fields, names, piece FROM operation WHERE record = :record ORDER BY device, seq")
        return [tuple(row) for row in connection.execute(query, {"record": of.id})]


def test_an_erasure_leaves_neither_fields_nor_history_nor_pieces(server: LiveServer, device: Device) -> None:
    first = an_operation(1, x=NOTE)
    device.sync(first, an_operation(2, first.id, ms=DAY_MS + 1, f={"minutes": 60}))
    device.sync(an_erasure(3, first))
    assert contents(server, first) == [("kept", None, None, None)] * 3


def test_what_the_same_push_says_before_the_erasure_is_not_kept_either(server: LiveServer, device: Device) -> None:
    first = an_operation(1, x=NOTE)
    device.sync(first, an_erasure(2, first), an_operation(3, first.id, x=NOTE))
    assert contents(server, first) == [("kept", None, None, None)] * 2
    assert [row.f for row in device.sync(cur=(None, 0, None)).rows] == [None]


def test_no_clock_however_late_brings_a_record_back(device: Device, another: Another) -> None:
    first, colleague = an_operation(1), another()
    device.sync(first)
    device.sync(an_erasure(2, first, ms=DAY_MS - 1000))
    late = colleague.sync(an_operation(1, first.id, ms=DAY_MS + 9000), an_operation(2))
    assert late.res == [(1, "gone", "erased")]
    assert [row.f for row in late.rows] == [None]


def test_an_erasure_that_says_something_says_nothing(server: LiveServer, device: Device, another: Another) -> None:
    """Another client may add fields to it, once or again."""
    first, colleague = an_operation(1), another()
    device.sync(first, an_operation(2, first.id, e=True, x=NOTE))
    version = device.cursor[1]
    answer = colleague.sync(an_operation(1, first.id, e=True, x=NOTE))
    assert (answer.res, answer.cur[1], answer.took) == ([], version, 0)
    assert {row[1:] for row in contents(server, first)} == {(None, None, None)}


def test_a_device_that_comes_later_is_told_what_is_gone(device: Device, another: Another) -> None:
    known, unheard_of = an_operation(1), an_operation(2)
    device.sync(known, an_erasure(2, known), an_erasure(3, unheard_of))
    assert {row.id: row.f for row in another().sync().rows} == {known.id: None, unheard_of.id: None}


def test_the_journal_names_each_erasure_once(server: LiveServer, device: Device, another: Another) -> None:
    first, colleague = an_operation(1), another()
    device.sync(first, an_erasure(2, first), an_erasure(3, first))
    colleague.sync(an_erasure(1, first))
    noted = [json.loads(line) for line in server.settings.journal.read_text().splitlines() if str(first.id) in line]
    assert noted == [[str(device.notebook), "activity", str(first.id)]]


def test_another_notebook_cannot_erase_what_is_not_its_own(server: LiveServer, device: Device) -> None:
    first = an_operation(1)
    device.sync(first)
    with Device(server) as stranger:
        stranger.enrol(server.code())
        stranger.sync(an_erasure(1, first))
    assert [row.f is None for row in device.sync(cur=(uuid4(), 1, None)).rows] == [False]
