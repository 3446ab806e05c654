"""An empty database beside ours: a backup is read back there, and takes our database's place only once it is whole."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg import Connection, errors, sql
from sqlalchemy import URL

from server.backups.tools import speaking
from server.errors import Trouble

LOCK = 7_177_359
"""Advisory lock of whoever takes or restores a backup: one at a time."""
PATIENCE_S = 3.0
_CONNECTED = """
SELECT FROM pg_stat_activity
WHERE datname = %s AND pid <> pg_backend_pid() AND backend_type IS DISTINCT FROM 'autovacuum worker'
"""


@dataclass(frozen=True, slots=True)
class Spare:
    """The empty database, for the time of one command."""

    url: URL
    _ours: URL
    _beside: Connection
    """A connection to neither of the two."""

    def take_place(self) -> None:
        """Become our database, which becomes the spare one: at once, and only while nobody is connected to either."""
        ours, spare = str(self._ours.database), str(self.url.database)
        try:
            with self._beside.transaction():
                for before, after in ((ours, f"{spare}_2"), (spare, ours), (f"{spare}_2", spare)):
                    names = sql.Identifier(before), sql.Identifier(after)
                    self._beside.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*names))
        except errors.ObjectInUse as error:
            raise _in_use() from error


@contextmanager
def spare_database(ours: URL) -> Iterator[Spare]:
    """An empty database in the same cluster, dropped at the end whatever happens."""
    spare = ours.set(database=f"{ours.database}_copie")
    with _beside(ours) as connection:
        _lock(connection, str(ours.database))
        try:
            _drop(connection, spare)
            _execute(connection, "CREATE DATABASE {} TEMPLATE template0", spare)
            yield Spare(spare, ours, connection)
        except errors.InsufficientPrivilege as error:
            raise Trouble("Il manque au compte PostgreSQL le droit CREATEDB\u00a0: donnez-le-lui.") from error
        finally:
            _drop(connection, spare)


def refuse_if_in_use(ours: URL) -> None:
    """Raise Trouble while anything is connected to our database; a connection just closed takes a moment to go."""
    end = time.monotonic() + PATIENCE_S
    with _beside(ours) as connection:
        while connection.execute(_CONNECTED, (ours.database,)).fetchone() is not None:
            if time.monotonic() > end:
                raise _in_use()
            time.sleep(0.1)


def _in_use() -> Trouble:
    return Trouble("La base est utilisée en ce moment\u00a0: arrêtez le serveur, puis recommencez.")


@contextmanager
def _beside(ours: URL) -> Iterator[Connection]:
    """A connection to another database of the same cluster."""
    with speaking(ours.set(database="template1" if ours.database == "postgres" else "postgres"), True) as connection:
        yield connection


def _lock(connection: Connection, name: str) -> None:
    """Until the connection is closed."""
    said = connection.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", (LOCK, name)).fetchone()
    if said != (True,):
        raise Trouble("Une autre sauvegarde ou restauration est en cours\u00a0: attendez qu’elle finisse.")


def _drop(connection: Connection, spare: URL) -> None:
    _execute(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", spare)


def _execute(connection: Connection, statement: str, database: URL) -> None:
    connection.execute(sql.SQL(statement).format(sql.Identifier(str(database.database))))
