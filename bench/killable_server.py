"""The real server process and its own PostgreSQL, each of which can be killed and started again where it was."""

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit
from uuid import UUID

import psutil
from sqlalchemy import NullPool, create_engine, select

from bench.child import PATIENCE, Child
from build.run_together import ENVIRONMENT, ROOT
from server.database import Database
from server.enrolment.service import make_code
from server.models import operation
from server.postgres import POSTMASTER


class KillableServer:
    """`python -m server serve` on a data folder of its own, always at the same address."""

    def __init__(self, data: Path) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self._data = data
        self.postmaster_file = data / "postgres" / POSTMASTER
        self._child: Child | None = None
        self._is_listening = False
        self.url = "http://127.0.0.1:0"

    def __enter__(self) -> Self:
        self.start()
        self.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._child is not None:
            self._child.stop()
        if self.postmaster_file.exists():  # brought back under the server, which knew only the one that was killed
            self.kill_postgres()

    def start(self) -> None:
        """Start the server, and PostgreSQL if it does not run; `wait` says when it listens."""
        self._is_listening = False
        command = ("server", "serve", "--port", str(urlsplit(self.url).port), "--data-dir", str(self._data))
        with (self._data / "journal.txt").open("ab") as log:
            self._child = Child(*command, hear=self._hear, errors=log)

    def wait(self) -> None:
        """Wait until it listens."""
        assert self._child is not None
        self._child.wait(lambda: self._is_listening)

    def kill(self) -> None:
        """SIGKILL of the server; PostgreSQL is left alone."""
        assert self._child is not None
        self._child.kill()

    def kill_postgres(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """PostgreSQL's immediate shutdown: every backend is dropped where it is, nothing is flushed."""
        postmaster = psutil.Process(self._postmaster()[0])
        postmaster.send_signal(how)
        postmaster.wait(PATIENCE)

    def start_postgres(self) -> None:
        """Bring PostgreSQL back under a server that lives, as an administrator does."""
        command = [sys.executable, "-m", "server", "migrate", "--data-dir", str(self._data)]
        subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=True)

    def new_code(self, notebook: UUID | None = None) -> str:
        """An enrolment code, for a new notebook or for the one named."""
        with self._database().transaction() as connection:
            return make_code(connection, notebook, timedelta(days=1))

    def operations(self, notebook: UUID) -> list[UUID]:
        """The UUID of every operation kept, as often as it is kept."""
        with self._database().transaction() as connection:
            wanted = select(operation.c.op).where(operation.c.notebook == notebook)
            return list(connection.scalars(wanted))

    def _database(self) -> Database:
        """A look past the server, which may be dead."""
        url = f"postgresql+psycopg://postgres@/postgres?host={self._postmaster()[1]}"
        return Database(create_engine(url, poolclass=NullPool))

    def _postmaster(self) -> tuple[int, str]:
        """Its pid and the folder of its socket, as PostgreSQL writes them (storage file layout, postmaster.pid)."""
        lines = self.postmaster_file.read_text().splitlines()
        return int(lines[0]), lines[4]

    def _hear(self, line: str) -> None:
        self.url = line.split()[-1]
        self._is_listening = True
