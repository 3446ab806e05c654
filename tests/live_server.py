"""A real server for tests: PostgreSQL of its own, schema built by the migrations, listening on loopback."""

import atexit
import functools
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

import uvicorn

from server.app import create_app
from server.database import Database, open_database
from server.edge import now_ms
from server.enrolment.service import make_code
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
    clock: SettableClock = field(default_factory=SettableClock)

    def code(self, notebook: UUID | None = None, valid_for: timedelta = timedelta(days=1)) -> str:
        """An enrolment code, for a new notebook unless one is named."""
        with self.database.transaction() as connection:
            return make_code(connection, notebook, valid_for)


@functools.cache
def postgres() -> tuple[str, Path]:
    """The address and the data folder of this test run's PostgreSQL."""
    folder = Path(tempfile.mkdtemp(prefix="passerelle-pg-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return embedded_url(folder), folder


@contextmanager
def live_server() -> Iterator[LiveServer]:
    """Serve from a thread until the block ends."""
    url, folder = postgres()
    settings = Settings(database_url=url, data_dir=folder, pool_size=10)
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
            yield LiveServer(
                f"http://127.0.0.1:{listener.getsockname()[1]}", database, folder, app.state.database, clock
            )
        finally:
            server.should_exit = True
            thread.join()
            database.close()
