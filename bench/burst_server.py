"""The server of `bench burst`: a real process on its own PostgreSQL, reached by its address and its database."""

import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.sync_links import ROOT
from server.database import Database, open_database
from server.settings import Settings

PATIENCE_S = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A listening server."""

    url: str
    process: int
    database: Database


@contextmanager
def serving(data: Path, database_url: str = "") -> Generator[Server]:
    """A server for the time of a block; `database_url` is another way to the same PostgreSQL."""
    settings = Settings(data_dir=data)
    database = open_database(settings)
    command = [sys.executable, "-m", "server", "serve", "--port", "0", "--data-dir", str(data)]
    told = {"DATABASE_URL": database_url} if database_url else {}
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    with subprocess.Popen(command, cwd=ROOT, env={**kept, **told}, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Server(process.stdout.readline().split()[-1], process.pid, database)
        finally:
            process.terminate()
            process.wait(PATIENCE_S)
            database.close()
