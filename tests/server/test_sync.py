"""What one request does, whoever repeats it, invents it or gets it wrong."""

import gzip
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, text

from protocol.bodies import pack, unpack
from protocol.columns import to_columns
from protocol.fields import SCHEMA_VERSION
from protocol.messages import SYNC_PATH, ErrorAnswer, MalformedOperation, SealedChanges, SyncRequest
from tests.live_server import LiveServer
from tests.server.devices import DAY_MS, Device, an_operation

Another = Callable[[], Device]


def test_the_same_push_again_changes_nothing(server: LiveServer, device: Device) -> None:
    operations = [an_operation(1), an_operation(2)]
    first = device.sync(*operations)
    again = device.sync(*operations)
    assert first.ack == again.ack == (2, operations[1].u)
    assert first.cur == again.cur
    assert again.res == [(1, "known", ""), (2, "known", "")]


def test_an_operation_sent_again_under_a_new_epoch_counts_as_done(device: Device, another: Another) -> None:
    record = uuid4()
    operation = an_operation(1, record, f={"minutes": 30})
    device.sync(operation)
    device.sync(an_operation(2, record, ms=DAY_MS + 1, f={"minutes": 60}))
    before = device.cursor

    answer = device.sync(operation.model_copy(update={"s": 1}), epoch=uuid4())

    assert answer.ack == (1, operation.u)
    assert answer.cur == before
    [row] = another().sync().rows
    assert row.f["minutes"] == 60


def test_another_operation_under_a_number_already_kept_is_a_fork(device: Device) -> None:
    device.sync(an_operation(1))
    answer = device.sync(an_operation(1))
    assert answer.error == "fork"


def test_a_last_acknowledged_operation_that_is_not_the_servers_is_a_fork(device: Device) -> None:
    device.sync(an_operation(1))
    assert device.sync(prev=(1, uuid4())).error == "fork"


def test_a_gap_is_answered_with_the_last_operation_kept(device: Device) -> None:
    first = an_operation(1)
    device.sync(first)
    missing = device.sync(an_operation(3))
    ahead = device.sync(prev=(7, uuid4()))
    assert (missing.error, missing.ack) == (ahead.error, ahead.ack) == ("gap", (1, first.u))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": "unheard-of"}, "unknown_kind"),
        ({"f": {"colour": "red"}}, "unknown_field"),
        ({"f": {"notes": "Canari"}}, "sealed_in_clear"),
        ({"f": {"minutes": [1, 2]}}, "invalid:minutes"),
        ({"f": {"minutes": 2**60}}, "invalid:minutes"),
        ({"f": {"municipality": "a\0b"}}, "invalid:municipality"),
        ({"f": {"topics": {"+": ["cuisine"], "-": []}}}, "invalid:topics"),
        ({"f": {"topics": ["email"]}}, "invalid:topics"),
        ({"x": SealedChanges(names=["minutes"], piece=bytes(40))}, "unknown_field"),
        ({"x": SealedChanges(names=["title", "notes"], piece=bytes(40))}, "unknown_field"),
        ({"x": SealedChanges(names=["notes"], piece=b"short")}, "invalid_piece"),
    ],
)
def test_a_bad_operation_is_set_aside_and_blocks_nothing(
    server: LiveServer, device: Device, another: Another, changes: dict[str, Any], reason: str
) -> None:
    bad, good = an_operation(1, **changes), an_operation(2)
    answer = device.sync(bad, good)
    assert answer.ack == (2, good.u)
    assert answer.res == [(1, "refused", reason)]
    assert [row.id for row in another().sync().rows] == [good.id]
    with server.database.transaction() as connection:
        query = text("SELECT outcome, reason, fields, piece FROM operation WHERE op = :op")
        assert connection.execute(query, {"op": bad.u}).one() == ("refused", reason, None, None)


def test_an_unreadable_operation_is_refused_alone(device: Device) -> None:
    bad, good = MalformedOperation(s=1, u=uuid4()), an_operation(2)
    answer = device.sync(bad, good)
    assert (answer.ack, answer.res) == ((2, good.u), [(1, "refused", "malformed")])


