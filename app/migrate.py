"""Bring the notebook's file up to date: one transaction, after a copy; a newer file is refused.

Alembic costs 400 ms to import, so it is only called when `user_version` differs from the program's.
"""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from app.errors import KnownError
from app.models import derived

VERSION = 6
"""How many migrations this program knows; kept in the file as `user_version`."""

SCRIPTS = Path(__file__).parent / "models" / "migrations"


def bring_up_to_date(engine: Engine, path: Path, backups: Path, updating: Callable[[], object]) -> None:
    """Migrate the file if it is older, which `updating` is told first; raises KnownError if a newer program wrote it.

    It may take long: 100,000 activities of version 4 take 6 to 13 s on the shared computer of the benches.
    """
    with engine.connect() as connection, connection.begin():
        found = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if found == VERSION:
        return
    if found > VERSION:
        raise KnownError(
            "Ce carnet a été ouvert par une version plus récente de Passerelle\u00a0: "
            "installez la dernière version pour le retrouver, rien n’a été changé."
        )
    if found:
        updating()
        copy_aside(engine, path, backups)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        migrate(connection)
        if found:
            derived.rebuild(connection)


def migrate(connection: Connection, to: str = "head") -> None:
    """Apply the migrations in the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def copy_aside(engine: Engine, path: Path, backups: Path) -> Path:
    """An encrypted copy of the whole file, made before it is changed; raises KnownError if the disk takes none."""
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    copy = backups / f"avant-mise-a-jour-{datetime.now():%Y-%m-%d-%H%M%S}.db"
    try:
        backups.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
    except OSError as error:
        raise KnownError(
            "Le carnet doit être mis à jour, et sa copie de sauvegarde n’a pas pu être faite\u00a0: "
            "libérez de la place, puis recommencez. Rien n’a été changé."
        ) from error
    return copy
