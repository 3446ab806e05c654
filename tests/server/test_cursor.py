"""A reader's cursor sees every row that is ever committed, however the writers overlap."""

import threading
from collections.abc import Callable
from uuid import UUID

from tests.server.devices import Device, an_operation

WRITERS, PUSHES = 8, 12


def test_a_cursor_misses_no_row_with_eight_writers(device: Device, another: Callable[[], Device]) -> None:
    writers = [another() for _ in range(WRITERS)]
    written: set[UUID] = set()
    lock = threading.Lock()

    def write(writer: Device) -> None:
        for push in range(PUSHES):
            operations = [an_operation(1 + push * 2), an_operation(2 + push * 2)]
            writer.sync(*operations)
            with lock:
                written.update(one.id for one in operations)

    threads = [threading.Thread(target=write, args=(one,)) for one in writers]
    for thread in threads:
        thread.start()
    seen: list[UUID] = []
    while any(thread.is_alive() for thread in threads):
        seen += [row.id for row in device.sync(want=900).rows]
    for thread in threads:
        thread.join()
    while (answer := device.sync(want=900)).rows:
        seen += [row.id for row in answer.rows]

    assert len(written) == WRITERS * PUSHES * 2
    assert set(seen) == written
    assert len(seen) == len(written)