def test_a_refused_operation_sent_again_under_a_new_epoch_is_refused_again(device: Device) -> None:
    bad = an_operation(1, f={"colour": "red"})
    device.sync(bad)
    assert device.sync(bad, epoch=uuid4()).res == [(1, "refused", "unknown_field")]


def test_the_later_clock_wins_field_by_field_whatever_the_order(device: Device, another: Another) -> None:
    record, colleague = uuid4(), another()
    colleague.sync(an_operation(1, record, ms=DAY_MS + 5, f={"minutes": 60}))
    device.sync(an_operation(1, record, ms=DAY_MS, f={"minutes": 30, "municipality": "16015"}))
    [row] = another().sync().rows
    assert (row.f["minutes"], row.f["municipality"]) == (60, "16015")


def test_the_value_that_loses_stays_in_the_history_with_its_author(server: LiveServer, device: Device) -> None:
    record = uuid4()
    device.sync(an_operation(1, record, f={"minutes": 30}), an_operation(2, record, ms=DAY_MS + 1, f={"minutes": 60}))
    with server.database.transaction() as connection:
        query = text("SELECT device, fields FROM operation WHERE record = :record ORDER BY seq")
        rows = connection.execute(query, {"record": record}).all()
    assert rows == [(device.id, {"minutes": 30}), (device.id, {"minutes": 60})]


def test_an_edit_later_than_a_deletion_brings_the_record_back(device: Device, another: Another) -> None:
    record, colleague = uuid4(), another()
    device.sync(an_operation(1, record), an_operation(2, record, ms=DAY_MS + 1, f={"deleted": True}))
    assert colleague.sync().rows[0].f["deleted"] is True
    colleague.sync(an_operation(1, record, ms=DAY_MS + 2, f={"minutes": 45}))
    assert device.sync().rows[0].f["deleted"] is False


def test_a_clock_years_ahead_is_brought_back_and_keeps_its_own_order(device: Device, another: Another) -> None:
    record, far = uuid4(), DAY_MS + 10 * 365 * 86_400_000
    answer = device.sync(an_operation(1, record, ms=far), an_operation(2, record, ms=far + 1, f={"minutes": 60}))
    assert answer.clock_off
    [row] = another().sync().rows
    assert row.f["minutes"] == 60
    assert row.h[0] <= answer.t + 60_000


def test_a_request_dated_years_away_is_told_the_servers_time(device: Device) -> None:
    device.time_off_ms = -10 * 365 * 86_400_000
    answer = device.sync(an_operation(1))
    assert answer.error == "clock"
    device.time_off_ms = 0
    assert device.sync(an_operation(1)).ack is not None


def test_a_device_is_not_sent_back_what_it_just_said(device: Device, another: Another) -> None:
    colleague, record = another(), uuid4()
    assert device.sync(an_operation(1, record)).rows == []
    colleague.sync(an_operation(1, record, ms=DAY_MS + 9, f={"minutes": 90}))
    late = device.sync(an_operation(2, record, ms=DAY_MS + 3, f={"minutes": 40}))
    assert [row.f["minutes"] for row in late.rows] == [90]


def test_a_page_never_cuts_a_version_in_two(device: Device, another: Another) -> None:
    for start in range(1, 41, 10):
        device.sync(*[an_operation(start + i) for i in range(10)])
    reader = another()
    sizes = []
    while True:
        answer = reader.sync(want=1200)
        sizes.append(len(answer.rows))
        if not answer.more:
            break
    assert sum(sizes) == 40
    assert len(sizes) > 1
    assert all(size % 10 == 0 for size in sizes)


def test_the_pieces_of_a_record_are_kept_until_every_field_has_a_later_one(device: Device, another: Another) -> None:
    record = uuid4()
    both = an_operation(1, record, f={}, x=SealedChanges(names=["notes", "title"], piece=bytes(40)))
    title = an_operation(2, record, ms=DAY_MS + 1, f={}, x=SealedChanges(names=["title"], piece=bytes(41)))
    notes = an_operation(3, record, ms=DAY_MS + 2, f={}, x=SealedChanges(names=["notes"], piece=bytes(42)))
    device.sync(both, title)
    assert [piece.u for piece in another().sync().rows[0].x] == [both.u, title.u]
    device.sync(notes)
    assert [piece.u for piece in another().sync().rows[0].x] == [title.u, notes.u]


