"""Taking a backup: believed only once it was read back, and only then told to the devices, by `durable`."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from psycopg import Connection, IsolationLevel, sql
from sqlalchemy import URL

from server.backups import archive, tools
from server.backups.spare import spare_database
from server.database import address_of
from server.errors import Trouble
from server.settings import Settings

Figures = dict[str, tuple[int, Decimal | None]]
"""For each table, how many rows and the sum of their fingerprints."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a backup holds, as its copy says: the figures of its tables, and how far it has heard each device."""

    figures: Figures
    incarnation: UUID
    epochs: str
    """JSON of the rows of `device_epoch`."""


def back_up(settings: Settings, file: Path) -> None:
    """Write a backup and read it back; it appears under its name, in place of an older one, once it is verified.

    A backup is as secret as the database: only its owner can read the file. Raises Trouble.
    """
    url = address_of(settings)
    part = file.with_name(f"{file.name}.part")
    try:
        with spare_database(url) as spare:
            figures = _dump(url, part)
            held = _read_back(spare.url, part)
        if held.figures != figures:
            raise Trouble("La sauvegarde relue diffère de la base\u00a0: recommencez, sur un autre disque.")
        archive.finish(part)
        archive.place(part, file)
    except OSError as error:
        raise Trouble(f"«\u00a0{file.name}\u00a0» ne peut pas être écrit\u00a0: vérifiez le dossier.") from error
    finally:
        part.unlink(missing_ok=True)
    _promise(url, held)


def _dump(url: URL, part: Path) -> Figures:
    """Write one moment of the database; answers the figures of that very moment."""
    with tools.speaking(url) as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        [(snapshot,)] = connection.execute("SELECT pg_export_snapshot()").fetchall()
        tools.dump(connection, snapshot, part)
        return _figures(connection)


def _read_back(url: URL, part: Path) -> Held:
    with tools.speaking(url) as connection:
        tools.load(connection, part)
        [(incarnation, epochs)] = connection.execute(_HEARD).fetchall()
        return Held(_figures(connection), incarnation, epochs)


def _figures(connection: Connection) -> Figures:
    """The figures of every table there is, whatever the version of the schema."""
    names = [name for (name,) in connection.execute(_TABLES)]
    queries = {name: sql.SQL(_FIGURES).format(sql.Identifier(name)) for name in names}
    return {name: (count, total) for name, query in queries.items() for count, total in connection.execute(query)}


def _promise(url: URL, held: Held) -> None:
    """Let each device forget what the backup holds, unless the database was itself restored meanwhile."""
    with tools.speaking(url) as connection:
        connection.execute(_PROMISE, {"epochs": held.epochs, "incarnation": held.incarnation})


_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
_FIGURES = "SELECT count(*), sum(hashtextextended(t::text, 0)) FROM {} t"
_HEARD = """
SELECT incarnation, (SELECT coalesce(jsonb_agg(e), '[]')::text FROM device_epoch e) FROM installation
"""
_PROMISE = """
UPDATE device_epoch SET durable_seq = greatest(durable_seq, held.last_seq)
FROM jsonb_to_recordset(%(epochs)s::jsonb) AS held(notebook uuid, device uuid, epoch uuid, last_seq bigint)
WHERE device_epoch.notebook = held.notebook AND device_epoch.device = held.device AND device_epoch.epoch = held.epoch
  AND EXISTS (SELECT FROM installation WHERE incarnation = %(incarnation)s)
"""
