"""How many SQL round trips a push costs, counted on the wire between the real server and its PostgreSQL."""

import asyncio
import socket
import statistics
import tempfile
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, Table, create_engine, insert, make_url, select

from bench.burst_devices import Fleet, enlist
from bench.burst_load import Device, devices_of, push
from bench.burst_server import Server, serving
from server.models import device, notebook, operation, record
from server.postgres import embedded_url

SOCKET = ".s.PGSQL.5432"
WARMING, COUNTED = 8, 7
"""Pushes before those that count: connections are made and statements prepared meanwhile."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Round trips of a push, and of inserting the very same rows and nothing else."""

    push: int
    inserting: int


@dataclass(slots=True)
class Wire:
    """Carries what clients and PostgreSQL say, and counts how often the clients spoke again."""

    real: str
    listener: socket.socket
    turns: int = 0
    _is_answered: bool = field(default=True)

    def carry_all(self) -> None:
        """Take connections until the listener is closed."""
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            far.connect(self.real)
            for here, there, hear in ((near, far, self._asked), (far, near, self._answered)):
                threading.Thread(target=_carry, args=(here, there, hear), daemon=True).start()

    def _asked(self) -> None:
        self.turns += self._is_answered
        self._is_answered = False

    def _answered(self) -> None:
        self._is_answered = True


def cost_of_a_push(data: Path) -> Cost:
    """What a day costs, pushed to a server on the PostgreSQL of `data`, once it is warm."""
    with tempfile.TemporaryDirectory() as folder, counted(data, Path(folder)) as (wire, url):
        with serving(data, url) as server:
            fleet = enlist(server, WARMING + COUNTED, 1, Path(folder))
            pushing = _pushes(server, fleet, wire)
        engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
        inserting = _insertions(engine, fleet, wire)
        engine.dispose()
    return Cost(pushing, inserting)


@contextmanager
def counted(data: Path, folder: Path) -> Generator[tuple[Wire, str]]:
    """A way to the PostgreSQL of a data folder on which turns are counted."""
    real = make_url(embedded_url(data / "postgres"))
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / SOCKET))
        listener.listen()
        wire = Wire(f"{real.query['host']}/{SOCKET}", listener)
        threading.Thread(target=wire.carry_all, daemon=True).start()
        yield wire, real.update_query_dict({"host": str(folder)}).render_as_string(hide_password=False)
        listener.shutdown(socket.SHUT_RDWR)


def _pushes(server: Server, fleet: Fleet, wire: Wire) -> int:
    address = urlsplit(server.url)
    host, port = address.hostname or "", address.port or 80
    return _turns(wire, [partial(_push, one, host, port) for one in devices_of(fleet.file)])


def _push(one: Device, host: str, port: int) -> None:
    asyncio.run(push(one, host, port))


def _insertions(engine: Engine, fleet: Fleet, wire: Wire) -> int:
    """The turns of inserting the rows that a push left, under a device and a notebook that never pushed."""
    with engine.begin() as connection:
        rows = {table: _rows(connection, table, fleet) for table in (operation, record)}
        pairs = [(uuid4(), uuid4()) for _ in range(WARMING + COUNTED)]
        connection.execute(insert(notebook), [{"id": of} for of, _ in pairs])
        keys = {"sign_key": b"", "box_key": b""}
        connection.execute(insert(device), [{"notebook": of, "id": by, **keys} for of, by in pairs])
    return _turns(wire, [partial(_insert, engine, rows, *pair) for pair in pairs])


def _rows(connection: Connection, table: Table, fleet: Fleet) -> list[dict[str, Any]]:
    wanted = select(table).where(table.c.notebook == fleet.notebooks[0])
    return [dict(row) for row in connection.execute(wanted).mappings()]


def _insert(engine: Engine, rows: dict[Table, list[dict[str, Any]]], of: UUID, by: UUID) -> None:
    with engine.begin() as connection:
        for table, some in rows.items():
            own = {"notebook": of, "device": by} if "device" in table.c else {"notebook": of}
            connection.execute(insert(table).values([{**row, **own} for row in some]))


def _turns(wire: Wire, done: Sequence[Callable[[], None]]) -> int:
    """The usual number of turns of each, once they have been done a few times."""
    counts = []
    for one in done:
        before = wire.turns
        one()
        counts.append(wire.turns - before)
    return round(statistics.median(counts[WARMING:]))


def _carry(here: socket.socket, there: socket.socket, hear: Callable[[], None]) -> None:
    with suppress(OSError):  # the other way was closed first
        while said := here.recv(65536):
            hear()
            there.sendall(said)
    there.close()