def test_a_restored_server_makes_every_device_start_again(device: Device) -> None:
    device.sync(an_operation(1))
    _, version, _ = device.cursor
    answer = device.sync(cur=(uuid4(), version))
    assert answer.reset
    assert len(answer.rows) == 1


def test_a_newer_program_is_asked_to_wait_for_the_server(device: Device) -> None:
    request = SyncRequest(p=1, schema=SCHEMA_VERSION + 1, epoch=device.epoch)
    reply = device.post(SYNC_PATH, pack(request))
    assert (reply.status_code, unpack(ErrorAnswer, reply.content).error) == (426, "schema_too_new")


def test_a_body_that_unpacks_to_gigabytes_is_refused(device: Device) -> None:
    reply = device.post(SYNC_PATH, gzip.compress(bytes(64 * 1024 * 1024), 9))
    assert (reply.status_code, unpack(ErrorAnswer, reply.content).error) == (413, "too_large")


def test_a_body_beyond_the_limit_is_refused_before_it_is_read_whole(device: Device) -> None:
    assert device.post(SYNC_PATH, bytes(2 * 1024 * 1024)).status_code == 413


@pytest.mark.parametrize("body", [b"", b"\x1f\x8b broken", b"{}", gzip.compress(b'{"ops": 3}', mtime=0)])
def test_a_body_that_is_no_request_is_refused_with_the_nonce(device: Device, body: bytes) -> None:
    reply = device.post(SYNC_PATH, body)
    assert (reply.status_code, unpack(ErrorAnswer, reply.content).error) == (422, "invalid")


def test_only_the_devices_own_key_speaks_for_it(device: Device, another: Another) -> None:
    intruder = another()
    intruder.id = device.id
    assert intruder.sync(an_operation(1)).error == "bad_signature"


def test_a_revoked_device_is_told_so(server: LiveServer, device: Device) -> None:
    with server.database.transaction() as connection:
        connection.execute(text("UPDATE device SET revoked_at = now() WHERE id = :id"), {"id": device.id})
    assert device.sync(an_operation(1)).error == "revoked"


def test_an_unsigned_request_gets_a_small_error(server: LiveServer, device: Device) -> None:
    url = server.url + SYNC_PATH
    reply = device.session.post(url, data=b"{}", headers={"Content-Type": "application/json"}, timeout=5)
    assert reply.status_code == 415
    assert json.loads(reply.content)["error"] == "content_type"


def test_a_push_costs_the_same_few_statements_whatever_its_size(server: LiveServer, device: Device) -> None:
    """Lock, read, write: two more than a plain insert of the same rows, when nobody else wrote meanwhile."""
    device.sync(an_operation(1))
    engine = server.served.engine
    said: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        device.sync(*[an_operation(2 + i) for i in range(12)])
        few = len(said)
        device.sync(*[an_operation(14 + i) for i in range(500)])
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert few == 3
    assert len(said) == 2 * few


def test_columns_that_do_not_hold_together_are_refused_whole(server: LiveServer, device: Device) -> None:
    sound = to_columns([an_operation(1), an_operation(2)])
    changes: list[dict[str, Any]] = [{"ut": []}, {"o": [0, 7]}, {"f": [[[30]]]}]
    for change in (*changes, {"i": [0, -3]}, {"d": [None, None]}, {"u": [0, 2**50]}):
        request = SyncRequest(p=2, schema=SCHEMA_VERSION, epoch=device.epoch, cols=sound.model_copy(update=change))
        reply = device.post(SYNC_PATH, pack(request))
        assert (reply.status_code, unpack(ErrorAnswer, reply.content).error) == (422, "invalid"), change
    with server.database.transaction() as connection:
        query = text("SELECT count(*) FROM operation WHERE device = :device")
        assert connection.execute(query, {"device": device.id}).scalar_one() == 0
    assert device.sync(an_operation(1)).ack is not None
