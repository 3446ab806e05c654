"""A real server for tests: PostgreSQL of its own, schema built by the migrations, listening on loopback."""

import atexit
import functools
import secrets
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import uvicorn
from psycopg import sql

from server.app import create_app
from server.backups.restoring import restore
from server.database import Database, open_database
from server.edge import now_ms
from server.enrolment.service import make_code
from server.gate import Gate
from server.postgres import embedded_url
from server.settings import Settings


@dataclass
class SettableClock:
    """The server's time, which a test may move."""

    ahead_ms: int = 0

    def __call__(self) -> int:
        return now_ms() + self.ahead_ms


@dataclass
class LiveServer:
    """A listening server, its database, and its clock."""

    url: str
    database: Database
    data_dir: Path
    served: Database
    """The pool that the server itself uses."""
    settings: Settings
    gate: Gate
    clock: SettableClock = field(default_factory=SettableClock)

    def code(self, notebook: UUID | None = None, valid_for: timedelta = timedelta(days=1)) -> str:
        """An enrolment code, for a new notebook unless one is named."""
        with self.database.transaction() as connection:
            return make_code(connection, notebook, valid_for)

    def go_back(self, backup: Path) -> None:
        """An administrator stops it, restores a backup, and starts it again."""
        self.rest()
        restore(self.settings, backup)

    def rest(self) -> None:
        """Let go of the database, as a server that is stopped does; the next request takes it up again."""
        self.database.close()
        self.served.close()


@functools.cache
def postgres() -> tuple[str, Path]:
    """The address and the data folder of this test run's PostgreSQL."""
    folder = Path(tempfile.mkdtemp(prefix="passerelle-pg-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return embedded_url(folder), folder


def own_settings(folder: Path) -> Settings:
    """Those of a server with a database and a data folder of its own, in this test run's PostgreSQL."""
    url, _ = postgres()
    name = f"serveur_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    return Settings(database_url=url.replace("/postgres?", f"/{name}?"), data_dir=folder, pool_size=10)


@contextmanager
def live_server(settings: Settings | None = None) -> Iterator[LiveServer]:
    """Serve from a thread until the block ends; in the database of the whole test run unless told otherwise."""
    url, folder = postgres()
    settings = settings or Settings(database_url=url, data_dir=folder, pool_size=10)
    database = open_database(settings)
    database.migrate()
    clock = SettableClock()
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        app = create_app(settings, clock)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            address = f"http://127.0.0.1:{listener.getsockname()[1]}"
            yield LiveServer(address, database, settings.data_dir, app.state.database, settings, app.state.gate, clock)
        finally:
            server.should_exit = True
            thread.join()
            database.close()
